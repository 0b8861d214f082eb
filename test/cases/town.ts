/** The invented town of the cases: its programme, its people and its days, given as events. */
import { join } from 'node:path'
import type { Programme } from '../../shared/domain/programme.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { Actor } from '../../shared/policy.ts'
import { addDays, type Day } from '../../shared/progress/day.ts'
import { versionOf, type Recorded } from '../../shared/event.ts'
import type { RowByKind, RowKind } from '../../shared/view/rows.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import { AT, began, event, joined, type Past } from '../domain/given.ts'
import { freshFold, rowsIn } from '../support/equation.ts'

export const anna: Actor = { id: 'anna', name: 'Anna', role: 'district', unit: 'D1' }
export const bela: Actor = { id: 'bela', name: 'Bela', role: 'district', unit: 'D1' }
export const cora: Actor = { id: 'cora', name: 'Cora', role: 'district', unit: 'D2' }
export const office: Actor = { id: 'office', name: 'Office', role: 'office', unit: 'C' }

/** Base 1000; D1 with S1 to S3, D2 with S4 and S5. Throws when the folder has faults. */
export function town(change: (programme: Programme) => Programme = (p) => p): Programme {
  const loaded = loadProgramme(join(import.meta.dirname, '../fixtures/trial-programme'))
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  return change(loaded.programme)
}

/** Opened, with its people, and `today` begun. */
export const living = (today: Day, programme = town()): Past[] => [
  event('ProgrammeOpened', { programme, origin: 'real' }),
  ...joined([anna, bela, cora, office]),
  began(today),
]

/** The same values of a street on each of `days` days that end with `last`. */
export const given = (unit: string, last: Day, days: number, values: Values): Past[] =>
  Array.from({ length: days }, (_, i) =>
    event('ReportSubmitted', { unit, day: addDays(last, i - days + 1), values }, office),
  )

/** The row of a kind about a unit on the page of that unit, after all that. */
export function rowOn<K extends RowKind>(kind: K, unit: string, past: readonly Past[]): RowByKind<K> {
  const log = past.map(({ by, ...rest }, i) => {
    const placed = { ...rest, seq: i + 1, at: AT, actor: by?.id ?? 'system', command: `past-${i}`, hash: '' }
    return { ...placed, v: versionOf(placed as Recorded) } as Recorded
  })
  const state = freshFold(log).state()
  const rows = [...rowsOf(kind, rowsIn(state, `unit:${unit}`, log), state.world.setting!.units)]
  const found = rows.find((row) => !('unit' in row) || row.unit === unit)
  if (found === undefined) throw new Error(`no ${kind} of ${unit}`)
  return found
}
