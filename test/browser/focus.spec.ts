/** Where the keyboard is while rows move, come and go (case L4): it goes along, or to what is in its place. */
import type { Locator, Page } from '@playwright/test'
import { setScene } from './scene.ts'
import { expect, sender, serverForFile, sheetOf, test, watchOf } from './support.ts'

const server = serverForFile()
test.beforeAll(async () => {
  await setScene(server)
})

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('href') ?? '')
const CONFIRMED: ('report.unusual' | 'report.exceeds' | 'report.coverageOver')[] = [
  'report.unusual',
  'report.exceeds',
  'report.coverageOver',
]

test('Q3 the focus goes along when a row of the ranking moves', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/A?target=count')
  const order = () => page.locator('.ranking tbody th a').allInnerTexts()
  await expect.poll(order).toHaveLength(3)
  const lowest = (await order()).at(-1)!
  await page.locator('.ranking tbody').getByRole('link', { name: lowest, exact: true }).focus()
  const was = await focused(page)
  const send = await sender(server, 'districtA')
  const day = '2008-01-09'
  await send('SubmitReports', {
    items: [
      {
        unit: lowest,
        day,
        values: { accepted: 9_000, issued: 9_000 },
        basedOn: 0,
        reason: 'all at once',
        confirmed: CONFIRMED,
      },
    ],
  })
  await expect.poll(async () => (await order())[0]).toBe(lowest)
  expect(await focused(page)).toBe(was)
  await page.keyboard.press('ArrowDown')
  expect(await focused(page), 'the keys go on from there').not.toBe(was)
})

test('Q3 the focus stays in the list of changes when its line goes out of sight', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/C?target=count')
  const lines = watchOf(page).changes.and(page.locator(':not([inert])'))
  await expect.poll(() => lines.count()).toBeGreaterThan(4)
  await lines.nth(1).getByRole('link').focus()
  const send = await sender(server, 'districtB')
  const room = await lines.count()
  let seq = 0
  for (let i = 0; i < room + 2; i++) {
    const values = { accepted: 60 + i, issued: 30 + i }
    seq = await send('SubmitReports', { items: [{ unit: 'B1', day: '2008-01-10', values, basedOn: seq }] })
    await expect(lines.first()).toContainText(String(30 + i))
  }
  // browsers take the focus from what is out of reach at the next frame, not at once
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done))))
  const at = await page.evaluate(() => document.activeElement?.closest('section.changes li:not([inert])') !== null)
  expect(at, 'at a line that is seen').toBe(true)
})

test('Who closes a question goes on writing where they are', async ({ enter }) => {
  const page = await enter(server, 'legal', '/issues/1')
  await page.getByRole('button', { name: '结案' }).first().click()
  const text = page.getByRole('textbox', { name: '结案' })
  await text.fill('answered')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.locator('main article .state').first()).toContainText('已结')
  await expect.poll(() => page.evaluate(() => document.activeElement?.closest('form, .none') !== null)).toBe(true)
})

test('Q3 what is gone leaves the focus to what is in its place: cards of the sheet, drafts, days, targets, units', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  const { cell, todos, type } = sheetOf(page)
  const isNowhere = () => page.evaluate(() => document.activeElement === document.body)
  const press = async (button: Locator) => {
    await button.focus()
    await page.keyboard.press('Enter')
  }
  await type('A3', 'accepted', '1.874')
  await type('A3', 'issued', '12x')
  await press(todos.getByRole('button', { name: '改为 1,874' }))
  await expect(cell('A3', 'accepted')).toHaveValue('1,874')
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('BUTTON')
  await page.reload()
  await press(page.getByRole('button', { name: '全部放弃' }))
  await expect(cell('A3', 'accepted')).toHaveValue('')
  await expect.poll(isNowhere).toBe(false)
  const before = page.getByRole('button', { name: '前一天' })
  await press(before)
  await expect(page.getByTitle('选择日期')).toContainText('1月9日')
  await expect(before).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByTitle('选择日期')).toContainText('1月8日')

  await page.goto('/u/C?target=count')
  await page.locator('.place .chart svg').waitFor()
  await press(page.locator('.cards h2 a').first())
  await expect(page).toHaveURL(/target=cover/)
  await expect.poll(isNowhere).toBe(false)
  await press(page.locator('.ranking tbody th a').first())
  await expect(page).toHaveURL(/\/u\/A\d\?/)
  await expect(page.locator('#main')).toBeFocused()
})
