/** The rows of a sheet's scope, of histories and of issues, case by case. */
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { Programme } from '../../shared/domain/programme.ts'
import type { Values } from '../../shared/domain/values.ts'
import { subjectOf } from '../../shared/event.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import type { VersionRow } from '../../shared/view/rows.ts'
import { began, joined } from '../domain/given.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { PEOPLE } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'

const DAY = '2008-01-03'
const lin = { id: 'districtA', name: 'District A' }
const zhou = { id: 'otherA', name: 'Other A' }

let log: WrittenLog
function start(overrides: Partial<Programme> = {}): void {
  log = writtenLog()
  log.add('ProgrammeOpened', { programme: tinyProgramme(overrides), origin: 'real' })
  log.write(...joined(PEOPLE), began('2008-01-02'))
}
const withReview = (reviewLevels: number) => start({ reporting: { ...tinyProgramme().reporting, reviewLevels } })
beforeEach(() => start())

const begin = (day: string) => log.write(began(day))
const report = (unit: string, day: string, values: Values) =>
  log.add('ReportSubmitted', { unit, day, values }, 'districtA')
const msOf = (seq: number) => Date.parse(log.events[seq - 1]!.at)
const reports = (scope: string) => log.rows('report', scope)
const blank = { value: null, approved: null, state: 'blank', version: 0, foreign: 0, by: null, at: 0, level: 0 }

describe('reports', () => {
  test('R25 S16 a line with anything written has its figures, each with its own version and author', () => {
    begin(DAY)
    expect(reports(`sheet:A/${DAY}`)).toEqual([])
    const seq = report('A1', DAY, { issued: 5 })
    const given = {
      value: 5,
      approved: 5,
      state: 'approved',
      version: seq,
      foreign: 0,
      by: lin,
      at: msOf(seq),
      level: 0,
    }
    expect(reports(`sheet:A/${DAY}`)).toEqual([{ kind: 'report', key: 'r3', unit: 'A1', figures: [blank, given] }])
    expect(reports(`sheet:A1/${DAY}`)).toHaveLength(1)
    expect(reports(`sheet:A/2008-01-02`)).toEqual([])
    expect(reports(`sheet:B/${DAY}`)).toEqual([])
    expect(reports(`sheet:C/${DAY}`)).toEqual([])
  })

  test('D13 S16 a dispute shows both values, a return its reason, a withdrawal that it once was', () => {
    withReview(1)
    begin(DAY)
    const first = report('A1', DAY, { issued: 5 })
    const claim = log.add(
      'ReportDisputed',
      { unit: 'A1', day: DAY, values: { issued: 7 }, basis: { issued: 0 } },
      'otherA',
    )
    expect(reports(`sheet:A/${DAY}`)[0]!.figures[1]).toMatchObject({
      value: 5,
      approved: null,
      state: 'disputed',
      version: first,
      claim: { value: 7, by: zhou, at: msOf(claim), version: claim },
    })
    log.add('DisputeSettled', { unit: 'A1', day: DAY, values: { issued: 6 }, reason: 'by phone' }, 'otherA')
    const settled = log.events.length
    log.add('ReportReturned', { unit: 'A1', day: DAY, versions: { issued: settled }, reason: 'which?' }, 'office')
    expect(reports(`sheet:A/${DAY}`)[0]!.figures[1]).toMatchObject({
      value: 6,
      state: 'returned',
      restated: { type: 'corrected', reason: 'by phone' },
      returned: { reason: 'which?', by: { id: 'office', name: 'Office' } },
    })
    log.add('ReportWithdrawn', { unit: 'A1', day: DAY, counters: ['issued'], reason: 'wrong day' }, 'otherA')
    expect(reports(`sheet:A/${DAY}`)[0]!.figures[1]).toMatchObject({ value: null, state: 'blank', by: zhou })
  })
})

