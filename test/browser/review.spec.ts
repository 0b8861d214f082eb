/** With a level of review: what was approved goes on counting, and what waits, is disputed or taken back stands beside it. */
import { indexUnits } from '../../shared/domain/units.ts'
import type { Patch } from '../../shared/view/patch.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import { signIn } from '../support/process.ts'
import { tinyProgramme } from '../support/programme.ts'
import { expect, markPage, type Send, sender, serverForFile, sheetOf, test, watchOf } from './support.ts'

const server = serverForFile({ reviewLevels: 1 })
const DAY = '2008-01-10'
/** districtA reports, the office approves: with one level nobody else does (K6) */
let a: Send
let otherA: Send
let reviewer: Send
test.beforeAll(async () => {
  a = await sender(server, 'districtA')
  otherA = await sender(server, 'otherA')
  reviewer = await sender(server, 'office')
})

/** Reports both counters of a street and has them approved; the version of both. */
async function approved(unit: string, accepted: number, issued: number): Promise<number> {
  const seq = await a('SubmitReports', { items: [{ unit, day: DAY, values: { accepted, issued }, basedOn: 0 }] })
  await reviewer('ApproveReports', { items: [{ unit, day: DAY, versions: { accepted: seq, issued: seq } }] })
  return seq
}
/** Version of the figure of `issued` as it stands. */
async function versionOf(unit: string): Promise<number> {
  const response = await fetch(`${server.url}/api/v1/changes?scope=sheet:A/${DAY}&since=0`, {
    headers: { cookie: await signIn(server.url, 'otherA') },
  })
  const { rows } = (await response.json()) as Patch
  const report = [...rowsOf('report', rows, indexUnits(tinyProgramme()))].find((row) => row.unit === unit)
  return report!.figures[1]!.version
}
async function approve(unit: string): Promise<void> {
  await reviewer('ApproveReports', { items: [{ unit, day: DAY, versions: { issued: await versionOf(unit) } }] })
}

test('A correction waits beside the approved figure, which counts until the correction is approved', async ({
  enter,
}) => {
  await approved('A1', 200, 100)
  const office = await enter(server, 'office', '/u/A1?target=count')
  const watch = watchOf(office)
  await expect(watch.approved('count', 100)).toBeVisible()
  const stayed = await markPage(office)
  const card = office.getByRole('article').filter({ has: office.getByRole('heading', { name: /count/ }) })

  const page = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(page)
  await expect(sheet.line('A1')).toContainText('审定')
  await sheet.type('A1', 'issued', '120')
  await sheet.send.click()
  await expect(sheet.accepted(1)).toBeVisible()
  await expect(sheet.line('A1')).toContainText('待审')
  await expect(sheet.cell('A1', 'issued')).toHaveValue('120')
  await expect(sheet.cell('A1', 'issued')).toHaveAccessibleDescription(/审定 100，新值待审/)
  await expect(watch.approved('count', 100), 'the approved figure was not taken away').toBeVisible()
  await expect(card).toContainText(/待审\s*\+20/)
  await expect(card, '100 of 120').toContainText('83.3%')

  // downwards it is a bite into the approved bar
  await sheet.type('A1', 'issued', '80')
  await sheet.send.click()
  await expect(sheet.cell('A1', 'issued')).toHaveAccessibleDescription(/审定 100，新值待审/)
  await expect(card).toContainText(/待审\s*−20/)
  await expect(watch.approved('count', 100)).toBeVisible()

  await sheet.cell('A1', 'issued').click()
  await expect(sheet.versions.getByRole('listitem').first()).toContainText('120 → 80')
  await approve('A1')
  await expect(watch.approved('count', 80)).toBeVisible()
  await expect(card).not.toContainText('待审 ')
  await expect(sheet.line('A1')).toContainText('审定')
  await stayed()
})

test('Taking back an approved figure waits for review, and the figure counts until then', async ({ enter }) => {
  await approved('A2', 90, 40)
  const office = await enter(server, 'office', '/u/A2?target=count')
  const watch = watchOf(office)
  await expect(watch.approved('count', 40)).toBeVisible()

  const page = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(page)
  await sheet.cell('A2', 'issued').click()
  await page.keyboard.press('Delete')
  await sheet.send.click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('理由').fill('figures of A3')
  await dialog.getByRole('button', { name: /^上报/ }).click()
  await expect(sheet.accepted(1)).toBeVisible()
  await expect(sheet.line('A2')).toContainText('待审')
  await expect(watch.approved('count', 40)).toBeVisible()
  await approve('A2')
  await expect(watch.approved('count', 0)).toBeVisible()
  await expect(sheet.line('A2')).toContainText('部分上报')
  await expect(sheet.cell('A2', 'issued')).toHaveValue('')
})

test('A claim against an approved figure stands beside it, and the figure counts until it is settled', async ({
  enter,
}) => {
  await approved('A3', 70, 30)
  const office = await enter(server, 'office', '/u/A3?target=count')
  const watch = watchOf(office)
  await otherA('SubmitReports', { items: [{ unit: 'A3', day: DAY, values: { issued: 36 }, basedOn: 0 }] })
  const page = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(page)
  const todo = sheet.todos.getByRole('listitem').filter({ hasText: '一格两数' })
  await expect(todo).toContainText('核定之前仍按审定的 30 计。')
  await expect(watch.approved('count', 30)).toBeVisible()
  const card = office.getByRole('article').filter({ has: office.getByRole('heading', { name: /count/ }) })
  await expect(card).toContainText(/争议\s*\+6/)
  await todo.getByRole('button', { name: '采用Other A的数' }).click()
  const dialog = page.getByRole('dialog', { name: '核定 Unit A3 issued 1月10日' })
  await dialog.getByLabel('理由').fill('six forms in the drawer')
  await dialog.getByRole('button', { name: '核定' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(sheet.cell('A3', 'issued')).toHaveValue('36')
})

test('K3 A withdrawal that was sent back is asked for again, and the figure counts until it is approved', async ({
  enter,
}) => {
  const cell = { unit: 'A1', day: DAY }
  const withdrawn = { ...cell, counters: ['issued'], basedOn: await versionOf('A1') }
  const seq = await a('WithdrawReports', { items: [withdrawn], reason: 'figures of A3' })
  await reviewer('ReturnReports', { items: [{ ...cell, versions: { issued: seq } }], reason: 'which forms?' })
  const page = await enter(server, 'districtA', '/sheet/A')
  const sheet = sheetOf(page)
  const todo = sheet.todos.getByRole('listitem').filter({ hasText: '撤销被退回' })
  await expect(todo).toContainText('which forms?')
  await expect(sheet.cell('A1', 'issued')).toHaveAccessibleDescription(/仍按审定的 80 计/)
  await todo.getByRole('button', { name: '再次申请撤销' }).click()
  const dialog = page.getByRole('dialog', { name: '再次申请撤销 Unit A1 issued 1月10日' })
  await dialog.getByLabel('理由').fill('forms 12 to 31')
  await dialog.getByRole('button', { name: '再次申请撤销' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(todo).toHaveCount(0)
  await expect(sheet.cell('A1', 'issued')).toHaveAccessibleDescription(/审定 80，撤销待审/)
  await approve('A1')
  await expect(sheet.line('A1')).toContainText('部分上报')
})
