// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor } from '../../shared/policy.ts'
import type { ClockRow, VersionRow } from '../../shared/view/rows.ts'
import { rowKey } from '../../shared/view/wire.ts'
import { tinyProgramme } from '../support/programme.ts'
import { openTabs } from '../sync/tabs.ts'
import { ACCEPTED, type fakeOutbox } from './fakeOutbox.ts'
import { giveRows } from './fakeScope.ts'
import { openPage, surround } from './page.ts'

const office: Actor = { id: 'o', name: 'Office', role: 'office', unit: 'C' }
const here = vi.hoisted(() => ({ outbox: {}, programme: {}, session: {} }))
vi.mock('../../client/stores/scope.ts', () => import('./fakeScope.ts'))
vi.mock('../../client/stores/programme.ts', () => ({ useProgramme: () => here.programme }))
vi.mock('../../client/stores/session.ts', () => ({ useSession: () => here.session }))
vi.mock('../../client/sync/commands.ts', () => ({
  get outbox() {
    return here.outbox
  },
}))
const { default: ClockPanel } = await import('../../client/features/operation/ClockPanel.vue')
const { settable, stepsOf } = await import('../../client/features/operation/clock.ts')

const by = { id: 'system', name: 'system' }
const version = (seq: number, type: VersionRow['type'], more: Partial<VersionRow>): VersionRow => ({
  ...{ kind: 'version', key: rowKey.version(seq), seq, at: Date.UTC(2008, 0, seq), by, type, changes: [], ...more },
})
const began = (seq: number, day: string) => version(seq, 'DayBegan', { day })
const clock = (more: Partial<ClockRow> = {}): ClockRow => ({
  ...{ kind: 'clock', key: rowKey.clock(), today: '2008-01-09', closed: '2008-01-08', due: '2008-01-08' },
  ...{ lockedThrough: null, ...more },
})

let server: ReturnType<typeof fakeOutbox>
beforeEach(() => {
  server = surround(here, office, tinyProgramme(), openTabs().open())
})
const open = async () => (await openPage(ClockPanel, '/operation')).wrapper

test('C18 the steps that can be taken back are those that stand, the latest first', () => {
  const rows = [began(1, '2008-01-07'), began(2, '2008-01-08'), began(3, '2009-01-08')]
  const back = version(4, 'DayTakenBack', { day: '2009-01-08', to: '2008-01-08', reason: 'x' })
  const end = version(5, 'ProgrammeEnded', { day: '2010-01-01' })
  expect(stepsOf([...rows, back].reverse())).toEqual([
    { kind: 'began', day: '2008-01-08' },
    { kind: 'began', day: '2008-01-07' },
  ])
  expect(stepsOf([...rows, back, end])[0]).toEqual({ kind: 'ended', day: '2010-01-01' })
  expect(stepsOf([...rows, back, end, began(6, '2008-03-01')])[0]).toEqual({ kind: 'began', day: '2008-03-01' })
})

test('C17 the day that is offered is the doubted one where it can begin, else the next one; there is none once the last has begun', () => {
  const programme = tinyProgramme()
  const offered = (more: Partial<ClockRow>) => settable(clock(more), programme)
  expect(offered({})).toBeNull()
  expect(offered({ doubted: '2008-06-10' })).toBe('2008-06-10')
  expect(offered({ doubted: '1970-01-01' })).toBe('2008-01-10')
  expect(offered({ doubted: '2009-06-10' })).toBe('2008-01-10')
  expect(offered({ today: null, over: '2026-06-10' })).toBe('2008-01-01')
  expect(offered({ today: '2008-12-31', doubted: '2009-06-10' })).toBe('2009-06-10')
  expect(offered({ today: '2008-12-31', over: '2009-06-10' })).toBeNull()
})