describe('what a line is judged by', () => {
  test('R36 S16 sums up to the day and of all days, comparable values, days before, the estimate', () => {
    report('A1', '2008-01-02', { accepted: 10, issued: 7 })
    begin(DAY)
    report('A1', DAY, { accepted: 12 })
    begin('2008-01-04')
    report('A1', '2008-01-04', { accepted: 14, issued: 9 })
    const [line] = log.rows('line', `sheet:A1/${DAY}`)
    expect(line).toEqual({
      kind: 'line',
      key: 'l3',
      unit: 'A1',
      through: [22, 7],
      total: [36, 16],
      usual: [[10], [7]],
      past: [{ day: '2008-01-02', values: [10, 7] }],
      estimate: [null, 7],
    })
    const [next] = log.rows('line', 'sheet:A1/2008-01-04')
    expect(next).toMatchObject({ usual: [[12, 10], [7]], past: [{ day: DAY }, { day: '2008-01-02' }] })
    expect(next!.past[0]!.values).toEqual([12, null])
    expect(log.rows('line', `sheet:A/${DAY}`).map((r) => r.unit)).toEqual(['A1', 'A2', 'A3'])
  })

  test('C9 S16 a sheet of a day long after the end asks the rhythm about no day after it', () => {
    const asked = vi.spyOn(log.projector.state().world.setting!.rhythm, 'expected')
    const lines = log.rows('line', 'sheet:A/9999-12-31')
    expect(lines).not.toEqual([])
    const { endsOn } = log.projector.state().world.setting!.programme
    expect(Math.max(...asked.mock.calls.map(([, day]) => day))).toBeLessThanOrEqual(dayNumber(endsOn))
    expect(asked.mock.calls.length).toBeLessThan(1_000)
  })

  test('R35 S16 the units above with the totals that a base is passed by: the unit itself when it is a sum, and all above it', () => {
    report('A1', '2008-01-02', { accepted: 9, issued: 7 })
    begin(DAY)
    report('B1', DAY, { accepted: 9, issued: 4 })
    // no coverage measures what is accepted
    expect(log.rows('above', 'sheet:A/2008-01-02').map((r) => [r.unit, r.total, r.through])).toEqual([
      ['A', [null, 7], [9, 7]],
      ['C', [null, 11], undefined],
    ])
    expect(log.rows('above', `sheet:A1/${DAY}`).map((r) => r.unit)).toEqual(['A', 'C'])
  })

  test('R35 S16 a unit above without a base has no row, and gets one when a baseline measures by it', () => {
    const [t1] = tinyProgramme().baselines
    const [count, cover] = t1!.targets
    start({ baselines: [{ ...t1!, targets: [count!] }] })
    begin(DAY)
    report('A1', DAY, { accepted: 9 })
    expect(log.rows('above', `sheet:A/${DAY}`)).toMatchObject([{ unit: 'A', total: [null, null], through: [9, 0] }])
    expect(log.rows('above', `sheet:A1/${DAY}`)).toEqual([])
    const baseline = { ...t1!, key: 'T2', inForceFrom: '2008-02-01', targets: [cover!] }
    log.add('BaselineAdded', { baseline, reason: 'decided' }, 'office')
    expect(log.rows('above', `sheet:A/${DAY}`).map((r) => r.unit)).toEqual(['A', 'C'])
  })

  test('S15 a report elsewhere sends only totals of units that it is below', () => {
    begin(DAY)
    const { scopes } = log.projector
    scopes.changes(`sheet:A/${DAY}`, 0)
    const at = report('B1', DAY, { accepted: 9, issued: 4 })
    expect(scopes.changes(`sheet:A/${DAY}`, at - 1).rows).toEqual([['a0', [null, 4]]])
    const next = report('B1', DAY, { accepted: 10 })
    expect(scopes.changes(`sheet:A/${DAY}`, next - 1).rows).toEqual([])
  })

  test('U7 a claim changes no total; a value that waits does', () => {
    withReview(1)
    begin(DAY)
    report('A1', DAY, { issued: 7 })
    log.add('ReportDisputed', { unit: 'A1', day: DAY, values: { issued: 9 }, basis: { issued: 0 } }, 'otherA')
    expect(log.rows('above', `sheet:A/${DAY}`)[0]!.total).toEqual([null, 7])
    expect(log.rows('line', `sheet:A/${DAY}`)[0]!.total).toEqual([0, 7])
  })

  test('R40 a unit that ended before the day has a line only where something is written', () => {
    const units = tinyProgramme().units.map((u) => (u.code === 'A2' ? { ...u, endsOn: '2008-01-02', into: 'A1' } : u))
    start({ units })
    report('A2', '2008-01-02', { issued: 7 })
    begin(DAY)
    expect(log.rows('line', `sheet:A/${DAY}`).map((r) => r.unit)).toEqual(['A1', 'A3'])
    expect(log.rows('line', 'sheet:A/2008-01-02').map((r) => r.unit)).toEqual(['A1', 'A2', 'A3'])
  })
})

