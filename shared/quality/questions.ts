/** All quality questions about a report, by every test (R44–R50). */
import { type Day, dayNumber } from '../progress/day.ts'
import { copied } from './copied.ts'
import {
  comparable,
  corrections,
  factorOf,
  heapable,
  isHeapedLater,
  marksOf,
  reportsOf,
  spanOf,
  totalsOf,
} from './gather.ts'
import { heaping, LEAST_HEAPED } from './heaping.ts'
import { jump } from './jump.ts'
import { landing } from './landing.ts'
import { order } from './order.ts'
import { outlier } from './outlier.ts'
import type { Evidence, QualityCode, QualityQuestion } from './question.ts'
import type { Scene } from './scene.ts'
import { total } from './total.ts'

/** Every question about the figures that a reporting unit gave for a day, in the order of `QUALITY_CODES` for each counter. */
export function qualityQuestions(scene: Scene, unit: string, day: Day): QualityQuestion[] {
  const n = dayNumber(day)
  const counters = scene.setting.programme.counters.map((_, counter) => counter)
  const given = counters.filter((counter) => scene.cells.value(unit, n, counter) !== null)
  // what is asked about a report as a whole hangs on its first figure
  const [first] = given
  return given.flatMap((counter) => [
    ...asked('outlier', counter, outlierOf(scene, unit, counter, n)),
    ...(counter === first ? asked('copied', counter, copied(reportsOf(scene, unit, n))) : []),
    ...asked('heaping', counter, heapingOf(scene, unit, counter, n)),
    ...asked('landing', counter, landing(totalsOf(scene, unit, counter, n), marksOf(scene, unit, counter, day))),
    ...asked('order', counter, orderOf(scene, unit, counter, n)),
    ...asked('jump', counter, jumpOf(scene, unit, counter, n)),
    ...asked('total', counter, total(spanOf(scene, unit, counter, n))),
  ])
}

function asked<C extends QualityCode>(code: C, counter: number, evidence: Evidence[C] | null): QualityQuestion[] {
  // code and evidence belong together
  return evidence === null ? [] : [{ code, counter, evidence } as QualityQuestion]
}

function outlierOf(scene: Scene, unit: string, counter: number, n: number): Evidence['outlier'] | null {
  const value = scene.cells.value(unit, n, counter)!
  const isDue = scene.due !== null && n <= dayNumber(scene.due)
  return outlier(value, comparable(scene, unit, counter, n), isDue, () => factorOf(scene, unit, counter, n))
}

function heapingOf(scene: Scene, unit: string, counter: number, n: number): Evidence['heaping'] | null {
  if (scene.cells.value(unit, n, counter)! < LEAST_HEAPED || isHeapedLater(scene, unit, counter, n)) return null
  const found = heaping(heapable(scene, unit, counter, n, null))
  if (found === null) return null
  const answered = scene.answeredFor(unit, counter, n)
  return answered === null ? found : heaping(heapable(scene, unit, counter, n, answered))
}

function orderOf({ setting, cells }: Scene, unit: string, counter: number, n: number): Evidence['order'] | null {
  const { within } = setting.programme.counters[counter]!
  const limit = within === null ? undefined : setting.counters.get(within)
  // while the other one is blank there is nothing to compare with (R34)
  if (limit === undefined || cells.value(unit, n, limit) === null) return null
  const totals = (day: number) => setting.programme.counters.map((_, c) => cells.totalThrough(unit, day, c))
  return order(counter, limit, totals(n - 1), totals(n))
}

function jumpOf(scene: Scene, unit: string, counter: number, n: number): Evidence['jump'] | null {
  const { value, approved, was: before, restated } = scene.cells.figure(unit, n, counter)
  // what a reviewer sees beside the new value is the approved one
  const was = approved !== null && approved !== value ? approved : before
  if (was === undefined || restated === undefined || restated.type === 'reattributed') return null
  return jump(was, value!, corrections(scene, unit, counter, n))
}
