import { describe, expect, test } from 'vitest'
import { history, reportAt } from '../../shared/domain/book.ts'
import type { ReportItem } from '../../shared/domain/report.ts'
import type { ReportState } from '../../shared/domain/world.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA, item, otherA, viewer } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import {
  after,
  ask,
  began,
  event,
  events,
  given,
  opened,
  type Past,
  passed,
  ready,
  refusals,
  reported,
} from './given.ts'

const TODAY = '2008-01-10'
const PAST = '2008-01-09'
const whole: Values = { accepted: 10, issued: 8 }
const submit = (past: Past[], by: Actor, ...items: ReportItem[]) => events(past, by, 'SubmitReports', { items })
const said = (past: Past[], by: Actor, ...items: ReportItem[]) =>
  refusals(past, by, 'SubmitReports', { items }).map((r) => `${r.at} ${r.code}`)
const standing = ready(reported(districtA, 'A1', PAST, whole))

describe('values', () => {
  test.each<[string, unknown, string | null]>([
    ['R1', 0, null],
    ['R1', 999_999_999, null],
    ['R2', 1.5, 'report.notInteger'],
    ['R2', '7', 'report.notInteger'],
    ['R2', null, 'report.notInteger'],
    ['R2', NaN, 'report.notInteger'],
    ['R2', Infinity, 'report.notInteger'],
    ['R2', -1, 'report.negative'],
    ['R2', 1e9, 'report.tooLarge'],
  ])('%s accepted = %j: %s', (_rule, accepted, code) => {
    const decided = ask(given(ready()), districtA, 'SubmitReports', {
      items: [{ unit: 'A1', day: TODAY, values: { accepted }, basedOn: 0 }],
    })
    if (code === null) expect(decided.ok).toBe(true)
    else expect(decided).toEqual({ ok: false, refusals: [{ code, at: 'items.0.values.accepted' }] })
  })

  test('R1 zero is an answer, a counter left out is blank', () => {
    expect(submit(ready(), districtA, item('A1', TODAY, { accepted: 0 }))).toEqual([
      { type: 'ReportSubmitted', data: { unit: 'A1', day: TODAY, values: { accepted: 0 } } },
    ])
  })

  test('R5 counters left out stay as they are, and the event carries the whole report', () => {
    const past = ready(reported(districtA, 'A1', TODAY, { accepted: 10 }))
    expect(submit(past, districtA, item('A1', TODAY, { issued: 3 }, { basedOn: past.length }))).toEqual([
      { type: 'ReportSubmitted', data: { unit: 'A1', day: TODAY, values: { accepted: 10, issued: 3 } } },
    ])
  })
})

describe('what is refused together', () => {
  test('R4 a cell that is in the future, not started, empty and twice in the command says all of it', () => {
    const empty = item('B2', '2008-01-11', {})
    const world = { ...given(ready()), lockedThrough: '2008-01-31' }
    const decided = ask(world, { ...districtA, unit: 'C' }, 'SubmitReports', { items: [empty, empty] })
    expect(decided.ok ? [] : decided.refusals.map((r) => `${r.at} ${r.code}`)).toEqual([
      'items.0.day report.future',
      'items.0.day unit.notStarted',
      'items.0.day report.locked',
      'items.0.values report.empty',
      'items.1.day report.future',
      'items.1.day unit.notStarted',
      'items.1.day report.locked',
      'items.1.values report.empty',
      'items.1 input.duplicate',
    ])
  })

  test('R8 refusals and warnings of all items come together, and nothing of the command happens', () => {
    expect(
      said(
        standing,
        districtA,
        item('Z9', TODAY, whole),
        item('B1', TODAY, whole),
        item('A1', PAST, { issued: 7 }),
        item('A2', TODAY, { accepted: 1, issued: 2 }),
        item('A3', TODAY, whole),
      ),
    ).toEqual([
      'items.0.unit unit.unknown',
      'items.1.unit may.outsideUnit',
      'items.2.type report.typeRequired',
      'items.2.reason report.reasonRequired',
      'items.3.values.issued report.exceeds',
    ])
  })

  test('R8 shape comes first: what cannot be read is not judged further', () => {
    const decided = ask(given(ready()), viewer, 'SubmitReports', {
      items: [{ unit: 'Z9', day: '2008-02-30', values: {}, basedOn: 0 }],
    })
    expect(decided).toEqual({ ok: false, refusals: [{ code: 'day.invalid', at: 'items.0.day' }] })
  })

  test('R8 each item is judged against the reports before the command', () => {
    const items = [item('A1', TODAY, { accepted: 5, issued: 5 }), item('A1', PAST, { issued: 1 }, { reason: 'box' })]
    expect(said(ready(), districtA, ...items)).toEqual(['items.1.values.issued report.exceeds'])
  })
})

