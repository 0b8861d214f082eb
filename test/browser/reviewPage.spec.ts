/** The reviewers' page: what is asked with its evidence, what approving would do, and every version. */
import { expect, remember, type Send, sender, serverForFile, test } from './support.ts'

const server = serverForFile({ reviewLevels: 1 })
const DAYS = ['2008-01-02', '2008-01-03', '2008-01-04', '2008-01-07', '2008-01-08', '2008-01-09']
let a: Send
let office: Send
/** of the figures that were given last */
let newest = 0

/** Three approved days and three that wait, of A1 by growing figures, of A2 by the same again and again; and a correction. */
test.beforeAll(async () => {
  a = await sender(server, 'districtA')
  office = await sender(server, 'office')
  for (const [k, day] of DAYS.entries())
    for (const unit of ['A1', 'A2']) {
      const values = unit === 'A2' ? { accepted: 120, issued: 80 } : { accepted: 210 + 7 * k, issued: 101 + 3 * k }
      const seq = await a('SubmitReports', { items: [{ unit, day, values, basedOn: 0, reason: 'the line was down' }] })
      newest = seq
      if (k < 3) await office('ApproveReports', { items: [{ unit, day, versions: { accepted: seq, issued: seq } }] })
      if (k === 2 && unit === 'A1')
        await a('SubmitReports', {
          items: [{ unit, day, values: { issued: 60 }, basedOn: seq, type: 'reduced', reason: 'counted twice' }],
        })
    }
})

test('K12 a correction comes first, with what it does to the street, the district and the city', async ({ enter }) => {
  const page = await enter(server, 'office', '/review')
  const panel = page.getByRole('region', { name: 'Unit A1 2008年1月4日' })
  const effect = panel.locator('section').filter({ has: page.getByRole('heading', { name: '审定后' }) })
  await expect(effect).toContainText('降 −47')
  await expect(effect.getByRole('row', { name: /^A1/ })).toContainText('312 › 265')
  await expect(effect.getByRole('row', { name: /^A /, exact: false }).last()).toContainText('552 › 505')
  await expect(effect.getByRole('row', { name: /^C/ })).toContainText('552 › 505')
  const versions = panel.getByRole('region', { name: '版本' }).getByRole('row')
  await expect(versions.nth(1)).toContainText('核减')
  await expect(versions.nth(2)).toContainText('审定')
  await page.keyboard.press('1')
  await expect(effect, 'a counter that does not wait cannot be chosen').toContainText('降 −47')
  await page.keyboard.press('2')
  await expect(effect).toContainText('所选各项不影响目标')
})

test('R44 K12 a quality question stands with its evidence until somebody answers it, and the rest says what it would do', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/review')
  const list = page.getByRole('listitem').filter({ has: page.getByRole('checkbox', { name: /^选中 A2/ }) })
  await expect(list).toHaveCount(3)
  await expect(list.first()).toContainText('与前报全同')
  await expect(list.first().getByRole('img')).toBeVisible()
  const heading = page.getByRole('heading', { level: 1 })
  await expect(heading).toContainText(/其余 3 份.*距序时由 −\d+\.\d .*到 [−+]\d+\.\d 点/)
  await list.last().getByRole('button').click()
  const panel = page.getByRole('region', { name: 'Unit A2 2008年1月9日' })
  await panel.getByRole('button', { name: '答复疑问' }).first().click()
  await panel.getByRole('textbox', { name: '答复' }).fill('the same queue every day')
  await panel.getByRole('textbox', { name: '答复' }).press('Enter')
  await expect(panel).toContainText('the same queue every day')
  await expect(list).toHaveCount(2)
  await expect(heading).toContainText('其余 4 份')
})

test('Q17 on a phone a report is whole in its width, with all states of its versions, and a line leads back to its place', async ({
  enter,
}) => {
  const phone = await enter(server, 'office', '/review', { viewport: { width: 340, height: 844 }, hasTouch: true })
  await remember(phone, { locale: 'en', theme: 'light' })
  await phone.reload()
  const entry = phone.getByRole('listitem').filter({ hasText: /A1|A2/ }).first().getByRole('button')
  await entry.click()
  const panel = phone.getByRole('region', { name: /^Unit A/ })
  await expect(panel).toBeInViewport()
  const cut = () =>
    panel.evaluate((own) => {
      const edge = own.getBoundingClientRect().right + 1
      const seen = [...own.querySelectorAll(':scope > table :is(td, th), :scope > header > *')]
      return seen.filter((e) => e.getBoundingClientRect().right > edge).map((e) => e.textContent)
    })
  expect(await cut()).toEqual([])
  await expect(
    panel
      .getByRole('region', { name: 'Versions' })
      .getByText(/· (approved|changed|reported|reduced|corrected)/)
      .first(),
  ).toBeInViewport()
  await phone.getByRole('button', { name: 'Back to the list' }).click()
  await expect(entry).toBeFocused()
  await expect(entry).toBeInViewport()
})

