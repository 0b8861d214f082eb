/** The sheet and the server judge with the same rules: what one lets through, the other accepts. */
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { hasValue } from '../../../shared/domain/figures.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { SYSTEM } from '../../../server/core/core.ts'
import { cellKey, emptyGrid, put } from '../../../client/features/sheet/cells.ts'
import { checkLines, type CheckInput, noVerdict } from '../../../client/features/sheet/check.ts'
import { figureIn, linesOf } from '../../../client/features/sheet/rows.ts'
import { commandsOf, mapRefusals, type SheetCommand, type TypedRow } from '../../../client/features/sheet/submit.ts'
import { type Bench, districtA, item, newId, office, otherA, startBench } from '../../support/core.ts'
import { tinyProgramme } from '../../support/programme.ts'

const LINES = ['A1', 'A2', 'A3']
const COUNTERS = ['accepted', 'issued']
const programme = tinyProgramme()
// small bases, so that coverage above the whole comes up at streets and at the district
const bases = programme.bases.map((b) => ({ ...b, value: b.unit === 'A' ? 2_300 : b.unit === 'A1' ? 1_250 : b.value }))

let bench: Bench
beforeEach(async () => {
  bench = await startBench({ day: '2008-02-01', programme: { ...programme, bases } })
  for (let n = 4; n <= 15; n++) {
    const day = `2008-02-${String(n).padStart(2, '0')}`
    await bench.must(SYSTEM, 'BeginDay', { day })
    if (![9, 10].includes(n))
      await bench.must(otherA, 'SubmitReports', {
        items: ['A1', 'A2'].map((unit) => item(unit, day, { accepted: 100, issued: 95 })),
      })
  }
  await bench.must(SYSTEM, 'BeginDay', { day: '2008-02-18' })
})
afterEach(() => bench.close())

async function held(day: Day): Promise<CheckInput> {
  const scope = `sheet:A/${day}`
  const setting = bench.core.setting()!
  const by = <R extends { unit: string }>(rows: R[]) => {
    const map = new Map(rows.map((r) => [r.unit, r]))
    return (unit: string) => map.get(unit)
  }
  const [clock] = await bench.rows('clock', scope)
  return {
    ...{ setting, clock: clock!, me: districtA, day, waiting: new Map() },
    report: by(await bench.rows('report', scope)),
    line: by(await bench.rows('line', scope)),
    above: by(await bench.rows('above', scope)),
  }
}

function judge(checkInput: CheckInput, texts: Record<string, string>): TypedRow[] {
  const figure = (key: string) => {
    const [unit, counter] = key.split('/') as [string, string]
    return figureIn(checkInput.report(unit), COUNTERS.indexOf(counter))
  }
  const sets = Object.entries(texts).map(([key, text]) => ({ key, text }))
  const { edits } = put(emptyGrid, sets, figure)
  const cells = checkLines(checkInput, LINES, edits, new Set(), noVerdict)
  return LINES.map((unit) => {
    const given = COUNTERS.filter((c) => hasValue(figure(cellKey(unit, c))))
    return { unit, cells: cells.get(unit)!, given: new Set(given) }
  }).filter((row) => row.cells.size > 0)
}

/** As it would go out with nothing confirmed. */
function bare(rows: readonly TypedRow[], checkInput: CheckInput): SheetCommand[] {
  const { day, clock } = checkInput
  const restating = clock.due !== null && day <= clock.due
  const commands = commandsOf(rows, day, restating, () => ({ type: 'corrected', reason: 'test' }))
  for (const command of commands)
    if (command.kind === 'SubmitReports') for (const i of command.data.items) delete i.confirmed
  return commands
}

const said = (refusals: readonly Refusal[]) => [...new Set(refusals.map((r) => r.code))].sort()

test('every refusal and warning of the server stands in the sheet beforehand, and no other', () => agree(120))

test('also with review, where withdrawals wait, and with a limit that is reported by the week', async () => {
  await bench.close()
  const counters = programme.counters.map((c) => ({
    ...c,
    expected: c.key === 'accepted' ? ('weekly' as const) : null,
  }))
  const reporting = { ...programme.reporting, reviewLevels: 1 }
  bench = await startBench({ day: '2008-02-18', programme: { ...programme, bases, counters, reporting } })
  const late = { type: 'late' as const, reason: 'test' }
  const given = await bench.must(otherA, 'SubmitReports', {
    items: ['04', '05', '13', '14'].flatMap((d) =>
      LINES.map((unit) => item(unit, `2008-02-${d}`, { issued: 90 }, late)),
    ),
  })
  const seq = await bench.must(otherA, 'SubmitReports', {
    items: LINES.map((unit) => item(unit, '2008-02-15', { accepted: 200, issued: 20 }, late)),
  })
  const row = async (unit: string) => (await held('2008-02-14')).report(unit)!.figures[1]!.version
  const items = await Promise.all(
    LINES.map(async (unit) => ({ unit, day: '2008-02-14', versions: { issued: await row(unit) } })),
  )
  await bench.must(office, 'ApproveReports', { items })
  const back = (unit: string) => ({ unit, day: '2008-02-14', counters: ['issued'], basedOn: given })
  await bench.must(otherA, 'WithdrawReports', { items: [back('A1')], reason: 'test' })
  await bench.must(otherA, 'ReattributeReports', {
    from: { unit: 'A2', day: '2008-02-14', basedOn: given },
    to: { unit: 'A2', day: '2008-02-13', basedOn: seq },
    counters: ['issued'],
    reason: 'test',
  })
  await agree(120)
})

