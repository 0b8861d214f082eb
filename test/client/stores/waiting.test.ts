// @vitest-environment happy-dom
/** How much waits, beside the page where it is done: as many things as the list there has. */
import { beforeEach, describe, expect, test } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import { openDrafts } from '../../../client/sync/drafts.ts'
import type { CalendarDay } from '../../../shared/view/calendar.ts'
import { WORK_KINDS, type WorkRow } from '../../../shared/view/workRows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { giveRows } from '../fakeScope.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { giveSheet, me, OPEN } from '../sheet/onPage.ts'
import { day, reportRow, setting } from '../sheet/sample.ts'

const { useWaiting } = await import('../../../client/stores/waiting.ts')
const { default: SheetPage } = await import('../../../client/features/sheet/SheetPage.vue')

beforeEach(() => {
  surround(here, me, tinyProgramme(), deviceStorage)
})
const work = (what: WorkRow['what'], unit: string, on: string): WorkRow => ({
  ...{ kind: 'work', key: rowKey.work(what, setting.units.index(unit), on), unit, day: on, what, counters: [0, 1] },
})
const month = (unit: string, today: CalendarDay) => ({
  ...{ kind: 'calendar' as const, key: rowKey.calendar(setting.units.index(unit), '2008-03'), unit, month: '2008-03' },
  days: Array.from({ length: 31 }, (_, i): CalendarDay => (i + 1 === Number(day.slice(8)) ? today : { state: 'off' })),
})

describe('Q13 one count by one definition', () => {
  test('days of one silent unit are one thing, a report’s dispute is one, and today’s reports have their places', async () => {
    const rows = [
      ...[
        work('disputed', 'A1', '2008-02-28'),
        work('missing', 'A2', '2008-02-28'),
        work('missing', 'A2', '2008-02-29'),
      ],
    ]
    giveSheet([reportRow('A1', [5, null])])
    giveRows(
      'work:A',
      { kind: 'clock', key: rowKey.clock(), ...OPEN },
      {
        kind: 'workCounts',
        key: rowKey.workCounts(),
        counts: WORK_KINDS.map((k) => rows.filter((r) => r.what === k).length),
        offers: 0,
      },
      ...rows,
    )
    giveRows(
      'calendar:A',
      month('A1', { state: 'partial', blank: [1] }),
      ...['A2', 'A3'].map((unit) => month(unit, { state: 'open' })),
    )
    const { wrapper } = await openPage(SheetPage, '/sheet', { unit: 'A' })
    const items = wrapper.findAll('.item').map((item) => item.attributes('data-item'))
    expect(items).toEqual(['disputed A1 2008-02-28', 'missing A2', `unfinished A1 ${day}`, `open ${day}`])
    expect(wrapper.find('h1').text()).toContain('4 things wait')
    expect(useWaiting().report).toBe(4)
  })
  test('what is typed and not accepted is counted alike beside the page and in its list', async () => {
    giveSheet(['A1', 'A2', 'A3'].map((unit) => reportRow(unit, [5, 5])))
    const counts = WORK_KINDS.map(() => 0)
    giveRows(
      'work:A',
      { kind: 'clock', key: rowKey.clock(), ...OPEN },
      { kind: 'workCounts', key: rowKey.workCounts(), counts, offers: 0 },
    )
    giveRows('calendar:A', ...['A1', 'A2', 'A3'].map((unit) => month(unit, { state: 'submitted' })))
    const drafts = openDrafts(deviceStorage, { programme: setting.programme.key, member: me.id }, () => 1)
    const typed = (on: string, text: string) =>
      drafts.put(
        { unit: 'A1', day: on, counter: 'issued' },
        { text, basis: { version: 0, value: null }, confirmed: [], contest: false },
      )
    typed('2008-02-28', '7')
    const waiting = useWaiting()
    expect(waiting.report, 'of another day, while no list is open').toBe(1)
    typed(day, '12x')
    const { wrapper } = await openPage(SheetPage, '/sheet', { unit: 'A' })
    const shown = () => wrapper.findAll('.item').map((item) => item.attributes('data-item'))
    expect(shown()).toEqual([expect.stringMatching(/^refused A1/), expect.stringMatching(/^drafts A/)])
    expect(waiting.report, 'also what is mistyped on the day shown').toBe(2)
    wrapper.unmount()
    expect(waiting.report).toBe(1)
  })
})
