/** What a log must hold after a replay, by the source alone. */
import type { Values } from '../../../shared/domain/values.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { Publication } from './rows.ts'
import type { Source } from './source.ts'

/** Figures by day and unit: of each the last that was published. */
export type Expected = ReadonlyMap<Day, ReadonlyMap<string, Values>>

/** Totals that are named in a line. */
const SHOWN = 5

export function expectedOf(publications: readonly Publication[]): Expected {
  const days = new Map<Day, Map<string, Values>>()
  for (const { rows } of publications)
    for (const { unit, day, values } of rows) {
      let units = days.get(day)
      if (units === undefined) days.set(day, (units = new Map()))
      units.set(unit, { ...units.get(unit), ...values })
    }
  return days
}

/** Running totals that the log keeps as they were reported, in the same way. */
export const keptIn = (publications: readonly Publication[]): Expected =>
  expectedOf(
    publications.map((publication) => ({
      ...publication,
      rows: publication.rows.map(({ totals = {}, ...row }) => ({ ...row, values: totals })),
    })),
  )

/** Where the totals of a source are not what its own reports add up to, in lines; empty where they agree. */
export function contradictions(
  { publications, totals, files }: Pick<Source, 'publications' | 'totals' | 'files'>,
  { units, programme }: Setting,
): string[] {
  const sums = new Map<string, Values>()
  const addTo = (unit: string, values: Values) => {
    for (const up of units.chain(unit)) {
      const sum = sums.get(up) ?? {}
      for (const key in values) sum[key] = (sum[key] ?? 0) + values[key]!
      sums.set(up, sum)
    }
  }
  for (const [unit, values] of Object.entries(programme.opening ?? {})) addTo(unit, values)
  for (const figures of expectedOf(publications).values()) for (const [unit, values] of figures) addTo(unit, values)
  return [...totals].flatMap(([unit, values]) =>
    Object.entries(values).flatMap(([key, total]) => {
      const sum = sums.get(unit)?.[key] ?? 0
      return sum === total ? [] : [`${files.totals}: ${unit} ${key} is ${total}; its reports add up to ${sum}`]
    }),
  )
}

/** That totals of reporting units are missing, in a line; empty where all are given. */
export function notGiven(
  { totals, files }: Pick<Source, 'totals' | 'files'>,
  { units }: Setting,
  counters: readonly string[],
): string[] {
  const missing = units
    .leaves(units.root)
    .flatMap((unit) => counters.filter((key) => totals.get(unit)?.[key] === undefined).map((key) => `${unit} ${key}`))
  if (missing.length === 0) return []
  const shown = missing.slice(0, SHOWN).join(', ') + (missing.length > SHOWN ? ' …' : '')
  return [`totals that ${files.totals} does not give: ${missing.length.toLocaleString('en-US')} (${shown})`]
}
