/** A programme in one language, without legal questions, with a main target and targets of its districts' own. */
import { expect } from '@playwright/test'
import { PEOPLE } from '../support/people.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { sender, test } from './support.ts'

const english = (name: string) => ({ zh: name, en: name })
const tiny = tinyProgramme()
let server: TestServer

test.beforeAll(async () => {
  const target = (key: string, more: object) => ({ ...countTarget, key, name: english(key.replace('-', ' ')), ...more })
  server = await startServer({
    authClock: () => new Date(),
    people: false,
    programme: {
      name: english('Bus passes'),
      language: 'en',
      issues: null,
      regulation: null,
      roles: { ...tiny.roles, legal: null },
      baselines: [
        {
          ...tiny.baselines[0]!,
          main: 'by-December',
          targets: [
            target('of-A', { unit: 'A', threshold: 100 }),
            target('by-March', { threshold: 1_000 }),
            target('by-December', { threshold: 10_000, due: '2008-12-31' }),
          ],
        },
      ],
    },
  })
  const system = { id: 'system', name: 'system', role: 'system' as const, unit: '' }
  for (const { id, name, role, unit } of PEOPLE.filter((p) => p.role !== 'legal')) {
    const data = { member: id, name, role, unit }
    await server.server.core.dispatch({ id: `add-${id}-person`, kind: 'AddMember', data }, system)
    await server.account({ id, name, role, unit }, id)
  }
  const send = await sender(server, 'office')
  const report = (unit: string, issued: number) => ({
    unit,
    day: '2008-01-09',
    values: { accepted: issued, issued },
    basedOn: 0,
    reason: 'late',
  })
  await send('SubmitReports', { items: [report('A1', 90), report('B1', 300)] })
})
test.afterAll(() => server.close())

test('I7 has no page, address, panel, mark or role of the legal side', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/C')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('by December')
  await expect(page.getByRole('navigation').first()).not.toContainText('Legal questions')
  await expect(page.locator('section.issues')).toHaveCount(0)
  for (const path of ['/issues', '/issues/new', '/issues/1']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Page not found')
  }
  await page.goto('/people')
  await page.getByRole('button', { name: 'Invite someone' }).click()
  await expect(page.getByRole('dialog').getByRole('option', { name: 'office' })).toHaveCount(1)
  await expect(page.getByRole('dialog').getByRole('option', { name: 'legal' })).toHaveCount(0)
  await page.goto('/sheet/A/2008-01-10')
  await expect(page.getByRole('textbox').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: /legal/i })).toHaveCount(0)
})

test('O7 opens in its language, and keeps its names while the words of the pages change theirs', async ({ enter }) => {
  const page = await enter(server, 'viewer', '/u/C')
  await expect(page.locator('.brand')).toContainText('Bus passes')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('link', { name: 'Overview' })).toBeVisible()
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page.getByRole('link', { name: '总览' })).toBeVisible()
  await expect(page.locator('.brand')).toContainText('Bus passes')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('by December')
  await page.reload()
  await expect(page.getByRole('link', { name: '总览' }), 'what was chosen is remembered').toBeVisible()
})

test('A18 a district’s own target heads its page and ranks it; the named one heads that of the whole', async ({
  enter,
}) => {
  const page = await enter(server, 'viewer', '/u/C')
  const cards = page.getByRole('article').getByRole('heading')
  await expect(cards.first()).toContainText('by December')
  const row = (name: string) =>
    page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) })
  // 90 of its own 100; 300 of the 4,000 that are its part
  await expect(row('A')).toContainText('90.00%')
  await expect(row('B')).toContainText('7.50%')
  await expect(row('A').getByRole('rowheader')).toHaveAttribute('title', /of A/)
  await page.goto('/u/A')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('of A')
  await expect(cards.first()).toContainText('of A')
})
