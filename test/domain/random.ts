/** Random commands about reports, decided one after another: histories that the domain itself allows. */
import * as fc from 'fast-check'
import type { CommandKind } from '../../shared/command.ts'
import { QUESTIONS, RESTATEMENTS } from '../../shared/domain/values.ts'
import type { World } from '../../shared/domain/world.ts'
import type { DomainEvent } from '../../shared/event.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA, districtB, office, otherA } from '../support/people.ts'
import { ask, fold } from './given.ts'

export const UNITS = ['A1', 'A2', 'B1']
export const DAYS = ['2008-01-07', '2008-01-08', '2008-01-10']
export const COUNTERS = ['accepted', 'issued']

/** A command that may or may not be accepted; `behind` of its bases lie that many events back. */
export interface Attempt {
  by: Actor
  kind: CommandKind
  data(world: World): unknown
}

const unit = fc.constantFrom(...UNITS)
const day = fc.constantFrom(...DAYS)
const by = fc.constantFrom(districtA, otherA, districtB, office)
const count = fc.oneof(fc.constantFrom(0, 1, 10, 25_000), fc.nat(200))
const values = fc.dictionary(fc.constantFrom(...COUNTERS), count, { minKeys: 1 })
/** mostly what stands */
const behind = fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(12) })
const basis = (world: World, back: number) => Math.max(0, world.seq - back)
const counters = fc.option(fc.uniqueArray(fc.constantFrom(...COUNTERS), { minLength: 1 }), { nil: undefined })
const confirmed = fc.constantFrom([...QUESTIONS], [])

/** The versions of what stands, as a reviewer would name them. */
const versionsOf = (world: World, unit: string, day: string, named: readonly string[]) => {
  const n = Date.parse(day) / 86_400_000
  return Object.fromEntries(
    named.flatMap((key) => {
      const { version } = world.cells.figure(unit, n, world.setting!.counters.get(key)!)
      return version === 0 ? [] : [[key, version]]
    }),
  )
}

const submit = fc.record({ unit, day, values, behind, confirmed, type: fc.constantFrom(undefined, ...RESTATEMENTS) })
const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ by, x: submit }).map(({ by, x: { behind, ...item } }) => ({
      by,
      kind: 'SubmitReports' as const,
      data: (world: World) => ({ items: [{ ...item, basedOn: basis(world, behind), reason: 'because' }] }),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ by, unit, day, values, confirmed }).map(({ by, ...x }) => ({
      by,
      kind: 'SettleDispute' as const,
      data: (world: World) => ({ ...x, basedOn: world.seq, reason: 'because' }),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ by, unit, day, counters, behind }).map(({ by, behind, ...x }) => ({
      by,
      kind: 'WithdrawReports' as const,
      data: (world: World) => ({ items: [{ ...x, basedOn: basis(world, behind) }], reason: 'because' }),
    })),
  },
  {
    weight: 2,
    arbitrary: fc
      .record({ by, unit, day, named: fc.subarray(COUNTERS, { minLength: 1 }), back: fc.boolean() })
      .map((x) => ({
        by: x.by,
        kind: x.back ? ('ReturnReports' as const) : ('ApproveReports' as const),
        data: (world: World) => ({
          items: [{ unit: x.unit, day: x.day, versions: versionsOf(world, x.unit, x.day, x.named) }],
          ...(x.back ? { reason: 'because' } : {}),
        }),
      })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ by, from: unit, to: unit, day, other: day, counters, confirmed }).map((x) => ({
      by: x.by,
      kind: 'ReattributeReports' as const,
      data: ({ seq }: World) => ({
        from: { unit: x.from, day: x.day, basedOn: seq },
        to: { unit: x.to, day: x.other, basedOn: seq },
        ...(x.counters && { counters: x.counters }),
        reason: 'because',
        confirmed: x.confirmed,
      }),
    })),
  },
  {
    weight: 2,
    arbitrary: fc.record({ by, confirmed, agrees: fc.boolean() }).map(({ by, confirmed, agrees }) => ({
      by,
      kind: agrees ? ('AcceptReattribution' as const) : ('DeclineReattribution' as const),
      data: ({ offers }: World) => ({
        offer: Math.max(1, offers.size),
        ...(agrees ? { confirmed } : { reason: 'because' }),
      }),
    })),
  },
)

export const attempts = (most: number): fc.Arbitrary<Attempt[]> => fc.array(attempt, { maxLength: most })

/** Decides and folds one after another; the events of those that were accepted, each with who caused it. */
export function play(world: World, tries: readonly Attempt[]): (DomainEvent & { by: Actor })[] {
  const happened: (DomainEvent & { by: Actor })[] = []
  for (const { by, kind, data } of tries) {
    const decided = ask(world, by, kind, data(world))
    if (!decided.ok) continue
    const events = decided.value.map((e) => ({ ...e, by }))
    fold(world, events)
    happened.push(...events)
  }
  return happened
}
