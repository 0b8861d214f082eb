// @vitest-environment happy-dom
/** Sheets outside the usual: of units that have ended, of days that do not exist, that are to come, on which nothing is expected. */
import { beforeEach, expect, test } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { giveRows } from '../fakeScope.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { giveSheet, me, OPEN, OVER } from './onPage.ts'
import { day, reportRow } from './sample.ts'

const { default: SheetPage } = await import('../../../client/features/sheet/SheetPage.vue')

beforeEach(() => void surround(here, me, tinyProgramme(), deviceStorage))
const open = async (props: Record<string, unknown>) => (await openPage(SheetPage, '/sheet', props)).wrapper

test('C10 the sheet of a unit that has ended says until when, and leads to its successor', async () => {
  const programme = tinyProgramme()
  const units = programme.units.map((u) => (u.code === 'A3' ? { ...u, endsOn: '2008-02-29', into: 'A2' } : u))
  surround(here, me, { ...programme, units }, deviceStorage)
  giveSheet([])
  giveRows(`sheet:A3/${day}`, { kind: 'clock', key: rowKey.clock(), ...OPEN })
  const page = await open({ unit: 'A3' })
  expect(page.find('.state').text()).toContain('Ended')
  expect(page.text()).not.toContain('not begun')
  expect(page.find('.ended').text()).toContain('29 February 2008')
  expect(page.find('.ended a').attributes('href')).toBe(`/sheet/A2/${day}`)
  expect(page.find('table').exists()).toBe(false)
})

test('T4 a day that does not exist is refused, not taken for today', async () => {
  giveSheet([])
  const page = await open({ unit: 'A', day: '2026-13-45' })
  expect(page.text()).toContain('There is no such day')
  expect(page.find('table').exists()).toBe(false)
})

test('a day to come owes nothing', async () => {
  giveSheet([], { ...OPEN, today: '2008-02-29' })
  const page = await open({ unit: 'A', day })
  expect(page.text()).toContain('This day has not begun')
  expect(page.text()).not.toMatch(/not reported|of 3 in/)
})

test('T12 on a day off the row of sums counts what was reported, expected or not', async () => {
  const saturday = '2008-03-01'
  giveSheet([])
  const clock = { kind: 'clock' as const, key: rowKey.clock(), ...OVER }
  giveRows(`sheet:A/${saturday}`, clock, reportRow('A1', [5, 3]), reportRow('A2', [1, null]))
  const page = await open({ unit: 'A', day: saturday })
  expect(page.find('tfoot').text()).toContain('2 reported')
})