describe('offers', () => {
  test('X3 X4 X5 stand in the sheets of both sides, of whatever day, while they are open', () => {
    const given = report('A1', '2008-01-02', { accepted: 7, issued: 7 })
    begin(DAY)
    const to = { unit: 'B1', day: '2008-01-02' }
    const offer = { unit: 'A1', day: '2008-01-02', to, asks: 'to' as const, values: { issued: 7 }, reason: 'theirs' }
    const seen = { there: { issued: null }, versions: { from: { issued: given }, to: { issued: 0 } } }
    const seq = log.add('ReattributionOffered', { offer: 1, ...offer, ...seen }, 'districtA')
    const row = {
      kind: 'offer',
      key: 'o1',
      offer: 1,
      from: { unit: 'A1', day: '2008-01-02', values: [7, 7], versions: [given, given] },
      to: { ...to, values: [null, null], versions: [0, 0] },
      asks: 'to',
      moved: [null, 7],
      changed: false,
      reason: 'theirs',
      by: lin,
      at: msOf(seq),
    }
    // whoever is asked looks at the sheet of today, whatever day the offer is about
    const scopes = ['2008-01-02', DAY].flatMap((day) => ['A', 'A1', 'B', 'B1'].map((unit) => `sheet:${unit}/${day}`))
    for (const scope of scopes) expect(log.rows('offer', scope), scope).toEqual([row])
    for (const scope of ['sheet:A2/2008-01-02', `sheet:A2/${DAY}`, 'sheet:C/2008-01-02'])
      expect(log.rows('offer', scope), scope).toEqual([])
    const declined = { offer: 1, unit: 'A1', day: '2008-01-02', to, reason: 'not ours' }
    log.add('ReattributionDeclined', declined, 'districtB')
    for (const scope of scopes) {
      expect(log.rows('offer', scope)).toEqual([])
      expect(log.projector.scopes.changes(scope, seq).gone).toEqual(['o1'])
    }
  })

  test('X5 they say what stands on both sides, live, wherever it changes', () => {
    report('A1', DAY, { accepted: 7, issued: 7 })
    begin(DAY)
    const to = { unit: 'B1', day: DAY }
    const seen = { there: { issued: null }, versions: { from: { issued: 2 }, to: { issued: 0 } } }
    const offer = { offer: 1, unit: 'A1', day: DAY, to, asks: 'to' as const, values: { issued: 7 }, reason: 'theirs' }
    log.add('ReattributionOffered', { ...offer, ...seen, versions: { ...seen.versions, from: { issued: 1 } } })
    const scopes = [`sheet:A/${DAY}`, `sheet:A1/${DAY}`, `sheet:B/${DAY}`, `sheet:B1/${DAY}`, 'sheet:A/2008-01-02']
    const told = (scope: string) => log.rows('offer', scope).map((r) => [r.from.values, r.to.values, r.changed])
    for (const scope of scopes) expect(told(scope), scope).toHaveLength(1)
    const before = log.events.length
    report('B1', DAY, { accepted: 1, issued: 5 })
    for (const scope of scopes) {
      expect(told(scope), scope).toEqual([[[7, 7], [1, 5], true]])
      expect(log.projector.scopes.changes(scope, before).rows.map(([key]) => key)).toContain('o1')
    }
  })
})

