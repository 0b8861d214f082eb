/** The clock of the programme in the office's hands, as everybody else sees it: doubted, set, taken back, over. */
import { expect, type Page } from '@playwright/test'
import { type StartOptions, startServer, type TestServer } from '../support/server.ts'
import { PEOPLE } from '../support/people.ts'
import { markPage, panel, sender, sheetOf, test, watchOf } from './support.ts'

const SECOND = 1_000
let server: TestServer
/** ms that the machine of the server has run */
let elapsed: number

async function start(options: StartOptions = {}): Promise<void> {
  elapsed = 1e6
  server = await startServer({ proofMs: SECOND, elapsed: () => elapsed, authClock: () => new Date(), ...options })
  for (const person of PEOPLE) await server.account(person, person.id)
}
test.afterEach(() => server.close())

/** The machine's clock is set; a second passes. */
function setClock(moment: string): void {
  elapsed += SECOND
  server.clock.now = new Date(moment)
}

/** the line above the headline: today, and why it stands still */
const meta = (page: Page) => page.locator('main .meta')

function clockOf(page: Page) {
  const form = (title: string) =>
    page.locator('form').filter({ has: page.getByRole('heading', { name: title, exact: true }) })
  return {
    status: panel(page, '方案时钟').getByRole('status'),
    set: form('设定日期'),
    back: form('收回日期'),
    history: panel(page, '时钟记录').getByRole('listitem'),
    aside: panel(page, '为尚未开始的日期填报的内容').locator('tbody tr'),
    async begin(day: string | null, reason: string) {
      if (day !== null) await form('设定日期').getByLabel('开始的日期').fill(day)
      await form('设定日期').getByLabel('理由').fill(reason)
      await form('设定日期').getByRole('button', { name: '开始这一天' }).click()
    },
  }
}

test('C17 C18 C19 C20 A day that is doubted is confirmed, taken back and another set, and every screen goes there at once', async ({
  enter,
}) => {
  await start()
  const office = await enter(server, 'office', '/operation')
  const watching = await enter(server, 'viewer', '/u/C?target=count')
  const district = await enter(server, 'districtA', '/sheet/A')
  const clock = clockOf(office)
  const watch = watchOf(watching)
  const sheet = sheetOf(district)
  const onSheet = (day: string) => expect(district.getByTitle('选择日期')).toContainText(day)
  const onWatch = (day: string) => expect(meta(watching)).toContainText(`${day} 星期`)
  const stayed = await Promise.all([office, watching, district].map(markPage))
  await expect(office.getByText('日期随服务器时钟推进')).toBeVisible()
  await expect(clock.set).toHaveCount(0)

  // a clock that is two weeks ahead begins nothing
  setClock('2008-01-24T02:00:00Z')
  await expect(clock.status).toContainText('服务器时钟显示今天是2008年1月24日')
  await expect(meta(watching)).toContainText('服务器时钟显示今天是2008年1月24日')
  await onWatch('2008年1月10日')
  await onSheet('1月10日')

  // the office believes it
  await clock.begin(null, '机房停电两周')
  await onWatch('2008年1月24日')
  await onSheet('1月24日')
  await expect(clock.status).toHaveCount(0)
  await sheet.report('A1', 60, 40)
  await sheet.send.click()
  await expect(sheet.accepted(2)).toBeVisible()
  await expect(watch.approved('count', 40)).toBeVisible()
  const send = await sender(server, 'office')
  await send('LockPeriod', { through: '2008-01-20' })

  // and finds that it was wrong
  await clock.back.getByLabel('理由').fill('时钟错了')
  await clock.back.getByRole('button', { name: '收回' }).click()
  await onWatch('2008年1月10日')
  await onSheet('1月10日')
  await expect(watch.approved('count', 0)).toBeVisible()
  await expect(sheet.cell('A1', 'issued')).toHaveValue('')
  await expect(clock.history.last()).toContainText('收回2008年1月24日，今天恢复为2008年1月10日')
  await expect(clock.aside).toHaveCount(1)
  await expect(clock.aside).toContainText('Unit A1')
  await expect(clock.aside).toContainText('2008年1月24日')
  await expect(clock.aside).toContainText('40')
  const locking = await enter(server, 'office', '/sheet/A')
  await locking.getByRole('button', { name: '锁定', exact: true }).click()
  await expect(locking.getByRole('dialog').getByRole('listitem').last()).toContainText(
    '收回2008年1月24日，随之全部解锁',
  )

  // another day, while the machine goes on saying the wrong one, and with nobody at a cell of the sheet
  await district.evaluate(() => (document.activeElement as HTMLElement).blur())
  await clock.begin('2008-01-11', '今天是11日')
  await onWatch('2008年1月11日')
  await onSheet('1月11日')
  await expect(clock.status).toContainText('2008年1月24日')

  // a day after the last ends it
  await clock.begin('2009-01-05', '方案结束')
  const over = '方案已于2008年12月31日结束，不再接受填报和改动。'
  await expect(clock.status).toContainText(over)
  await expect(meta(watching)).toContainText(over)
  await expect(district.getByText(over)).toBeVisible()
  await Promise.all(stayed.map((same) => same()))
})

test('C20 (finding U1) A programme that ended before its first start says so, and the office begins a day of it', async ({
  enter,
}) => {
  await start({ programme: { endsOn: '2008-01-05' } })
  const watching = await enter(server, 'viewer', '/u/C')
  await expect(watching.getByRole('heading', { name: '方案已经结束' })).toBeVisible()
  await expect(watching.getByText('日期可由主管部门设定。')).toBeVisible()
  const office = await enter(server, 'office', '/sheet')
  await expect(office.getByText('没有任何一天开始过')).toBeVisible()
  await office.getByRole('link', { name: '在执行期内选定一天' }).click()
  const clock = clockOf(office)
  await expect(clock.set.getByLabel('开始的日期')).toHaveValue('2008-01-01')
  await clock.begin('2008-01-03', '试用')
  await expect(meta(watching)).toContainText('2008年1月3日 星期四')
  await expect(meta(watching)).toContainText('日期由主管部门逐日设定')
  // the next one is offered, and the words are there in English
  await expect(clock.set.getByLabel('开始的日期')).toHaveValue('2008-01-04')
  await office.getByRole('button', { name: 'English' }).click()
  await expect(office.getByRole('heading', { name: 'Set the day' })).toBeVisible()
  await expect(office.getByText('Days begin here, one by one')).toBeVisible()
  await expect(office.getByText('the office sets each day')).toBeVisible()
})
