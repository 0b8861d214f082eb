/** Looking with the pointer and with keys (cases L2, L4, L11): what is drawn leads to what it stands for, says what it is, and stays where it is. */
import type { Page } from '@playwright/test'
import { setScene, WARNED } from './scene.ts'
import { expect, panel, sender, serverForFile, test, watchOf } from './support.ts'

const server = serverForFile()
test.beforeAll(async () => {
  await setScene(server)
})

const focused = (page: Page) =>
  page.evaluate(() => {
    const at = document.activeElement
    return at?.getAttribute('href') ?? at?.getAttribute('data-cell') ?? at?.tagName ?? ''
  })
const hint = (page: Page) => page.locator('.chart-hint')
/** Puts the pointer on a day of the main chart, on its line. */
async function restOn(page: Page, day: string): Promise<void> {
  const box = (await page.locator('.place .picture svg').boundingBox())!
  for (let x = 40; x < box.width - 100; x += 2) {
    await page.mouse.move(box.x + x, box.y + box.height * 0.9)
    if ((await hint(page).count()) > 0 && (await hint(page).innerText()).includes(day)) return
  }
  throw new Error(`no place of the chart is of ${day}`)
}
test('Q2 the hint under a resting pointer says what is drawn now, also in the other language', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/A?target=count')
  await page.locator('.place .chart svg').waitFor()
  await restOn(page, '1月10日')
  const before = await hint(page).innerText()
  const send = await sender(server, 'otherA')
  await send('SubmitReports', {
    items: [{ unit: 'A3', day: '2008-01-10', values: { accepted: 100, issued: 100 }, basedOn: 0, confirmed: WARNED }],
  })
  await expect(hint(page)).not.toHaveText(before)
  const total = /累计审定\s*([\d,]+)/.exec(await hint(page).innerText())![1]!
  await watchOf(page).table.click()
  await expect(watchOf(page).day('1月10日').nth(-4)).toHaveText(total)
  await page.getByRole('button', { name: '图', exact: true }).click()
  await page.locator('.place .chart svg').waitFor()
  await restOn(page, '1月10日')
  await page.evaluate(() => {
    const other = [...document.querySelectorAll('button')].find((b) => b.textContent.trim() === 'English')
    other?.click()
  })
  await expect(hint(page)).toContainText('10 January')
})

test('Days, marks and titles of the chart are walked along by keys and opened', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/A?target=count')
  await page.locator('.place .chart svg').waitFor()
  await page.locator('.stops [tabindex="0"]').first().focus()
  expect(await focused(page)).toBe('/sheet/A/2008-01-10')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('ArrowLeft')
  expect(await focused(page)).toBe('/sheet/A/2008-01-08')
  await expect(page.locator('.stops :focus'), 'it says what it is').toHaveAccessibleName(/1月8日/)
  await page.keyboard.press('ArrowUp')
  await expect(page.locator('.stops :focus'), 'the nearest').toHaveAccessibleName(/§2 Who answers/)
  await page.keyboard.press('ArrowLeft')
  await expect(page.locator('.stops :focus')).toHaveAccessibleName(/§1 May a fee be charged/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/issues\/1$/)
  await page.goBack()
  await expect(page).toHaveURL(/\/u\/A\?target=count$/)
})

test('A click on a mark that is nearest opens its question, on a day its sheet, on a dot its unit', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/u/C?target=count')
  await page.locator('.place .chart svg').waitFor()
  const sign = page.locator('.place .picture svg text').filter({ hasText: /^§1/ }).first()
  const { x, y, width, height } = (await sign.boundingBox())!
  await page.mouse.move(x + 3, y + height + 6)
  await expect(hint(page)).toContainText('May a fee be charged for a lost permit?')
  await page.mouse.click(x + 3, y + height / 2)
  await expect(page).toHaveURL(/\/issues\/1$/)
  expect(width).toBeGreaterThan(0)

  await page.goto('/u/C?target=count')
  const dot = page.locator('.strip .mark').first()
  await dot.waitFor()
  const near = page.locator('.strip .spot[data-near]')
  // it has its place once all of the page is there
  await expect(async () => {
    const at = (await dot.boundingBox())!
    await page.mouse.move(at.x + at.width / 2 + 5, at.y + at.height / 2)
    await expect(near).toHaveCount(1, { timeout: 500 })
  }).toPass()
  const spot = (await near.boundingBox())!
  await page.mouse.click(spot.x + spot.width / 2 + 5, spot.y + spot.height / 2)
  await expect(page).toHaveURL(/\/u\/[AB]\d\?target=count$/)
})

