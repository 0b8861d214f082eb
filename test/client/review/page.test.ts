// @vitest-environment happy-dom
/** The reviewers' page: what a decision is about, where the eye goes next, and what can be taken back. */
import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import type { Actor } from '../../../shared/policy.ts'
import type { QueueRow } from '../../../shared/view/queueRows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { ACCEPTED } from '../fakeOutbox.ts'
import { giveRows } from '../fakeScope.ts'
import { openPage, surround } from '../page.ts'
import { figure } from '../sheet/sample.ts'
import { here } from '../surroundings.ts'

const { useDecisions } = await import('../../../client/stores/decisions.ts')
const { default: ReviewPage } = await import('../../../client/features/review/ReviewPage.vue')
const { default: HeldStrip } = await import('../../../client/features/shell/HeldStrip.vue')

const me: Actor = { id: 'me', name: 'Me', role: 'office', unit: 'C', tasks: ['review'] }
const programme = tinyProgramme({ reporting: { ...tinyProgramme().reporting, reviewLevels: 1 } })
const DAYS = ['2008-01-02', '2008-01-03', '2008-01-04'] as const
/** corrections, so that each comes first */
const row = (day: string): QueueRow => {
  const waits = figure(8, { state: 'submitted', approved: 5, level: 0, by: { id: 'o', name: 'O' }, version: 3 })
  return { kind: 'queue', key: rowKey.queue(3, day), unit: 'A1', day, figures: [waits, waits] }
}

let server: ReturnType<typeof surround>
enableAutoUnmount(afterEach)
beforeEach(() => {
  server = surround(here, me, programme, deviceStorage)
  server.outbox.open(here.session.owner)
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  giveRows('queue:C', ...DAYS.map(row))
})
afterEach(() => void vi.useRealTimers())

const open = async () => {
  const { wrapper: page } = await openPage(ReviewPage, '/review')
  const press = async (key: string) => {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
    await flushPromises()
  }
  const shown = () => page.find('.place[aria-current=true]').text()
  const reason = () => page.find<HTMLInputElement>('.acts input').element
  return { page, press, shown, reason }
}
const sentDays = () =>
  server.sent.map(({ kind, data }) => [kind, ...(data as { items: QueueRow[] }).items.map((i) => i.day)])
const pass = async (ms: number) => {
  vi.advanceTimersByTime(ms)
  await server.due()
}

describe('a decision', () => {
  test('K1 by keys the next report follows, not the first', async () => {
    const { press, shown } = await open()
    await press('j')
    expect(shown()).toContain('3')
    await press('a')
    expect(shown()).toContain('4')
    await press('a')
    expect(shown(), 'after the last the one before it').toContain('2')
  })

  test('K1 is about the selection where there is one, by mouse and by keys, and says its number', async () => {
    const { page, press } = await open()
    await press('x')
    await press('j')
    await press('x')
    await press('j')
    expect(page.find('.acts .primary').text()).toBe('Approve 2 selectedA')
    expect(page.findAll('.acts .row .button')[0]!.text()).toBe('Return 2R')
    await page.find('.acts .primary').trigger('click')
    await pass(10_500)
    expect(sentDays()).toEqual([['ApproveReports', DAYS[0], DAYS[1]]])
  })

  test('K1 the key that approves the rest stands at no button for something else', async () => {
    giveRows(
      'queue:C',
      ...DAYS.map((day) => ({ ...row(day), figures: row(day).figures.map((f) => ({ ...f, approved: null })) })),
      {
        ...row(DAYS[0]),
        ...{ unit: 'B1', key: rowKey.queue(5, DAYS[0]) },
        figures: row(DAYS[0]).figures.map((f) => ({ ...f, approved: null })),
      },
    )
    const { page, press } = await open()
    expect(page.find('.isWhole button').text()).toBe('Approve 4 Shift A')
    await press('x')
    expect(page.find('.isWhole button').text()).toBe('Approve 4')
    await press('A')
    await pass(10_500)
    expect(sentDays()).toEqual([['ApproveReports', DAYS[0]]])
  })

  test('K1 R leads to the reason that is missing, Enter returns, Escape goes back to the list', async () => {
    const { page, press, reason } = await open()
    await press('r')
    expect(document.activeElement).toBe(reason())
    expect(page.find('.acts [role=alert]').exists()).toBe(true)
    await page.find('.acts input').trigger('keydown', { key: 'Escape' })
    expect(document.activeElement).toBe(page.find('.place[aria-current=true]').element)
    await press('j')
    expect(page.find('.acts [role=alert]').exists(), 'the fault was of the other report').toBe(false)
    await press('r')
    await page.find('.acts input').setValue('which forms?')
    await page.find('.acts input').trigger('keydown', { key: 'Enter' })
    await pass(10_500)
    expect(sentDays()).toEqual([['ReturnReports', DAYS[1]]])
  })

  test('K13 what was asked waits at the end, and the next report follows', async () => {
    const { page, press, shown } = await open()
    await page.find('.acts input').setValue('which forms?')
    await press('q')
    // its row says so before the answer is there
    const by = { id: 'me', name: 'Me' }
    const asked = row(DAYS[0]).figures.map((f) => ({ ...f, inquiries: [{ seq: 5, text: 'which?', by, at: 1 }] }))
    giveRows('queue:C', { ...row(DAYS[0]), figures: asked }, row(DAYS[1]), row(DAYS[2]))
    await server.answer(ACCEPTED)
    await flushPromises()
    expect(server.sent.map(({ kind }) => kind)).toEqual(['AskAboutFigures'])
    expect(shown()).toContain('3')
  })

  test('Q17 whoever comes back to the page is at the same report, and Back leads from a report to its place in the list', async () => {
    const { page, press } = await open()
    await press('j')
    page.unmount()
    const again = await open()
    expect(again.shown()).toContain('3')
    await again.page.find('.back').trigger('click')
    expect(document.activeElement).toBe(again.page.find('.place[aria-current=true]').element)
  })
})

