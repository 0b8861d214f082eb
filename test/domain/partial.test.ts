/** A submission that takes what is valid (L15): which items it takes, and what it leaves of the others. */
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { COMMANDS } from '../../shared/command.ts'
import type { ReportItem } from '../../shared/domain/input.ts'
import type { Context, RefusedItem } from '../../shared/domain/noun.ts'
import { QUESTIONS, RESTATEMENTS } from '../../shared/domain/values.ts'
import type { World } from '../../shared/domain/world.ts'
import { type Actor, mayCommand } from '../../shared/policy.ts'
import { districtA, item, office, otherA } from '../support/people.ts'
import { AT, given, ready, reported } from './given.ts'

const TODAY = '2008-01-10'
const PAST = '2008-01-09'

function submit(world: World, by: Actor, items: readonly ReportItem[], partial?: true) {
  const context: Context = {
    actor: by,
    at: AT,
    may: (unit?: string) => mayCommand(by, 'SubmitReports', world.setting!.units, unit),
    covers: () => false,
    basisVersion: () => undefined,
  }
  const data = { items: [...items], ...(partial && { partial }) }
  return COMMANDS.SubmitReports.decide(world, COMMANDS.SubmitReports.input.parse(data), context)
}
const outOf = (decided: { refused?: RefusedItem[] }): number[] => (decided.refused ?? []).map((r) => r.item)

/** Usual is about 20: what is far above it is asked about. */
const usual = ready(
  ...['02', '03', '04', '07', '08'].map((d) => reported(districtA, 'A1', `2008-01-${d}`, { accepted: 20, issued: 10 })),
)

const anyItem: fc.Arbitrary<ReportItem> = fc
  .record({
    unit: fc.constantFrom('A1', 'A2', 'A', 'B1', 'Z9'),
    day: fc.constantFrom(TODAY, PAST, '2008-01-08', '2008-01-11', '2007-12-31'),
    values: fc.dictionary(
      fc.constantFrom('accepted', 'issued', 'issued', 'sung'),
      fc.oneof(fc.nat(40), fc.constantFrom(0, 9_000)),
    ),
    basedOn: fc.constantFrom(0, usual.length, usual.length + 5),
    type: fc.constantFrom(undefined, ...RESTATEMENTS),
    reason: fc.constantFrom(undefined, 'because'),
    confirmed: fc.constantFrom(undefined, 'all'),
  })
  .map(({ type, reason, confirmed, ...rest }) => {
    const named = type === undefined || type === 'late' || type === 'corrected' || type === 'reduced' ? type : undefined
    return {
      ...rest,
      ...(named && { type: named }),
      ...(reason && { reason }),
      ...(confirmed && { confirmed: [...QUESTIONS] }),
    }
  })

describe('L15 R8', () => {
  test('exactly those are taken that are valid beside the ones taken before them', () => {
    const world = given(usual)
    fc.assert(
      fc.property(
        fc.array(anyItem, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(districtA, otherA),
        (items, by) => {
          const decided = submit(world, by, items, true)
          if (!decided.ok) return expect(decided).toBe('accepted')
          const taken: ReportItem[] = []
          const out: number[] = []
          for (const [i, each] of items.entries()) {
            if (submit(world, by, [...taken, each]).ok) taken.push(each)
            else out.push(i)
          }
          expect(outOf(decided)).toEqual(out)
          // and what happens is what would have happened without the others
          const alone = taken.length === 0 ? { ok: true as const, value: [] } : submit(world, by, taken)
          expect(alone.ok && alone.value).toEqual(decided.value)
          // each with the reasons that it would have had by itself, at its place
          for (const { item: i, refusals } of decided.refused ?? [])
            for (const { at } of refusals) expect(`${at}.`).toContain(`items.${i}.`)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('what was refused is not in the totals by which the next one is judged', () => {
    const first = item('A2', TODAY, { issued: 9 })
    const unasked = item('A1', TODAY, { accepted: 9_000, issued: 12 })
    const decided = submit(given(usual), districtA, [unasked, { ...unasked, values: { accepted: 21 } }, first], true)
    expect(outOf(decided)).toEqual([0])
    expect(decided.ok && decided.value).toMatchObject([
      { data: { unit: 'A1', values: { accepted: 21 } } },
      { data: { unit: 'A2', values: { issued: 9 } } },
    ])
  })

  test('without `partial` one bad item refuses them all', () => {
    const good = item('A1', TODAY, { accepted: 20 })
    expect(submit(given(usual), districtA, [good, item('B1', TODAY, { accepted: 1 })])).toMatchObject({
      ok: false,
      refusals: [{ code: 'may.outsideUnit', at: 'items.1.unit' }],
    })
    expect(submit(given(usual), office, [good], true)).toMatchObject({ ok: true, value: [{ type: 'ReportSubmitted' }] })
  })

  test('H13 of an item that was left out, 20 reasons are kept', () => {
    const many = Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`c${i}`, 1]))
    const decided = submit(given(usual), districtA, [{ ...item('A1', '2008-01-11', {}), values: many }], true)
    expect(decided.refused?.[0]?.refusals).toHaveLength(20)
  })
})
