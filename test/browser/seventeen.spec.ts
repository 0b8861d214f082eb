/** A whole of 17 units with five counters (finding D23): every rank can be seen and reached, none lies behind the sum. */
import type { Page } from '@playwright/test'
import { PEOPLE } from '../support/people.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { expect, sender, test } from './support.ts'

const both = (name: string) => ({ zh: name, en: name })
const UNITS = Array.from({ length: 17 }, (_, i) => `L${String(i + 1).padStart(2, '0')}`)
const tiny = tinyProgramme()
let server: TestServer

test.beforeAll(async () => {
  const [root, ...others] = tiny.units
  const names = ['Mecklenburg-Vorpommern', 'Nordrhein-Westfalen', 'Saarland']
  const units = UNITS.map((code, i) => ({
    ...others[0]!,
    ...{ code, name: both(`${names[i % 3]!} ${code}`), short: both(`${names[i % 3]!} ${code}`) },
  }))
  const counters = ['first', 'second', 'third', 'booster', 'issued'].map((key) => ({
    ...{ key, name: both(`${key} doses given`), within: null, expected: null },
  }))
  server = await startServer({
    authClock: () => new Date(),
    people: false,
    programme: {
      ...{ units: [root!, ...units], counters, language: 'en' },
      bases: [root!.code, ...UNITS].map((unit, i) => ({ ...tiny.bases[0]!, unit, value: i === 0 ? 17_000 : 1_000 })),
      baselines: [{ ...tiny.baselines[0]!, targets: [{ ...countTarget, threshold: 9_000_000 }] }],
    },
  })
  const system = { id: 'system', name: 'system', role: 'system' as const, unit: '' }
  const { id, name, role, unit } = PEOPLE.find((p) => p.role === 'office')!
  await server.server.core.dispatch(
    { id: `add-${id}-person`, kind: 'AddMember', data: { member: id, name, role, unit } },
    system,
  )
  await server.account({ id, name, role, unit }, id)
  const send = await sender(server, 'office')
  const values = (n: number) => Object.fromEntries(counters.map(({ key }) => [key, n]))
  const day = { day: '2008-01-09', basedOn: 0, reason: 'late' }
  await send('SubmitReports', {
    items: UNITS.map((code, i) => ({ unit: code, ...day, values: values(1_000 * (i + 1)) })),
  })
})
test.afterAll(() => server.close())

/** Which of the rows are wholly in sight: above the sum, and below the headings. */
const inSight = (page: Page) =>
  page.evaluate(() => {
    const box = document.querySelector('.ranking .window')!
    const top = box.querySelector('thead')!.getBoundingClientRect().bottom
    const bottom = box.querySelector('tfoot')!.getBoundingClientRect().top
    return [...box.querySelectorAll('tbody tr')].flatMap((row) => {
      const rect = row.getBoundingClientRect()
      return rect.top >= top - 1 && rect.bottom <= bottom + 1 ? [row.querySelector('.rank')!.textContent.trim()] : []
    })
  })

for (const viewport of [
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 1920, height: 1080 },
])
  test(`Q9 (finding D23) every one of 17 ranks is seen whole or not, and reached by keys: ${String(viewport.width)}`, async ({
    enter,
  }) => {
    const page = await enter(server, 'office', '/u/C', { viewport })
    await page.locator('.place .chart svg').waitFor()
    await expect(page.locator('.ranking tbody tr')).toHaveCount(17)
    // the long name of the gravest gives way, and can be opened all the same
    const gravest = page.locator('#attention').getByRole('link').first()
    await expect(gravest).toBeInViewport({ ratio: 1 })
    await expect(gravest).toContainText('8 Jan')
    const first = await inSight(page)
    expect(first[0]).toBe('1')
    if (first.length < 17)
      await expect(page.locator('.ranking'), 'it says how many are seen').toContainText(
        `${String(first.length)} of 17 shown`,
      )
    await page.locator('.ranking tbody a[tabindex="0"]').focus()
    for (let rank = 1; rank <= 17; rank++) {
      const focused = await page.evaluate(() =>
        document.activeElement!.closest('tr')!.querySelector('.rank')!.textContent.trim(),
      )
      expect(focused).toBe(String(rank))
      expect(await inSight(page), `rank ${focused} has the focus`).toContain(focused)
      await page.keyboard.press('ArrowDown')
    }
    await page.locator('.ranking .window').evaluate((box) => box.scrollTo(0, box.scrollHeight))
    expect((await inSight(page)).at(-1), 'the last is not behind the sum').toBe('17')
    // the counter that the page counts by is among the days' columns
    await expect(page.locator('section.days th.num, section.days thead th').filter({ hasText: 'issued' })).toBeVisible()
  })

test('Q9 (finding U8) on a large screen the sheet has the last days of every line where it would be empty', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/sheet/C/2008-01-09', { viewport: { width: 1920, height: 1080 } })
  const strips = page.locator('.strips')
  await expect(strips.getByRole('button')).toHaveCount(17)
  const { y } = (await strips.boundingBox())!
  const street = (await page.locator('section.street').boundingBox())!
  expect(y - (street.y + street.height), 'right below the lines and the days of the street').toBeLessThan(60)
  await page.setViewportSize({ width: 1280, height: 720 })
  await expect(strips).toHaveCount(0)
})