describe('S18 histories', () => {
  const history = async (subject: string): Promise<VersionRow[]> => {
    const scope = `history:${subject}`
    const about = () => log.events.filter((e) => subjectOf(e) === subject)
    await log.projector.scopes.readHistory(scope, () => Promise.resolve(about()))
    return log.rows('version', scope)
  }

  test('of a report: every event in the words of the domain, the same when read and when live', async () => {
    withReview(1)
    begin(DAY)
    const subject = `report/A1/${DAY}`
    const other = { unit: 'B1', day: DAY }
    const cell = { unit: 'A1', day: DAY }
    const live = await history(subject)
    expect(live).toEqual([])
    const given = report('A1', DAY, { accepted: 9, issued: 5 })
    log.add('ReportApproved', { ...cell, versions: { issued: given }, level: 1 }, 'office')
    log.add('ReportRestated', { ...cell, values: { issued: 8 }, type: 'corrected', reason: 'recounted' }, 'districtA')
    log.add('ReportDisputed', { ...cell, values: { issued: 7 }, basis: { issued: given } }, 'otherA')
    const confirmed = { issued: ['report.unusual' as const] }
    log.add('DisputeSettled', { ...cell, values: { issued: 7 }, reason: 'by phone', confirmed }, 'otherA')
    log.add('ReportReturned', { ...cell, versions: { accepted: given }, reason: 'which?' }, 'office')
    log.add('ReattributionOffered', {
      ...cell,
      offer: 1,
      to: other,
      asks: 'to',
      values: { accepted: 9 },
      there: { accepted: null },
      versions: { from: { accepted: given }, to: { accepted: 0 } },
      reason: 'theirs',
    })
    log.add('ReattributionDeclined', { ...cell, offer: 1, to: other, reason: 'not ours' })
    const moved = { side: 'from', values: { accepted: null }, moved: { accepted: 9 }, other, reason: 'theirs' } as const
    log.add('ReportReattributed', { ...cell, ...moved }, 'office')
    log.add('ReportWithdrawn', { ...cell, counters: ['issued'], reason: 'wrong day' }, 'office')
    const HEAD = ['kind', 'key', 'seq', 'at', 'by']
    const told = (await history(subject)).map((row) => ({
      ...Object.fromEntries(Object.entries(row).filter(([name]) => !HEAD.includes(name))),
      changes: row.changes.map((c) => [c.counter, c.before, c.after]),
    }))
    expect(told).toEqual([
      {
        type: 'ReportSubmitted',
        changes: [
          [0, null, 9],
          [1, null, 5],
        ],
      },
      { type: 'ReportApproved', changes: [[1, null, 5]], level: 1 },
      { type: 'ReportRestated', changes: [[1, 5, 8]], restated: 'corrected', reason: 'recounted' },
      { type: 'ReportDisputed', changes: [[1, 8, 7]] },
      { type: 'DisputeSettled', changes: [[1, 8, 7]], restated: 'corrected', reason: 'by phone', confirmed },
      { type: 'ReportReturned', changes: [[0, 9, null]], reason: 'which?' },
      { type: 'ReattributionOffered', changes: [], reason: 'theirs', side: 'from', other, moved: { accepted: 9 } },
      { type: 'ReattributionDeclined', changes: [], reason: 'not ours', side: 'from', other },
      {
        type: 'ReportReattributed',
        changes: [[0, 9, null]],
        restated: 'reattributed',
        reason: 'theirs',
        side: 'from',
        other,
        moved: { accepted: 9 },
      },
      // what was approved goes on counting until the withdrawal is
      { type: 'ReportWithdrawn', changes: [[1, 7, null]], reason: 'wrong day' },
    ])
    const again = writtenLog()
    again.projector.fold(log.events)
    const about = log.events.filter((e) => subjectOf(e) === subject)
    await again.projector.scopes.readHistory(`history:${subject}`, () => Promise.resolve(about))
    expect(again.projector.scopes.head(`history:${subject}`)).toEqual(log.projector.scopes.head(`history:${subject}`))
  })

  test('X3 X4 of both reports of an offer: what would move and where, and how it ended', async () => {
    begin(DAY)
    report('A1', DAY, { accepted: 9, issued: 5 })
    const [giving, taking] = [`report/A1/${DAY}`, `report/B1/${DAY}`]
    const cell = { unit: 'A1', day: DAY }
    const to = { unit: 'B1', day: DAY }
    const seen = { there: { issued: null }, versions: { from: { issued: 1 }, to: { issued: 0 } } }
    const offered = { ...cell, to, asks: 'to' as const, values: { issued: 5 }, ...seen, reason: 'theirs' }
    expect(await history(taking)).toEqual([])
    log.add('ReattributionOffered', { offer: 1, ...offered }, 'districtA')
    log.add('ReattributionDeclined', { offer: 1, ...cell, to, reason: 'not ours' }, 'districtB')
    const seq = log.add('ReattributionOffered', { offer: 2, ...offered }, 'districtA')
    const kinds = ['ReattributionOffered', 'ReattributionDeclined', 'ReattributionOffered']
    const [mine, theirs] = [await history(giving), await history(taking)]
    expect(mine.slice(1).map((r) => [r.type, r.side, r.other])).toEqual(kinds.map((type) => [type, 'from', to]))
    expect(theirs.map((r) => [r.type, r.side, r.other])).toEqual(kinds.map((type) => [type, 'to', cell]))
    expect(theirs[2]).toMatchObject({ seq, by: lin, reason: 'theirs', moved: { issued: 5 }, changes: [] })
    expect(theirs[1]).toMatchObject({ reason: 'not ours' })

    const again = writtenLog()
    again.projector.fold(log.events)
    // the store knows no event about the report that would take
    await again.projector.scopes.readHistory(`history:${taking}`, () => Promise.resolve([]))
    expect(again.projector.scopes.head(`history:${taking}`)).toEqual(log.projector.scopes.head(`history:${taking}`))
  })

  test('of a member and of locking', async () => {
    log.add('MemberEnded', { member: 'otherA', reason: 'moved' }, 'office')
    expect(await history('member/otherA')).toMatchObject([
      { type: 'MemberAdded', member: { name: 'Other A', role: 'district', unit: 'A' }, by: { id: 'system' } },
      { type: 'MemberEnded', reason: 'moved', by: { id: 'office', name: 'Office' } },
    ])
    begin('2008-01-08')
    log.add('PeriodLocked', { through: '2008-01-04' }, 'office')
    log.add('PeriodReopened', { through: null, reason: 'a box' }, 'office')
    expect(await history('period')).toMatchObject([
      { type: 'PeriodLocked', through: '2008-01-04' },
      { type: 'PeriodReopened', through: null, reason: 'a box' },
    ])
  })
})