test('Q1 a line of the ticker, a square of today and a day of the table lead to the cell', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/A?target=count')
  const first = watchOf(page).changes.first().getByRole('link')
  await expect(first).toHaveAttribute('href', /^\/sheet\/A\/2008-01-\d\d\?at=A\d\/(accepted|issued)$/)
  await first.click()
  await expect(page).toHaveURL(/at=/)
  const cell = new URL(page.url()).searchParams.get('at')!
  await expect.poll(() => focused(page)).toBe(cell)
  await page.goto('/u/C?target=count')
  await expect(watchOf(page).today.getByRole('link', { name: /^A1：/ })).toHaveAttribute(
    'href',
    '/sheet/A/2008-01-10?at=A1/issued',
  )
})

test('Q1 whatever is called a planning value leads to where the figures come from', async ({ enter }) => {
  for (const [path, last, least] of [
    ['/u/C?target=count', '.place .chart svg', 3],
    ['/u/A?target=cover', '.place .chart svg', 3],
    ['/sheet/A', 'role=grid', 1],
    ['/sheet/A1', 'role=grid', 2],
  ] as const) {
    const page = await enter(server, 'office', path)
    await page.locator(last).first().waitFor()
    const leads = () =>
      page.evaluate(() => {
        const walker = document.createTreeWalker(document.querySelector('main')!, NodeFilter.SHOW_TEXT)
        const found: string[] = []
        while (walker.nextNode() !== null) {
          const { textContent, parentElement } = walker.currentNode
          if (textContent!.includes('规划值')) found.push(parentElement!.closest('a')?.getAttribute('href') ?? '')
        }
        return found
      })
    await expect.poll(async () => (await leads()).length, path).toBeGreaterThanOrEqual(least)
    expect(new Set(await leads()), path).toEqual(new Set(['/figures']))
  }
})

test('Rows that change places are whole or covered, never through each other', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/A?target=count')
  const rows = page.locator('.ranking tbody tr')
  await expect(rows).toHaveCount(3)
  const layers = await rows.evaluateAll((all) => all.map((row) => Number(getComputedStyle(row).zIndex)))
  expect(layers, 'who stands higher lies above').toEqual([3, 2, 1])
  const opaque = await rows.first().evaluate((row) => {
    row.classList.add('rank-move')
    const grounds = [...row.children].map((cell) => getComputedStyle(cell).backgroundColor)
    row.classList.remove('rank-move')
    return grounds
  })
  expect(new Set(opaque)).toEqual(new Set(['rgb(250, 248, 244)']))
})

