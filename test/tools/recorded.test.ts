import { describe, expect, test } from 'vitest'
import { addDays, daysBetween } from '../../shared/progress/day.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { read, refusedBy, replayed, rowAbout, trial } from '../support/recorded.ts'

const NOTHING = {
  given: 0,
  edited: 0,
  left: 0,
  blanked: 0,
  approved: 0,
  restated: { late: 0, corrected: 0, reduced: 0 },
}
const reviewed = { reporting: { ...trial.reporting, reviewLevels: 2 } }
const REVIEWER = { member: 'reviewer', name: 'Reviewer', role: 'office', unit: 'C' }

describe('a recorded source', () => {
  test('C10 a street that was merged owes nothing after its end, and its history stays in the sums (case E10)', async () => {
    const units = trial.units.map((u) => (u.code === 'S3' ? { ...u, endsOn: '2026-11-10', into: 'S2' } : u))
    const reports = [...daysBetween('2026-11-02', '2026-11-24')].flatMap((day) =>
      [
        'S1 20 10',
        day <= '2026-11-10' ? 'S2 20 10' : 'S2 30 15',
        ...(day <= '2026-11-10' ? ['S3 10 5'] : []),
        'S4 14 7',
        'S5 14 7',
      ].map((figures) => `${day}T18:00Z ${day} ${figures}`),
    )
    const { core, counts, differing } = await replayed({ reports, programme: { units } })
    expect(counts()).toMatchObject({ ...NOTHING, given: 101 })
    expect(await differing(['S1 460 230', 'S2 600 300', 'S3 90 45', 'S4 322 161', 'S5 322 161'])).toEqual([])

    await core.dispatch({ id: 'begin-25', kind: 'BeginDay', data: { day: '2026-11-25' } }, SYSTEM)
    await core.dispatch({ id: 'close-25', kind: 'PassDeadline', data: { day: '2026-11-25' } }, SYSTEM)
    expect((await rowAbout(core, 'closed', 'D1')).reports).toEqual({ expected: 57, in: 55, partial: 0, missing: 2 })
    expect((await rowAbout(core, 'sums', 'D1')).total).toMatchObject({ approved: [1_150, 575], missing: [50, 25] })
    expect(await rowAbout(core, 'closed', 'S3')).toMatchObject({
      reports: { expected: 9, in: 9, partial: 0, missing: 0 },
      owed: [],
      owedCount: 0,
    })
    const late = { reports: ['2026-11-26T18:00Z 2026-11-11 S3 10 5'], programme: { units } }
    expect(refusedBy(() => read(late))).toEqual([
      'row 2, day: S3 reported until 2026-11-10. Correct the day, or ends_on in units.csv. (S3 on 2026-11-11, published 2026-11-26T18:00Z)',
    ])
  })

  test('C10 days up to its end are put right after it, too', async () => {
    const units = trial.units.map((u) => (u.code === 'S3' ? { ...u, endsOn: '2026-11-03', into: 'S2' } : u))
    const { more, differing } = await replayed({
      reports: ['2026-11-03T18:00Z 2026-11-03 S3 10 5'],
      programme: { units },
    })
    await more(['2026-11-09T18:00Z 2026-11-03 S3 12 6', '2026-11-09T18:00Z 2026-11-09 S2 1 1'])
    expect(await differing(['S3 12 6', 'S2 1 1'])).toEqual([])
  })

  test('R7 R10 a change is a restatement once the deadline has passed, and not before', async () => {
    // 17:30 is the deadline: in the town it is 16:00, 17:00 and 17:30
    const { counts, core } = await replayed({
      reports: [
        '2026-11-02T16:00+08:00 2026-11-02 S1 100 30',
        '2026-11-02T17:00+08:00 2026-11-02 S1 101 30',
        '2026-11-02T17:30+08:00 2026-11-02 S1 102 30',
      ],
    })
    expect(counts()).toMatchObject({ ...NOTHING, given: 1, edited: 1, restated: { corrected: 1 } })
    const seen = await core.changes(core.actor('office')!, 'history:report/S1/2026-11-02', 0)
    if (!seen.ok) throw new Error('no history')
    const at = seen.value.rows.map((row) => JSON.stringify(row))
    for (const moment of ['08:00', '09:00', '09:30'])
      expect(at.join(), moment).toContain(String(Date.parse(`2026-11-02T${moment}Z`)))
  })

  test('R25 a blank is left out, and what stood stays, which is said', async () => {
    const { core, more, counts, outcome } = await replayed({
      reports: ['2026-11-03T12:00Z 2026-11-02 S1 100 ', '2026-11-03T12:00Z 2026-11-02 S2 90 20'],
    })
    expect((await rowAbout(core, 'closed', 'S1')).reports).toEqual({ expected: 1, in: 0, partial: 1, missing: 0 })
    await more(['2026-11-04T12:00Z 2026-11-02 S1 100 30'])
    expect((await rowAbout(core, 'closed', 'S1')).reports).toMatchObject({ partial: 0 })
    await more(['2026-11-05T12:00Z 2026-11-02 S1  40'])
    expect(counts()).toMatchObject({ blanked: 1 })
    expect((await outcome()).lines).toContain('figures that stand though a later publication leaves them blank: 1')
  })

  test('D14 only the counter that a person has disputed is left alone, and nothing is exact then', async () => {
    const { core, more, outcome } = await replayed({ reports: ['2026-11-02T18:00Z 2026-11-02 S1 100 30'] })
    const values = { issued: 1 }
    const claim = { unit: 'S1', day: '2026-11-02', values, basedOn: 0, type: 'corrected', reason: 'recount' }
    const command = { id: 'person-1', kind: 'SubmitReports', data: { items: [claim] } }
    expect(await core.dispatch(command, core.actor('office')!)).toMatchObject({ ok: true })
    await more(['2026-11-04T18:00Z 2026-11-02 S1 110 40', `2026-11-04T18:00Z ${addDays('2026-11-02', 1)} S1 1 1`])
    const { total } = await rowAbout(core, 'sums', 'S1')
    // what is disputed was approved by nobody but the sender
    expect(total.approved).toEqual([111, 1])
    expect(total.disputed.up[1]).toBe(30)
    const { exact, lines } = await outcome()
    expect(exact).toBe(false)
    expect(lines).toContain('changes left out, because a person had disputed, locked or changed the report: 1')
  })

  test('finding H10 what was confirmed in the sender’s name is counted by its kind', async () => {
    const days = [...daysBetween('2026-11-02', '2026-11-09')]
    const reports = days.map((day) => `${day}T18:00Z ${day} S1 100 100`)
    const { counts, outcome } = await replayed({
      reports: [...reports, '2026-11-10T18:00Z 2026-11-10 S1 900 902', '2026-11-10T18:00Z 2026-11-10 S2 10 10'],
      totals: ['S1 1700 1702', 'S2 10 10'],
    })
    expect(counts().confirmed).toEqual({
      'report.unusual': 2,
      'report.exceeds': 1,
      'report.coverageOver': 2,
      'total.gap': 0,
    })
    expect((await outcome()).lines).toContain(
      "questions confirmed in the importer's name: 5 (2 unusual, 1 above the counter it is within, 2 coverage over 100%)",
    )
  })

  test('R35 coverage over 100% is asked for when it is passed, not for what comes after nor on the way down (finding D19)', async () => {
    const days = [...daysBetween('2026-11-02', '2026-11-13')]
    const reports = days.map((day) => `${day}T18:00Z ${day} S1 100 100`)
    const { counts, more } = await replayed({ reports })
    // D1 has 600 people, the town 1,000
    expect(counts().confirmed['report.coverageOver']).toBe(2)
    await more(days.slice(0, 3).map((day) => `2026-11-14T18:00Z ${day} S1 90 90`))
    expect(counts().confirmed['report.coverageOver']).toBe(2)
    await more(days.map((day) => `2026-11-15T18:00Z ${day} S1 40 40`))
    expect(counts().confirmed['report.coverageOver']).toBe(2)
    await more(['2026-11-16T18:00Z 2026-11-13 S1 200 200'])
    expect(counts().confirmed['report.coverageOver']).toBe(3)
  })

  test('K1 with levels of review nothing is approved unless a reviewer is named, which is said (finding D24)', async () => {
    const reports = ['2026-11-02T18:00Z 2026-11-02 S1 100 30', '2026-11-04T18:00Z 2026-11-02 S1 110 ']
    const recorded = { reports, totals: ['S1 110 30'], programme: reviewed }
    const waiting = await (await replayed(recorded)).outcome()
    expect(waiting.exact).toBe(false)
    expect(waiting.lines.join('\n')).toContain(
      'nothing is approved: the programme has 2 levels of review, and replay.json names no "reviewer"',
    )
    const approved = await replayed({ ...recorded, format: { reviewer: REVIEWER } })
    expect(await approved.outcome()).toMatchObject({ exact: true })
    expect(approved.counts().approved).toBe(3)
    await approved.more(['2026-11-05T18:00Z 2026-11-02 S2 5 ', '2026-11-06T18:00Z 2026-11-02 S2 6 2'])
    expect(await approved.differing(['S1 110 30', 'S2 6 2'])).toEqual([])
  })
})