describe('S16 issues', () => {
  const issue = {
    issue: 1,
    number: 'T〔2008〕1',
    title: 'Who signs?',
    text: 'An employer hands in forty forms.',
    category: 'fee',
    unit: 'A1',
    from: DAY,
    to: null,
    article: null,
    counters: ['issued'],
  }

  test('the list holds lines with what happened last, the issue its text and steps', () => {
    const seq = log.add('IssueLogged', issue, 'otherA')
    expect(log.rows('issueLine', 'issues')).toMatchObject([{ issue: 1, seq, state: 'open', replies: 0, latest: null }])
    log.add('IssueReplied', { issue: 1, text: 'The person signs.' }, 'office')
    begin('2008-01-04')
    const last = log.add('IssueClosed', { issue: 1, reason: 'answered' }, 'districtA')
    const [line] = log.rows('issueLine', 'issues')
    expect(line).toMatchObject({
      state: 'closed',
      closedOn: '2008-01-04',
      day: '2008-01-02',
      by: zhou,
      replies: 1,
      latest: { step: 'closed', by: lin, at: msOf(last), day: '2008-01-04', seq: last },
    })
    expect(JSON.stringify(log.projector.scopes.changes('issues', 0))).not.toMatch(/forty forms|person signs/)
    expect(log.rows('issue', 'issue:1')[0]).toMatchObject({ title: 'Who signs?', text: issue.text, replies: 1 })
    expect(log.rows('step', 'issue:1').map((s) => [s.n, s.step, s.text])).toEqual([
      [1, 'replied', 'The person signs.'],
      [2, 'closed', 'answered'],
    ])
    log.add('IssueReopened', { issue: 1, reason: 'again' }, 'legal')
    expect(log.rows('issueLine', 'issues')[0]).toMatchObject({ state: 'open', closedOn: null })
    expect(log.rows('issue', 'issue:2')).toEqual([])
  })
})