async function agree(numRuns: number): Promise<void> {
  const text = fc.oneof(
    fc.integer({ min: 0, max: 260 }).map(String),
    fc.constantFrom('1,000', '１２', '0', '', '999999999', '6000'),
  )
  const day = fc.constantFrom('2008-02-18', '2008-02-14', '2008-02-19', '2007-12-31')
  const cells = fc.uniqueArray(
    fc.record({ unit: fc.constantFrom(...LINES), counter: fc.constantFrom(...COUNTERS), text }),
    { selector: (c) => cellKey(c.unit, c.counter), minLength: 1, maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(day, cells, async (on, list) => {
      const checkInput = await held(on)
      const rows = judge(checkInput, Object.fromEntries(list.map((c) => [cellKey(c.unit, c.counter), c.text])))
      for (const command of bare(rows, checkInput)) {
        const answer = await bench.core.dispatch({ id: newId(), kind: command.kind, data: command.data }, districtA)
        const mapped = mapRefusals(command, answer.ok ? [] : answer.refusals)
        expect(mapped.sheet).toEqual([])
        const carried = new Set(command.data.items.map((i) => i.unit))
        for (const row of rows.filter((r) => carried.has(r.unit))) {
          const place = [...row.cells.values()].flatMap((c) => c.refusals)
          expect(said(mapped.rows.get(row.unit) ?? [])).toEqual(said(place))
          for (const [counter, cell] of row.cells)
            if (place.length === 0 && !cell.withdrawal)
              expect(said(mapped.cells.get(cellKey(row.unit, counter)) ?? [])).toEqual(
                command.kind === 'SubmitReports' ? said(cell.warnings) : [],
              )
        }
      }
    }),
    { numRuns },
  )
}

test('a confirmed sheet goes through, and what it says is then what stands', async () => {
  const day = '2008-02-18'
  const rows = judge(await held(day), { 'A1/accepted': '400', 'A1/issued': '90', 'A2/issued': '0' })
  const [command] = commandsOf(rows, day, false, () => undefined)
  expect((command!.data.items[0] as { confirmed?: string[] }).confirmed).toEqual(['report.unusual'])
  await bench.must(districtA, command!.kind, command!.data as never)
  const { report } = await held(day)
  expect(['A1', 'A2'].map((unit) => report(unit)?.figures.map((f) => f.value))).toEqual([
    [400, 90],
    [null, 0],
  ])
  expect(report('A1')?.figures.map((f) => f.confirmed)).toEqual([['report.unusual'], undefined])
})

test('case E14: two people who fill different counters do not cross', async () => {
  const day = '2008-02-18'
  const before = await held(day)
  const rows = judge(before, { 'A1/issued': '25' })
  await bench.must(otherA, 'SubmitReports', { items: [item('A1', day, { accepted: 40 })] })
  const now = await held(day)
  const { edits } = put(emptyGrid, [{ key: 'A1/issued', text: '25' }], () => figureIn(undefined, 0))
  expect(checkLines(now, LINES, edits, new Set(), noVerdict).get('A1')!.get('issued')!.crossed).toBeNull()
  await bench.must(districtA, 'SubmitReports', commandsOf(rows, day, false, () => undefined)[0]!.data as never)
  const row = (await held(day)).report('A1')!
  expect(row.figures.map((f) => [f.value, f.state, f.by?.id])).toEqual([
    [40, 'approved', 'otherA'],
    [25, 'approved', 'districtA'],
  ])
})

test('a contested counter is one counter with two values; the one beside it goes through', async () => {
  const day = '2008-02-18'
  const rows = judge(await held(day), { 'A1/accepted': '100', 'A1/issued': '90' })
  await bench.must(otherA, 'SubmitReports', { items: [item('A1', day, { accepted: 98 })] })
  await bench.must(districtA, 'SubmitReports', commandsOf(rows, day, false, () => undefined)[0]!.data as never)
  const row = (await held(day)).report('A1')!
  expect(row.figures.map((f) => [f.state, f.value, f.claim?.value])).toEqual([
    ['disputed', 98, 100],
    ['approved', 90, undefined],
  ])
})

test('case E8: a figure given by mistake is taken back with a reason, and is missing again', async () => {
  const day = '2008-02-14'
  const checkInput = await held(day)
  const rows = judge(checkInput, { 'A1/accepted': '', 'A1/issued': '' })
  const [command] = bare(rows, checkInput)
  expect(command).toMatchObject({ kind: 'WithdrawReports', data: { reason: 'test' } })
  await bench.must(districtA, 'WithdrawReports', command!.data as never)
  const { report, line } = await held(day)
  expect(report('A1')?.figures.map((f) => [f.value, f.state])).toEqual([
    [null, 'blank'],
    [null, 'blank'],
  ])
  expect(line('A1')!.estimate.every((n) => n !== null)).toBe(true)
  const [version] = (await bench.rows('version', `history:report/A1/${day}`)).sort((a, b) => b.seq - a.seq)
  expect([version!.type, version!.reason]).toEqual(['ReportWithdrawn', 'test'])
})

test('finding H5: the sheet of a past day has the totals of that day', async () => {
  const [past, today] = [await held('2008-02-06'), await held('2008-02-18')]
  expect([past.line('A1')!.through, past.above('A')!.through]).toEqual([
    [300, 285],
    [600, 570],
  ])
  expect(today.line('A1')!.through).toEqual(today.line('A1')!.total)
  expect(linesOf(today.setting.units, 'A').map((unit) => today.line(unit) !== undefined)).toEqual([true, true, true])
})
