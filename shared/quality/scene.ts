/** Where the tests look: the programme with its plans, and the figures. */
import type { Cells } from '../domain/cells.ts'
import { totalsOf } from '../domain/runningTotals.ts'
import {
  answersKey,
  dueThrough,
  type QuestionAnswer,
  type Setting,
  type StoredTotals,
  type World,
} from '../domain/world.ts'
import { type Day, dayOf } from '../progress/day.ts'
import { type Plans, plansOf } from '../progress/standing.ts'

export interface Scene {
  setting: Setting
  plans: Plans
  cells: Cells
  /** days up to this one must have been reported; null = none */
  due: Day | null
  /** running totals of the unit's counter (key) as reported, by day */
  totals(unit: string, counter: string): StoredTotals
  /** called when what was asked depended on what the units beside did that day */
  leaned?: () => void
  /** how much of their usual work the units below `parent` did on a day, by what `found` says; found once for each state of the figures */
  factor(name: string, found: () => number): number
  /** day number of the counter's latest figure whose heaping was answered for, before a day number; null = none */
  answeredFor(unit: string, counter: number, before: number): number | null
}

/** Plans are made once for each setting: sharing targets out takes longer than asking. */
const PLANS = new WeakMap<Setting, Plans>()

/** Of each set of figures what was found by the event that stands. */
const FACTORS = new WeakMap<Cells, { seq: number; found: Map<string, number> }>()

function factorIn(cells: Cells, seq: number, name: string, find: () => number): number {
  let known = FACTORS.get(cells)
  if (known?.seq !== seq) FACTORS.set(cells, (known = { seq, found: new Map() }))
  let factor = known.found.get(name)
  if (factor === undefined) known.found.set(name, (factor = find()))
  return factor
}

/** The world as the tests see it; a fork of its cells does as well. */
export function sceneIn(
  world: Pick<World, 'setting' | 'cells' | 'closed' | 'answers' | 'seq' | 'totals'>,
  setting: Setting,
): Scene {
  let plans = PLANS.get(setting)
  if (plans === undefined) PLANS.set(setting, (plans = plansOf(setting)))
  return {
    setting,
    plans,
    cells: world.cells,
    due: dueThrough(world),
    totals: (unit, counter) => totalsOf(world, unit, counter),
    factor: (name, found) => factorIn(world.cells, world.seq, name, found),
    answeredFor(unit, counter, before) {
      const { key } = setting.programme.counters[counter]!
      const isIt = (answer: QuestionAnswer) => answer.code === 'heaping' && answer.counter === key
      const first = before - setting.rhythm.lookBack(unit, counter)
      for (let n = before - 1; n >= first; n--)
        if (world.answers.get(answersKey(unit, dayOf(n)))?.some(isIt) === true) return n
      return null
    },
  }
}
