/** Figures as they stand, report by report: for files that are taken along, and for what a file would change. */
import { BLANK, type Figure } from '../../shared/domain/cells.ts'
import { hasValue } from '../../shared/domain/figures.ts'
import { totalScene, totalsOf } from '../../shared/domain/runningTotals.ts'
import type { CellName } from '../../shared/domain/values.ts'
import { dueThrough, type World } from '../../shared/domain/world.ts'
import { ok, refuse, type Result } from '../../shared/errors.ts'
import { type Actor, mayWatch } from '../../shared/policy.ts'
import { type Day, dayNumber, dayOf } from '../../shared/progress/day.ts'
import type { FigureTable } from '../../shared/protocol/files.ts'
import { standAlone } from '../live/alone.ts'
import type { State } from '../live/state.ts'
import type { Store } from '../store/store.ts'

/** A figure as who would change it has to know it. */
export interface StandingFigure extends Pick<Figure, 'value' | 'state' | 'version'> {
  /** it has a value, even if only an approved one */
  given: boolean
  /** the running total that is stored for it; null = none */
  total: number | null
  /** what is counted up to the day, where no total is stored before it; null = one is */
  counted: number | null
}

/** A figure as it was. */
export type StoodFigure = Pick<StandingFigure, 'value' | 'total'>

export interface Standing {
  seq: number
  /** last day of which changes are restatements; null = none */
  due: Day | null
  /** by report, then by counter in the programme's order */
  figures: StandingFigure[][]
}

export interface Figures {
  /** figures of reports by reporting unit and day; of those that are none, blanks. For whoever the decision lets write them */
  standing(reports: readonly CellName[]): Standing
  /** the same reports as they were at line `seq` of the log, each; a report of which nothing was there is blank */
  stood(reports: readonly (CellName & { seq: number })[]): Promise<StoodFigure[][]>
  /** what the sheets of a unit's days say. `scope.unknown`, `may.not`, `input.tooMany` */
  figures(actor: Actor, unit: string, from: Day, to: Day): Result<FigureTable>
}

/** Reports of one table. */
const MOST = 20_000

export function createFigures({ world }: State, store: Pick<Store, 'bySubject'>, now: () => Date): Figures {
  const totalOn = (unit: string, day: Day, counter: number, of: World = world): number | null => {
    const { key } = world.setting!.programme.counters[counter]!
    return totalsOf(of, unit, key).find((stored) => stored.day === dayNumber(day))?.total ?? null
  }
  const countedBefore = (unit: string, day: Day, counter: number): number | null => {
    const scene = totalScene(world, world.setting!)
    const n = dayNumber(day)
    const { key } = world.setting!.programme.counters[counter]!
    return scene.totals(unit, key).some((stored) => stored.day < n) ? null : scene.counted(unit, n, counter)
  }
  return {
    standing(reports) {
      const { setting, cells, seq } = world
      const counters = setting?.programme.counters.map((_, counter) => counter) ?? []
      const isReport = (unit: string) => setting?.units.get(unit) !== undefined && setting.units.isLeaf(unit)
      const figures = reports.map(({ unit, day }) =>
        counters.map((counter): StandingFigure => {
          const figure = isReport(unit) ? cells.figure(unit, dayNumber(day), counter) : BLANK
          const { value, state, version } = figure
          const total = isReport(unit) ? totalOn(unit, day, counter) : null
          const counted = isReport(unit) ? countedBefore(unit, day, counter) : null
          return { value, state, version, total, counted, given: hasValue(figure) }
        }),
      )
      return { seq, due: dueThrough(world), figures }
    },
    async stood(reports) {
      const alone = standAlone(world)
      const counters = world.setting?.programme.counters.map((_, counter) => counter) ?? []
      const found: StoodFigure[][] = []
      for (const { unit, day, seq } of reports) {
        const events = await store.bySubject(`report/${unit}/${day}`)
        alone.fold(events.filter((event) => event.seq <= seq))
        const value = (counter: number) => alone.world.cells.value(unit, dayNumber(day), counter)
        found.push(counters.map((i) => ({ value: value(i), total: totalOn(unit, day, i, alone.world) })))
      }
      return found
    },
    figures(actor, unit, from, to) {
      const { setting, cells, seq, today } = world
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      const { units, programme, rhythm } = setting
      const scope = `sheet:${unit}/${from}`
      if (units.get(unit) === undefined) return refuse({ code: 'scope.unknown', params: { scope } })
      if (!mayWatch(actor, { kind: 'sheet', unit, day: from }, units, today))
        return refuse({ code: 'may.not', params: { scope } })
      const first = dayNumber(from < programme.startsOn ? programme.startsOn : from)
      const last = dayNumber(to > programme.endsOn ? programme.endsOn : to)
      const leaves = units.leaves(unit)
      if (leaves.length * (last - first + 1) > MOST) return refuse({ code: 'input.tooMany', params: { max: MOST } })
      const hasKept = programme.counters.some((counter) => counter.cumulative === true)
      const rows: FigureTable['rows'] = []
      for (let n = first; n <= last; n++)
        for (const leaf of leaves) {
          const values = programme.counters.map((_, counter) => cells.value(leaf, n, counter))
          const day = dayOf(n)
          const totals = programme.counters.map((c, i) => (c.cumulative === true ? totalOn(leaf, day, i) : null))
          const isWritten = [...values, ...totals].some((given) => given !== null)
          if (isWritten || rhythm.expected(leaf, n).length > 0)
            rows.push({ unit: leaf, day, values, ...(hasKept && { totals }) })
        }
      return ok({ seq, at: now().toISOString(), rows })
    },
  }
}
