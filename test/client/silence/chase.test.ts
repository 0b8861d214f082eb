/** The page of silence: whom the chase list reminds and calls, and where the calendar of reports opens. */
// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import type { ChaseRow } from '../../../shared/view/silenceRows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'

vi.mock('../../../client/sync/api.ts', () => ({ callApi: () => Promise.resolve({ ok: true, value: { phones: [] } }) }))
const { default: ChaseList } = await import('../../../client/features/silence/ChaseList.vue')
const { default: HeatMap } = await import('../../../client/features/silence/HeatMap.vue')

const TODAY = '2008-03-04'
const DAY = '2008-03-03'
const boss = { id: 'office', name: 'Office', role: 'office' as const, unit: 'C', tasks: ['report', 'review'] as const }
const [ann, bert] = [
  { id: 'ann', name: 'Ann' },
  { id: 'bert', name: 'Bert' },
]
const chase = (unit: string, more: Partial<ChaseRow> = {}): ChaseRow => ({
  ...{ kind: 'chase', key: `${rowKey.chase(0, DAY)}${unit}`, unit, day: DAY, owed: [0], partial: false, item: null },
  ...{ officials: [ann], call: null, postponed: null, reminded: null, ...more },
})
const postponed = { until: TODAY, reason: 'They are moving.', by: ann }
const head = { owed: 0, locked: 0 }
const silence = (...rows: ChaseRow[]) => ({
  ...{ chase: { value: rows }, clock: { value: { today: TODAY } }, head: { value: head } },
})

let server: ReturnType<typeof surround>
beforeEach(() => {
  server = surround(here, boss, tinyProgramme(), deviceStorage)
})
afterEach(() => vi.restoreAllMocks())
const open = async (...rows: ChaseRow[]) =>
  (await openPage(ChaseList, '/silence', { silence: silence(...rows), unit: 'C' })).wrapper
type Page = Awaited<ReturnType<typeof open>>
const button = (page: Page, words: string) => page.findAll('.acts button').find((b) => b.text().includes(words))!

test('E10 E12 all at once leaves out what is postponed, and says so; chosen by itself it is said', async () => {
  const page = await open(chase('A1'), chase('A2', { postponed }), chase('A3'))
  expect(page.find('.all').text()).toContain('All 2 reports')
  expect(page.find('.all').text()).toContain('1 postponed, left out')
  await page.find('.all input').trigger('change')
  await page.find('textarea').setValue('by six')
  await page.find('form').trigger('submit')
  await server.settled()
  const cells = ['A1', 'A3'].map((unit) => ({ unit, day: DAY }))
  expect(server.sent).toMatchObject([{ kind: 'RemindOfficials', data: { cells } }])
  expect(page.text()).not.toContain('all the same')
  await page.findAll('.chase input')[1]!.trigger('change')
  expect(page.find('form').text()).toContain('Postponed, and chosen all the same: 1')
})

test('E11 a call says with which of the officials it was', async () => {
  const page = await open(chase('A1', { officials: [ann, bert] }), chase('A2'))
  await page.find('.chase input').trigger('change')
  await page.find('textarea').setValue('by noon')
  expect(button(page, 'Note a call to Ann').exists()).toBe(true)
  await button(page, 'Note a call to Bert').trigger('click')
  await server.settled()
  expect(server.sent).toMatchObject([{ kind: 'NoteCall', data: { unit: 'A1', day: DAY, member: 'bert' } }])
})

test('E21 the last reminder, and a reminder that was put off, stay while the report is missing', async () => {
  const reminded = { at: Date.UTC(2008, 2, 3), seen: Date.UTC(2008, 2, 4) }
  const page = await open(chase('A1', { reminded, postponed: { ...postponed, until: DAY } }))
  const [put, last] = page.findAll('.log li').map((entry) => entry.text())
  expect(put).toMatch(/^there was to be none through .*They are moving/)
  expect(last).toMatch(/^reminded .*read /)
})

test('E20 what is owed and not in the list is said: locked, or too early', async () => {
  Object.assign(head, { owed: 7, locked: 4 })
  const page = await open(chase('A1'))
  expect(page.text()).toContain('4 more are of locked days')
  expect(page.text()).toContain('2 more are earlier')
  Object.assign(head, { owed: 4 })
  expect((await open()).text()).not.toContain('No report is due')
  Object.assign(head, { owed: 0, locked: 0 })
  expect((await open()).text()).toContain('No report is due')
})

test('E11 what was done stands a line each, the latest first', async () => {
  const call = { by: ann, at: Date.UTC(2008, 2, 4), to: bert, text: 'Left a message.' }
  const reminded = { at: Date.UTC(2008, 2, 3), seen: null }
  const page = await open(chase('A1', { call, postponed, reminded }))
  const said = page.findAll('.log li').map((entry) => entry.text())
  expect(said).toHaveLength(3)
  expect(said[0]).toMatch(/^no reminder through .*They are moving\.$/)
  expect(said[1]).toMatch(/^called Bert .*Left a message\.$/)
  expect(said[2]).toMatch(/^reminded /)
})

test('E18 where the calendar has no room for all its days it opens at today', async () => {
  vi.spyOn(HTMLElement.prototype, 'scrollWidth', 'get').mockReturnValue(850)
  const days = ['2008-03-03', TODAY]
  const { wrapper } = await openPage(HeatMap, '/silence', {
    ...{ goal: null },
    silence: { ...silence(), leaves: { value: ['A1'] }, days: { value: days }, rowsOf: () => [] },
  })
  await flushPromises()
  expect(wrapper.find('.map').element.parentElement!.scrollLeft).toBe(850)
})