test('Q4 from a signed-in page to the first cell that wants somebody are at most six keys', async ({ enter }) => {
  for (const [login, path] of [
    ['office', '/issues'],
    ['office', '/u/C?target=count'],
    ['office', '/people'],
    ['districtA', '/figures'],
    ['legal', '/issues/1'],
  ] as const) {
    const page = await enter(server, login, path)
    await page.locator('main h1').waitFor()
    let keys = 0
    const press = async (key: string) => {
      keys++
      await page.keyboard.press(key)
    }
    await press('Tab')
    await press('Tab')
    await press('Enter')
    await expect(page).toHaveURL(/#attention$/)
    await expect.poll(() => focused(page)).toMatch(/^\/(sheet|u)\//)
    await press('Enter')
    await expect.poll(() => focused(page), `from ${path}`).toMatch(/^[AB]\d\/(accepted|issued)$/)
    await expect(page.locator('input[data-cell]:focus'), 'its cell is seen').toBeInViewport()
    expect(keys).toBeLessThanOrEqual(6)
  }
})

test('Q4 what is disputed of an earlier day, in another counter, is six keys away as well', async ({ enter }) => {
  const [a, other] = [await sender(server, 'districtA'), await sender(server, 'otherA')]
  const item = (accepted: number) => ({
    items: [{ unit: 'A1', day: '2008-01-09', values: { accepted }, basedOn: 0, reason: 'late', confirmed: WARNED }],
  })
  await a('SubmitReports', item(150))
  await other('SubmitReports', item(152))
  const page = await enter(server, 'office', '/u/C?target=count')
  const line = page.locator('#attention .disputed')
  await expect(line.getByRole('link')).toHaveText([/^A2/, /^A1/])
  for (const key of ['Tab', 'Tab', 'Enter']) await page.keyboard.press(key)
  await expect.poll(() => focused(page)).toMatch(/^\/sheet\//)
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/u\/A1\?target=count#attention$/)
  await expect.poll(() => focused(page)).toBe('/sheet/A/2008-01-09?at=A1/accepted')
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toBe('A1/accepted')
})

test('The overview has few tab stops, and each list goes on by arrow keys', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/C?target=count')
  await page.locator('.place .chart svg').waitFor()
  const stops = await page.evaluate(
    () =>
      [...document.querySelectorAll<HTMLElement>('main :is(a[href], button, input, select, [tabindex])')].filter(
        (e) => e.tabIndex >= 0 && e.checkVisibility(),
      ).length,
  )
  expect(stops).toBeLessThanOrEqual(30)
  for (const list of ['.ranking tbody', '.today .groups', 'section.strip .place']) {
    const first = page.locator(`${list} a[tabindex="0"]`)
    await expect(first, list).toHaveCount(1)
    await first.focus()
    const was = await focused(page)
    await page.keyboard.press('ArrowRight')
    expect(await focused(page), list).not.toBe(was)
  }
})

test('Q5 chart or table is in the address, Back takes it back, and the table leads on as the chart does', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/u/C?target=count')
  await watchOf(page).table.click()
  await expect(page).toHaveURL(/table=total/)
  const twin = panel(page, '累计与序时进度')
  await expect(twin.getByRole('link', { name: '1月8日', exact: true })).toHaveAttribute('href', '/sheet/C/2008-01-08')
  await expect(twin.getByRole('link', { name: '§1' })).toHaveAttribute('href', '/issues/1')
  await panel(page, 'street进度分布').getByRole('button', { name: '表', exact: true }).click()
  await expect(page).toHaveURL(/table=total(,|%2C)spread/)
  await page.goBack()
  await page.goBack()
  await expect(page).toHaveURL(/\/u\/C\?target=count$/)
  await expect(page.locator('.place .chart svg')).toBeVisible()
})

test('Q1 the table beside the days of a question leads to the questions that are marked on them', async ({ enter }) => {
  const page = await enter(server, 'office', '/issues/1')
  await page.locator('.picture svg').waitFor()
  const signs = await page.locator('.picture svg text').filter({ hasText: /^§\d/ }).allTextContents()
  expect(signs).toHaveLength(2)
  await page.getByRole('button', { name: '表', exact: true }).click()
  const table = page.getByRole('table').filter({ has: page.getByRole('link', { name: '1月8日' }) })
  for (const sign of signs)
    await expect(table.getByRole('link', { name: sign, exact: true })).toHaveAttribute(
      'href',
      `/issues/${sign.slice(1)}`,
    )
  await table.getByRole('link', { name: '§2', exact: true }).click()
  await expect(page).toHaveURL(/\/issues\/2$/)
})

test('Q8 all questions of a unit keep the unit, and a new one begins with the place one comes from', async ({
  enter,
}) => {
  const page = await enter(server, 'legal', '/u/A?target=count')
  await page.locator('.issues li').first().waitFor()
  const n = await page.locator('.issues li').count()
  await page.goto('/issues?unit=A')
  await expect(page.locator('.list li')).toHaveCount(n)
  await page.goto('/u/A2')
  await page.locator('main h1').waitFor()
  await page.getByRole('link', { name: '法律问题' }).first().click()
  await page.getByRole('link', { name: /登记/ }).first().click()
  await expect(page.getByRole('combobox').nth(1)).toHaveValue('A2')
})

test('Q1 a day of the sheet’s panel leads to the cell on the sheet of that day, by pointer and by keys', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/sheet/A/2008-01-08?at=A1/issued')
  const bars = page.locator('.aside .days')
  await bars.locator('svg').waitFor()
  await bars.locator('[tabindex="0"]').focus()
  expect(await focused(page), 'it begins with the day of the sheet').toBe('/sheet/A/2008-01-08?at=A1/issued')
  await page.keyboard.press('ArrowLeft')
  expect(await focused(page)).toBe('/sheet/A/2008-01-07?at=A1/issued')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/sheet\/A\/2008-01-07/)
  await expect.poll(() => focused(page)).toBe('A1/issued')
  await bars.locator('svg').waitFor()
  await bars.scrollIntoViewIfNeeded()
  const box = (await bars.boundingBox())!
  await page.mouse.move(box.x + 3, box.y + 40)
  await expect(hint(page)).toContainText('issued')
  await page.mouse.click(box.x + 3, box.y + 40)
  await expect(page).toHaveURL(/\/sheet\/A\/2008-01-0[234]/)
})