describe('an open day', () => {
  test('R6 what changes nothing causes no event, whoever sends it and whatever it is based on', () => {
    expect(submit(standing, otherA, item('A1', PAST, { issued: 8 }, { basedOn: 3 }))).toEqual([])
    expect(submit(standing, otherA, item('A1', PAST, whole), item('A2', TODAY, whole))).toHaveLength(1)
  })

  test('R7 before the first deadline, and until its own, a change is a plain submit', () => {
    const first = [...opened(), began('2008-01-02')]
    const values = { accepted: 4, issued: 4 }
    expect(submit(first, districtA, item('A1', '2008-01-02', values))[0]!.type).toBe('ReportSubmitted')
    const changed = [...first, reported(districtA, 'A1', '2008-01-02', whole)]
    expect(submit(changed, districtA, item('A1', '2008-01-02', values))[0]!.type).toBe('ReportSubmitted')
  })

  test('R7 with days of grace a day stays open that much longer', () => {
    const { reporting } = tinyProgramme()
    const past = [...opened({ reporting: { ...reporting, graceDays: 2 } }), began(TODAY)]
    const types = ['2008-01-07', '2008-01-08'].map(
      (day) => submit(past, districtA, item('A1', day, whole, { reason: 'late' }))[0]!.type,
    )
    expect(types).toEqual(['ReportRestated', 'ReportSubmitted'])
  })

  test('R9 it counts as approved at once without levels of review, and waits with them', () => {
    const { reporting } = tinyProgramme()
    const reviewed = [...opened({ reporting: { ...reporting, reviewLevels: 1 } }), began(TODAY)]
    const state = (past: Past[]) =>
      reportAt(given(after(past, districtA, 'SubmitReports', { items: [item('A1', TODAY, whole)] })).book, 'A1', TODAY)
    expect(state(ready())).toMatchObject({ state: 'approved', version: ready().length + 1, by: 'districtA' })
    expect(state(reviewed)).toMatchObject({ state: 'submitted' })
  })
})

describe('a closed day', () => {
  test('R10 R11 without a report it is late by itself, and wants a reason', () => {
    expect(submit(ready(), districtA, item('A1', PAST, whole, { reason: 'power cut' }))).toEqual([
      { type: 'ReportRestated', data: { unit: 'A1', day: PAST, values: whole, type: 'late', reason: 'power cut' } },
    ])
  })

  test('R10 today closes with its own deadline', () => {
    const past = ready(passed(TODAY))
    expect(said(past, districtA, item('A1', TODAY, whole))).toEqual(['items.0.reason report.reasonRequired'])
  })

  test.each(['corrected', 'reduced', 'reattributed'] as const)('R11 a standing report can be %s', (type) => {
    const based = { basedOn: standing.length, type, reason: 'counted twice' }
    expect(submit(standing, districtA, item('A1', PAST, { issued: 7 }, based))).toEqual([
      {
        type: 'ReportRestated',
        data: { unit: 'A1', day: PAST, values: { accepted: 10, issued: 7 }, type, reason: 'counted twice' },
      },
    ])
    expect(said(ready(), districtA, item('A1', PAST, whole, { type, reason: 'x' }))).toEqual([
      'items.0.type report.typeWrong',
    ])
  })

  test('R12 the report keeps the type and reason of its last restatement', () => {
    const more = { type: 'corrected', reason: 'counted twice' } as const
    const once = after(standing, districtA, 'SubmitReports', { items: [item('A1', PAST, { issued: 7 }, more)] })
    const twice = after(once, districtA, 'SubmitReports', {
      items: [item('A1', PAST, { issued: 6 }, { type: 'reduced', reason: 'void cards' })],
    })
    const stands = (past: Past[]) => reportAt(given(past).book, 'A1', PAST)
    expect(stands(once)).toMatchObject({ values: { accepted: 10, issued: 7 }, restated: more })
    expect(stands(twice)).toMatchObject({ restated: { type: 'reduced', reason: 'void cards' } })
    expect(given(twice).book.totals.get('A1')).toEqual({ accepted: 10, issued: 6 })
  })
})

