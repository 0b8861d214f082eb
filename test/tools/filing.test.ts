import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { indexUnits } from '../../shared/domain/units.ts'
import type { Values } from '../../shared/domain/values.ts'
import { workdays } from '../../shared/progress/calendar.ts'
import { addDays, daysBetween } from '../../shared/progress/day.ts'
import { programmeFolder } from '../../server/programs/find.ts'
import { confirmedCommand, onlyQuestions } from '../../server/tools/simulate/confirm.ts'
import { scaled, sumOf, without } from '../../server/tools/simulate/figures.ts'
import { commandFor, type Look, moving, UNSEEN } from '../../server/tools/simulate/filing.ts'
import { createMishaps } from '../../server/tools/simulate/mishaps.ts'
import { loadSimulation } from '../../server/tools/simulate/simulation.ts'
import type { Filing } from '../../server/tools/simulate/steps.ts'
import { tinyProgramme } from '../support/programme.ts'

const loaded = loadSimulation(programmeFolder('shenzhen-2008'))
if (!loaded.ok) throw new Error('the simulation does not load')
const programme = tinyProgramme()
const units = indexUnits(programme)
const calendar = workdays(programme.calendar)
const day = '2008-03-05'

describe('what somebody means becomes a command', () => {
  const known: Record<string, Values> = { A1: { accepted: 20, issued: 5 }, A2: { accepted: 7 } }
  const look: Look = ({ unit }) =>
    unit === 'A3' ? null : known[unit] === undefined ? UNSEEN : { values: known[unit], basedOn: 12 }

  test('only what changes is sent, on the version that was seen', () => {
    const intents = [
      { unit: 'A1', day, values: { accepted: 20, issued: 6 } },
      { unit: 'A2', day, values: { accepted: 7 } },
      { unit: 'B1', day, values: { accepted: 3 } },
    ]
    expect(commandFor({ kind: 'report', intents }, look)).toEqual({
      kind: 'SubmitReports',
      data: {
        items: [
          { unit: 'A1', day, values: { issued: 6 }, basedOn: 12 },
          { unit: 'B1', day, values: { accepted: 3 }, basedOn: 0 },
        ],
      },
    })
    expect(commandFor({ kind: 'report', intents: [intents[1]!] }, look)).toBe(null)
  })

  test('what is late fills blanks, what is corrected changes figures', () => {
    const values = { accepted: 8, issued: 2 }
    const sent = (type: 'late' | 'corrected') => {
      const command = commandFor({ kind: 'report', intents: [{ unit: 'A2', day, values, type, reason: 'r' }] }, look)
      return command?.kind === 'SubmitReports' && command.data.items[0]!.values
    }
    expect([sent('late'), sent('corrected')]).toEqual([{ issued: 2 }, { accepted: 8 }])
  })

  test('nothing is done where there is nothing, or where the hand is off', () => {
    const cell = (unit: string) => ({ unit, day })
    const move = (from: string, to: string): Filing => ({ kind: 'move', from: cell(from), to: cell(to), reason: 'r' })
    expect(commandFor(move('B1', 'A1'), look)).toBe(null)
    expect(commandFor(move('A1', 'A3'), look)).toBe(null)
    expect(commandFor({ ...move('A2', 'A1'), counters: ['issued'] } as Filing, look)).toBe(null)
    expect(commandFor({ kind: 'withdraw', cells: [cell('A3'), cell('B1')], reason: 'r' }, look)).toBe(null)
    expect(commandFor(move('A2', 'B1'), look)).toMatchObject({
      kind: 'ReattributeReports',
      data: { from: { unit: 'A2', basedOn: 12 }, to: { unit: 'B1', basedOn: 0 } },
    })
  })

  test('questions are confirmed where they were asked, and nothing else is', () => {
    const question = { code: 'report.unusual', level: 'warning', at: 'items.1.values.issued' } as const
    const items = [1, 2].map((n) => ({ unit: `A${n}`, day, values: { issued: n }, basedOn: 0 }))
    const command = { kind: 'SubmitReports', data: { items } } as const
    expect(confirmedCommand(command, [question]).data).toEqual({
      items: [items[0], { ...items[1], confirmed: ['report.unusual'] }],
    })
    const move = { kind: 'AcceptReattribution', data: { offer: 1 } } as const
    expect(confirmedCommand(move, [{ ...question, at: 'offer' }]).data).toEqual({
      offer: 1,
      confirmed: ['report.unusual'],
    })
    expect([onlyQuestions([question]), onlyQuestions([question, { code: 'report.locked' }])]).toEqual([true, false])
  })
})

describe('mishaps', () => {
  /** What stands after the filing. */
  function fold(standing: Map<string, Values>, filing: Filing): void {
    const command = commandFor(filing, ({ unit, day }) => ({
      values: standing.get(`${unit}/${day}`) ?? {},
      basedOn: 0,
    }))
    if (command === null) return
    const at = ({ unit, day }: { unit: string; day: string }) => standing.get(`${unit}/${day}`) ?? {}
    const put = ({ unit, day }: { unit: string; day: string }, values: Values) => standing.set(`${unit}/${day}`, values)
    if (command.kind === 'SubmitReports')
      for (const item of command.data.items) put(item, { ...at(item), ...item.values })
    else if (command.kind === 'WithdrawReports') for (const item of command.data.items) put(item, {})
    else {
      const { from, to } = command.data
      const moved = moving(undefined, at(from))
      put(from, without(at(from), Object.keys(moved)))
      put(to, sumOf(at(to), moved))
    }
  }

  test('whatever goes wrong, in the end every report is what it should have been', () => {
    const odd = fc.integer({ min: 0, max: 12 }).map((n) => n / 100)
    const odds = fc.record({
      late: odd,
      silent: odd,
      short: odd,
      high: odd,
      low: odd,
      partial: odd,
      wrong: odd,
      misfiled: odd,
    })
    const seen = new Set<string>()
    fc.assert(
      fc.property(odds, fc.nat(1_000), (mishaps, seed) => {
        const simulation = {
          ...loaded.simulation,
          ...{
            stages: [
              { counter: 'accepted', perDay: 1 },
              { counter: 'issued', perDay: 1 },
            ],
          },
          ...{ mishaps, disputes: [], offers: [], owed: [], overcounts: [] },
        }
        const world = createMishaps(simulation, calendar, units, seed)
        const standing = new Map<string, Values>()
        const truth = new Map<string, Values>()
        const last = '2008-03-31'
        for (const today of daysBetween('2008-03-01', addDays(last, 14))) {
          if (today <= last) {
            const reports = units
              .leaves('A')
              .map((unit, i) => ({ unit, values: { accepted: 100 + i, issued: 40 + i } }))
            for (const { unit, values } of reports) truth.set(`${unit}/${today}`, values)
            for (const { unit, sent, until } of world.sheet(today, reports))
              if (sent !== null) standing.set(`${unit}/${today}`, until < 1 ? scaled(sent, 0.5) : sent)
          }
          const repairs = world.repairs(today, 'A').sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
          for (const { filing } of repairs) {
            seen.add(filing.kind)
            fold(standing, filing)
          }
        }
        expect(Object.fromEntries(standing)).toEqual(Object.fromEntries(truth))
      }),
      { numRuns: 60 },
    )
    expect([...seen].sort()).toEqual(['move', 'report', 'withdraw'])
  })
})