test('C17 C20 (finding U1) after the end the office is told what it may do: choose a day; from then on days begin here', async () => {
  giveRows('history:clock', clock({ today: null, closed: null, over: '2026-06-10' }))
  const wrapper = await open()
  expect(wrapper.find('[role="status"]').text()).toContain('The programme ended on 31 December 2008')
  expect(wrapper.find('form').text()).toContain('from 1 January 2008 to 31 December 2008')
  giveRows('history:clock', clock({ doubted: '2026-06-10' }), began(8, '2008-01-09'))
  await flushPromises()
  expect(wrapper.find('[role="status"]').text()).toContain('past the programme')
  expect(wrapper.find('form').text()).toContain('Days begin here, one by one')
  expect(wrapper.find<HTMLInputElement>('input[type="date"]').element.value).toBe('2008-01-10')
})

test('C17 while nothing is doubted there is no day to set; a doubt says so and offers the day that the clock says', async () => {
  giveRows('history:clock', clock(), began(8, '2008-01-09'))
  const wrapper = await open()
  expect(wrapper.text()).toContain('It follows the clock of the server')
  expect(wrapper.findAll('form')).toHaveLength(1)
  giveRows('history:clock', clock({ doubted: '2008-06-10' }), began(8, '2008-01-09'))
  await flushPromises()
  expect(wrapper.find('[role="status"]').text()).toContain('10 June 2008')
  const form = wrapper.findAll('form')[0]!
  expect((form.find('input[type="date"]').element as HTMLInputElement).value).toBe('2008-06-10')
  await form.find('input[type="date"]').setValue('2008-01-10')
  await form.findAll('input')[1]!.setValue('it is the 10th')
  await form.trigger('submit')
  await server.answer({ ok: false, refusals: [{ code: 'day.notForward' }] })
  await flushPromises()
  expect(form.text()).toContain('days only move forward')
  await form.trigger('submit')
  await server.answer(ACCEPTED)
  await flushPromises()
  expect(server.sent.map(({ kind, data }) => ({ kind, data }))).toEqual([
    { kind: 'ConfirmDay', data: { day: '2008-01-10', reason: 'it is the 10th' } },
    { kind: 'ConfirmDay', data: { day: '2008-01-10', reason: 'it is the 10th' } },
  ])
})

test('C18 C19 F26 a day is taken back with a reason, and what was reported for it is listed', async () => {
  giveRows('history:clock', clock({ today: '2009-01-08' }), began(7, '2008-01-09'), began(8, '2009-01-08'))
  const wrapper = await open()
  const form = wrapper.find('form')
  expect(form.findAll('option').map((o) => o.element.value)).toEqual(['2009-01-08', '2008-01-09'])
  await form.find('input').setValue('the clock was wrong')
  await form.trigger('submit')
  await server.answer(ACCEPTED)
  expect(server.sent[0]!.data).toEqual({ day: '2009-01-08', reason: 'the clock was wrong' })
  const report = { unit: 'A1', day: '2009-01-08', values: { issued: 5 }, by: { id: 'a', name: 'Anna' }, at: 0 }
  const back = { day: '2009-01-08', to: '2008-01-09', reason: 'the clock was wrong', notBegun: [report] }
  giveRows('history:clock', clock(), began(7, '2008-01-09'), began(8, '2009-01-08'), version(9, 'DayTakenBack', back))
  await flushPromises()
  const cells = wrapper.findAll('tbody tr').map((row) => row.findAll('th, td').map((e) => e.text()))
  expect(cells[0]!.slice(0, 4)).toEqual(['Unit A1', '8 January 2009', '—', '5'])
  expect(cells[0]![4]).toContain('Anna')
  // a running total has a column of its own, where there is one
  const opening = { unit: 'A2', day: '2009-01-08', values: {}, totals: { issued: 500 }, by: report.by, at: 0 }
  const both = { ...back, notBegun: [report, opening] }
  giveRows('history:clock', clock(), began(7, '2008-01-09'), began(8, '2009-01-08'), version(9, 'DayTakenBack', both))
  await flushPromises()
  const more = wrapper.findAll('tbody tr').map((row) => row.findAll('td').map((e) => e.text()))
  expect(more.map((row) => row.slice(1, 4))).toEqual([
    ['—', '5', '—'],
    ['—', '—', '500'],
  ])
  expect(wrapper.find('thead').text()).toContain('issued (cumulative)')
  expect(wrapper.find('ol').text()).toContain('took 8 January 2009 back; today is 9 January 2008 again')
  expect(wrapper.findAll('option')).toHaveLength(1)
})