test('Q17 on a phone what is held covers no button of the next decision, nor what is at the end of a page', async ({
  enter,
}) => {
  const phone = await enter(server, 'office', '/review', { viewport: { width: 390, height: 844 }, hasTouch: true })
  const approve = phone.getByRole('button', { name: /^审定 \d 项/ })
  const held = phone.getByText(/将在 \d+ 秒内送出/)
  await phone.getByRole('listitem').filter({ hasText: /A1|A2/ }).first().getByRole('button').click()
  await approve.click()
  await expect(held).toBeInViewport()
  await phone.getByRole('button', { name: '提问' }).click()
  await expect(phone.getByRole('alert').first(), 'the question lacks its words').toBeInViewport()
  await expect(held).toBeInViewport()
  await approve.click()
  await expect(held).toHaveText(/^审定 2 份/)
  await phone.getByRole('button', { name: '返回列表' }).click()
  await phone.evaluate(() => scrollTo(0, 0))
  await expect(held).toBeInViewport()
  await phone.getByRole('button', { name: '撤回 2 份' }).click()
  await expect(held).toHaveCount(0)
})

test('G18 a decision whose tab was closed within the ten seconds is taken back in the next one', async ({ enter }) => {
  const page = await enter(server, 'office', '/review')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('7 份待审')
  await page.keyboard.press('a')
  await expect(page.getByText(/秒内送出/)).toBeVisible()
  const context = page.context()
  await page.close()
  const next = await context.newPage()
  await next.goto('/review')
  await expect(next.getByRole('heading', { level: 1 })).toContainText('6 份待审')
  const strip = next.getByRole('status').filter({ hasText: /审定 A1 1\/4 将在 \d+ 秒内送出/ })
  await strip.getByRole('button', { name: '撤回 1 份' }).click()
  await expect(strip).toHaveCount(0)
  await expect(next.getByRole('heading', { level: 1 })).toContainText('7 份待审')
})

test('G18 K1 K3 K7 P4 a reviewer’s day by keys: a question and its answer, a decision taken back, returned, the rest at once, a lock', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/review')
  const heading = page.getByRole('heading', { level: 1 })
  const say = async (text: string, key: string) => {
    await page.getByLabel('退回须写理由，提问写在这里').fill(text)
    await page.keyboard.press('Tab')
    await page.keyboard.press(key)
  }
  await expect(heading).toContainText('7 份待审，先看 3 份；其余 4 份')
  await expect(page.getByRole('link', { name: '审核 7' }).first()).toBeVisible()
  await say('which forms?', 'q')
  // it waits at the end of the list for its answer, and is at the top again with it
  await expect(heading).toContainText('先看 2 份')
  const asked = page.locator('section').filter({ has: page.getByRole('heading', { name: '已提问，待答' }) })
  await expect(asked.getByRole('listitem')).toContainText('A1 1/4')
  await a('AnswerInquiry', { unit: 'A1', day: '2008-01-04', counters: ['issued'], text: 'forms 12 to 31' })
  await expect(asked).toHaveCount(0)
  await page.keyboard.press('k')
  await expect(page.getByText('答：forms 12 to 31')).toBeVisible()

  await page.keyboard.press('a')
  const held = page.getByText(/将在 \d+ 秒内送出/)
  await expect(held).toHaveText(/^审定 A1 1\/4/)
  await page.keyboard.press('z')
  await expect(page.getByText(/秒内送出/)).toHaveCount(0)
  await expect(heading).toContainText('7 份待审')
  await say('show them', 'r')
  await expect(held).toHaveText(/^退回 A1 1\/4/)
  await page.reload()
  await expect(held, 'loading the page again loses no decision').toBeVisible()
  await expect(heading).toContainText('6 份待审')
  await page.keyboard.press('Shift+A')
  await expect(heading).toContainText('2 份待审')
  const corrected = { unit: 'A2', day: '2008-01-09' }
  // somebody corrects one of them before it is sent: it is left out, and leads to its cell
  await a('SubmitReports', {
    items: [{ ...corrected, values: { issued: 81 }, basedOn: newest, type: 'corrected', reason: 'one more form' }],
  })
  // the cursor stands where the last decision left it
  await page.keyboard.press('k')
  await page.keyboard.press('x')
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await say('the same again?', 'Shift+R')
  await expect(heading).toContainText('没有待您审核的报表')
  const left = page.getByRole('alert').getByRole('link', { name: 'A2 1/9' })
  await expect(left).toHaveAttribute('href', '/sheet/A/2008-01-09?at=A2/issued', { timeout: 20_000 })

  await page.keyboard.press('l')
  const dialog = page.getByRole('dialog', { name: '锁定与解锁' })
  const open = dialog.getByRole('group').first().getByRole('listitem')
  await expect(open).toHaveText([/^A1 1\/4 +退回/, /^A2 1\/7 +退回/, /^A2 1\/8 +退回/, /^A2 1\/9 +待审/])
  await dialog.getByLabel('全部结转').check()
  await dialog.getByRole('button', { name: '锁定', exact: true }).press('Enter')
  await expect(dialog).toContainText('锁定至 2008年1月9日（含）。')
})