describe('warnings', () => {
  /** working days of `values`, oldest first, the last one on the working day before 2008-01-24 */
  const days = ['2008-01-16', '2008-01-17', '2008-01-18', '2008-01-21', '2008-01-22', '2008-01-23']
  const lived = (...values: number[]): Past[] => [
    ...opened(),
    ...days
      .slice(-values.length)
      .flatMap((day, i) => [began(day), reported(districtA, 'A1', day, { accepted: values[i]! })]),
    began('2008-01-24'),
  ]
  const warned = (past: Past[], more: Partial<ReportItem> & { values: Values }) =>
    said(past, districtA, item('A1', '2008-01-24', more.values, more))

  test('R20 a warning is passed by naming its code, which the event records', () => {
    const values = { accepted: 1, issued: 2 }
    expect(said(ready(), districtA, item('A1', TODAY, values, { confirmed: ['report.unusual'] }))).toEqual([
      'items.0.values.issued report.exceeds',
    ])
    expect(submit(ready(), districtA, item('A1', TODAY, values, { confirmed: ['report.exceeds'] }))).toEqual([
      { type: 'ReportSubmitted', data: { unit: 'A1', day: TODAY, values, confirmed: ['report.exceeds'] } },
    ])
  })

  test('R20 a counter that does not change is not asked about again', () => {
    const past = ready(reported(districtA, 'A1', TODAY, { accepted: 1, issued: 2 }))
    expect(said(past, districtA, item('A1', TODAY, { accepted: 2, issued: 2 }))).toEqual([])
  })

  test('R21 fewer than five days are no history', () => {
    expect(warned(lived(100, 100, 100, 100), { values: { accepted: 9_000 } })).toEqual([])
    expect(warned(lived(100, 100, 100, 100, 100), { values: { accepted: 9_000 } })).toHaveLength(1)
  })

  test('R21 the ends of the range are still usual', () => {
    const past = lived(100, 100, 100, 100, 100)
    expect(warned(past, { values: { accepted: 160 } })).toEqual([])
    expect(warned(past, { values: { accepted: 161 } })).toEqual(['items.0.values.accepted report.unusual'])
  })

  test('R21 low is asked about only once the day is closed', () => {
    const past = lived(100, 100, 100, 100, 100)
    expect(warned(past, { values: { accepted: 39 } })).toEqual([])
    const closed = [...past, passed('2008-01-24')]
    expect(warned(closed, { values: { accepted: 39 }, reason: 'x' })).toEqual([
      'items.0.values.accepted report.unusual',
    ])
    expect(warned(closed, { values: { accepted: 40 }, reason: 'x' })).toEqual([])
  })

  test('R24 days off are compared with days off', () => {
    const past = [...lived(100, 100, 100, 100, 100), began('2008-01-26')]
    expect(said(past, districtA, item('A1', '2008-01-26', { accepted: 9_000 }))).toEqual([])
  })

  test('R24 the latest fifteen comparable days of the last ninety count, without disputed ones and blanks', () => {
    const world = given(opened())
    const cells = new Map(
      Array.from({ length: 130 }, (_, i) => {
        const day = new Date(Date.UTC(2008, 0, 2 + i)).toISOString().slice(0, 10)
        return [day, { values: { accepted: i }, state: 'approved' as ReportState, version: 1, by: 'x', at: '' }]
      }),
    )
    world.book.reports.set('A1', cells)
    const { calendar } = world.setting!
    const past = (day: string) => history(world.book, calendar, 'A1', 'accepted', day)
    expect(past('2008-05-08')).toHaveLength(15)
    // 2008-05-07 is a Wednesday, day 126
    expect(past('2008-05-08').slice(0, 4)).toEqual([126, 125, 124, 121])
    cells.set('2008-05-07', { ...cells.get('2008-05-07')!, state: 'disputed' })
    cells.set('2008-05-06', { ...cells.get('2008-05-06')!, values: { accepted: 1 } })
    expect(past('2008-05-08').slice(0, 3)).toEqual([1, 124, 121])
    // on the eve of a long silence nothing is left within ninety days
    expect(past('2008-09-01')).toEqual([])
  })

  test('R22 a total so far is compared, with what the cell would say', () => {
    const past = ready(reported(districtA, 'A1', '2008-01-08', { accepted: 5, issued: 5 }))
    expect(said(past, districtA, item('A1', TODAY, { accepted: 2, issued: 2 }))).toEqual([])
    expect(said(past, districtA, item('A1', TODAY, { accepted: 2, issued: 3 }))).toEqual([
      'items.0.values.issued report.exceeds',
    ])
  })

  test('R22 lowering the other side asks too, at what was lowered', () => {
    const past = ready(reported(districtA, 'A1', TODAY, { accepted: 5, issued: 5 }))
    expect(said(past, districtA, item('A1', TODAY, { accepted: 4 }))).toEqual([
      'items.0.values.accepted report.exceeds',
    ])
  })

  test('R20 the event records what was asked and stood by, not what was ticked in advance', () => {
    const values = { accepted: 2, issued: 3 }
    const confirmed: ReportItem['confirmed'] = ['report.unusual', 'report.exceeds', 'report.coverageOver']
    expect(submit(ready(), districtA, item('A1', TODAY, values, { confirmed }))).toEqual([
      { type: 'ReportSubmitted', data: { unit: 'A1', day: TODAY, values, confirmed: ['report.exceeds'] } },
    ])
    const quiet = { accepted: 3, issued: 3 }
    expect(submit(ready(), districtA, item('A1', TODAY, quiet, { confirmed }))).toEqual([
      { type: 'ReportSubmitted', data: { unit: 'A1', day: TODAY, values: quiet } },
    ])
  })

  test('R8 totals run on through the items of a command', () => {
    const two = [
      item('A2', TODAY, { accepted: 9_000, issued: 2_000 }),
      item('A2', '2008-01-08', { accepted: 9_000, issued: 1_001 }),
    ]
    const late = { type: 'late', reason: 'found' } as const
    const answer = refusals(ready(), districtA, 'SubmitReports', { items: [two[0]!, { ...two[1]!, ...late }] })
    expect(answer.map((r) => `${r.at} ${r.code}`)).toEqual(['items.1.values.issued report.coverageOver'])
  })

  test('R23 coverage over the base is asked about for the counter that some coverage is measured by', () => {
    const many = { accepted: 9_000, issued: 3_000 }
    expect(said(ready(), districtA, item('A2', TODAY, many))).toEqual([])
    expect(said(ready(), districtA, item('A2', TODAY, { ...many, issued: 3_001 }))).toEqual([
      'items.0.values.issued report.coverageOver',
    ])
  })

  test('R20 warnings of a counter come together', () => {
    const past = lived(100, 100, 100, 100, 100)
    const known = [
      ...past,
      event('ReportSubmitted', { unit: 'A1', day: '2008-01-15', values: { issued: 1 } }, districtA),
    ]
    expect(warned(known, { values: { accepted: 200, issued: 6_001 } })).toEqual([
      'items.0.values.accepted report.unusual',
      'items.0.values.issued report.coverageOver',
      'items.0.values.issued report.exceeds',
    ])
  })
})