describe('exact is not said', () => {
  const reports = ['2026-11-02T18:00Z 2026-11-02 S1 100 30']
  const outcome = async (recorded: Partial<Parameters<typeof replayed>[0]>) =>
    (await replayed({ reports, totals: ['S1 100 30'], ...recorded })).outcome()

  test('when nothing was left out, it is', async () => {
    expect(await outcome({})).toEqual({
      exact: true,
      lines: [
        'reports: 1 given in time, 0 changed before they were due, 0 restated (0 late, 0 corrected, 0 reduced)',
        "questions confirmed in the importer's name: 0",
        'compared: 10 totals, 2 figures',
        'exact: yes',
      ],
    })
  })

  test.each([
    ['a total differs', { totals: ['S1 100 31'] }, 'totals that differ from totals.csv: 1'],
    ['a total is blank', { totals: ['S1 100 '] }, 'totals not compared, because totals.csv does not give them: 1'],
    ['there are no totals', { totals: null }, 'totals not compared, because totals.csv does not give them: 10'],
    ['there is no report', { reports: [], totals: [] }, 'there was nothing to compare: the source has no figure'],
    [
      'there are blanks alone',
      { reports: ['2026-11-02T18:00Z 2026-11-02 S1  '], totals: [] },
      'there was nothing to compare: the source has no figure',
    ],
    [
      'a day lies past the end (finding H11)',
      { reports: [...reports, '2026-11-02T18:00Z 2062-11-02 S2 1 1'] },
      "left out, past the programme's end (2027-06-30): 1 row of as-reported.csv (row 3)",
    ],
    [
      'a day had not come (finding H11)',
      { reports: [...reports, '2026-11-02T18:00Z 2026-12-02 S2 1 1'] },
      'left out, of days that had not come when they were published: 1 row of as-reported.csv (row 3)',
    ],
  ])('when %s', async (_, recorded, line) => {
    const { exact, lines } = await outcome(recorded)
    expect(exact).toBe(false)
    expect(lines).toContain(line)
  })

  test('when a person has changed a figure and another one back, so that the totals are the same', async () => {
    const { core, outcome: came } = await replayed({
      reports: [...reports, '2026-11-03T18:00Z 2026-11-03 S1 50 10'],
      totals: ['S1 150 40'],
    })
    expect(await came()).toMatchObject({ exact: true })
    const item = (day: string, accepted: number, type: string) => ({
      ...{ unit: 'S1', day, values: { accepted }, basedOn: 99, type, reason: 'recount' },
    })
    for (const [i, items] of [item('2026-11-02', 101, 'corrected'), item('2026-11-03', 49, 'reduced')].entries())
      expect(
        await core.dispatch(
          { id: `person-${i}`, kind: 'SubmitReports', data: { items: [{ ...items, basedOn: core.clock().seq }] } },
          core.actor('office')!,
        ),
      ).toMatchObject({ ok: true })
    const { exact, lines } = await came()
    expect(exact).toBe(false)
    expect(lines.join('\n')).toContain('figures that are not the last that was published: 2 (S1 accepted on 2026-11-02')
  })

  test('a counter that the source does not have is named', async () => {
    const columns = {
      ...{ publishedAt: 'published_at', day: 'day', unit: 'area' },
      counters: { accepted: 'accepted', issued: null },
    }
    const { lines } = await outcome({ format: { columns, direction: 'accepted' } })
    expect(lines.slice(-3)).toEqual(['not in the source: issued', 'compared: 5 totals, 1 figures', 'exact: yes'])
  })
})