describe('what is held', () => {
  test('K1 outlives the page, is seen on any, and is taken back as a whole', async () => {
    const { page, press } = await open()
    await press('a')
    await press('a')
    page.unmount()
    await server.settled()
    expect(server.sent, 'leaving the page sends nothing').toEqual([])
    const { wrapper: strip } = await openPage(HeldStrip, '/sheet')
    expect(strip.text()).toContain('Approve 2 reports in 10 s')
    await strip.find('button').trigger('click')
    await pass(10_500)
    expect(server.sent).toEqual([])
    expect(strip.text()).toBe('')
  })

  test('K1 goes out after ten seconds on another page too, and at once when asked', async () => {
    const { page, press } = await open()
    await press('a')
    page.unmount()
    await pass(10_500)
    expect(sentDays()).toEqual([['ApproveReports', DAYS[0]]])
    useDecisions().hold([{ unit: 'A1', day: DAYS[1], versions: { issued: 3 } }])
    await server.answer({ ok: true, seq: 9, happened: [] })
    useDecisions().flush()
    await server.settled()
    expect(sentDays()).toHaveLength(2)
  })
})

test('K1 without a connection the page says how many decisions wait on the device', async () => {
  here.connection = 'offline'
  const { page, press } = await open()
  await press('a')
  await press('a')
  expect(page.find('.head').text()).not.toContain('wait on this device')
  useDecisions().flush()
  await flushPromises()
  expect(page.find('.head').text()).toContain('2 decisions wait on this device')
})

test('K1 the headline calls those the others that are all the others', async () => {
  const plain = (day: string) => ({ ...row(day), figures: row(day).figures.map((f) => ({ ...f, approved: null })) })
  giveRows('queue:C', row(DAYS[0]), plain(DAYS[1]), plain(DAYS[2]))
  const { page } = await open()
  expect(page.find('h1').text()).toContain('1 first; the other 2 can be approved together')
  const inquiries = [{ seq: 5, text: 'which?', by: { id: 'me', name: 'Me' }, at: 1 }]
  const asked = { ...row(DAYS[0]), figures: row(DAYS[0]).figures.map((f) => ({ ...f, inquiries })) }
  giveRows('queue:C', asked, plain(DAYS[1]), plain(DAYS[2]))
  await flushPromises()
  expect(page.find('h1').text()).toContain('3 await review; 2 of them can be approved together')
})

test('K8 K13 a report that waits for an answer comes last, one that has it is looked at first; sums name their counter', async () => {
  const by = { id: 'me', name: 'Me' }
  const asked = { seq: 5, text: 'which?', by, at: 1 }
  const asking = (day: string, inquiry: typeof asked & { answer?: { text: string; by: typeof by; at: number } }) => ({
    ...row(day),
    figures: row(day).figures.map((f) => ({ ...f, inquiries: [inquiry] })),
  })
  giveRows(
    'queue:C',
    asking(DAYS[0], asked),
    asking(DAYS[1], { ...asked, answer: { text: 'the old ones', by, at: 2 } }),
  )
  const { page } = await open()
  const texts = page.findAll('.list li').map((li) => li.text())
  expect(texts[0]).toContain('asked about, answered')
  expect(texts[1]).toContain('not answered yet')
  expect(page.findAll('.lists h2').map((h) => h.text())).toEqual(['First', 'Asked, not answered yet'])
  expect(page.find('h1').text()).toContain('2 await review, 1 first.')
  expect(page.find('.head').text()).toContain('1 waits for an answer')
  expect(page.find('.sums').text()).toMatch(/^issued awaiting, up/i)
})
