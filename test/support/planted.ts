/** Faults planted into a log's figures, of each kind that a quality test asks about, and what the tests ask. */
import type { Figure } from '../../shared/domain/cells.ts'
import { dayNumber, dayOf } from '../../shared/progress/day.ts'
import { comparable, corrections, marksOf, reportsOf } from '../../shared/quality/gather.ts'
import { LEAST_HEAPED } from '../../shared/quality/heaping.ts'
import { QUALITY_CODES, type QualityCode } from '../../shared/quality/question.ts'
import { qualityQuestions } from '../../shared/quality/questions.ts'
import type { Scene } from '../../shared/quality/scene.ts'
import type { Chance } from './chance.ts'

/** One figure; `n` is a day number. */
export interface Place {
  unit: string
  n: number
  counter: number
}

/** Every figure that has a value, unit by unit. */
export function placesOf({ setting, cells }: Scene): Place[] {
  const places: Place[] = []
  for (const unit of setting.units.leaves(setting.units.root)) {
    const span = cells.span(unit)
    for (let n = span?.first ?? 0; n <= (span?.last ?? -1); n++)
      for (const counter of setting.counters.values())
        if (cells.value(unit, n, counter) !== null) places.push({ unit, n, counter })
  }
  return places
}

/** Figures asked about as they stand: by test, and by any of them. */
export function askedOf(scene: Scene): Record<QualityCode | 'any', number> {
  const asked = Object.fromEntries([...QUALITY_CODES, 'any'].map((code) => [code, 0])) as ReturnType<typeof askedOf>
  for (const unit of scene.setting.units.leaves(scene.setting.units.root)) {
    const span = scene.cells.span(unit)
    for (let n = span?.first ?? 0; n <= (span?.last ?? -1); n++) {
      const questions = qualityQuestions(scene, unit, dayOf(n))
      for (const { code } of questions) asked[code]++
      asked.any += new Set(questions.map(({ counter }) => counter)).size
    }
  }
  return asked
}

type Plant = (scene: Scene, place: Place, luck: Chance) => boolean

/** Figures of less do not show a digit too many or too few, nor what a correction did to them. */
const SHOWS = 100
const DAYS = 30

const valueAt = ({ cells }: Scene, { unit, n, counter }: Place): number => cells.value(unit, n, counter)!

function put({ cells }: Scene, { unit, n, counter }: Place, change: Partial<Figure>): boolean {
  const before = cells.figure(unit, n, counter)
  cells.set(unit, n, counter, { ...before, approved: change.value ?? before.approved, ...change })
  return true
}

/** Plants a fault into a fork of the figures; false where the place has no room for one. */
const PLANTS: Record<QualityCode, Plant> = {
  /** a digit too many, or one too few, in a figure that has eight days like it */
  outlier(scene, place, luck) {
    const value = valueAt(scene, place)
    if (value < SHOWS || comparable(scene, place.unit, place.counter, place.n).length < 8) return false
    const isMore = luck.below(2) === 0
    return put(scene, place, { value: isMore ? value * 10 + luck.below(10) : Math.floor(value / 10) })
  },
  /** the report says what the one before it says */
  copied(scene, { unit, n }) {
    const [before, own] = reportsOf(scene, unit, n).slice(-2)
    if (own === undefined || dayNumber(own.day) !== n || own.values.includes(null) || before!.values.includes(null))
      return false
    // nobody sees that nothing was copied
    if (before!.values.every((value) => value === 0)) return false
    return before!.values.every((value, counter) => put(scene, { unit, n, counter }, { value }))
  },
  /** thirty days are rounded to fives, and nothing has come since */
  heaping(scene, { unit, n, counter }) {
    const span = scene.cells.span(unit)!
    for (let day = n + 1; day <= span.last; day++)
      put(scene, { unit, n: day, counter }, { value: null, approved: null })
    let rounded = 0
    for (let day = n; day >= span.first && rounded < DAYS; day--) {
      const value = scene.cells.value(unit, day, counter) ?? 0
      if (value < LEAST_HEAPED) continue
      put(scene, { unit, n: day, counter }, { value: Math.round(value / 5) * 5 })
      rounded++
    }
    return rounded === DAYS && (scene.cells.value(unit, n, counter) ?? 0) >= LEAST_HEAPED
  },
  /** the day's figure is what was wanting */
  landing(scene, place, luck) {
    const { unit, n, counter } = place
    const before = scene.cells.totalThrough(unit, n - 1, counter)
    const marks = marksOf(scene, unit, counter, dayOf(n)).filter(({ mark }) => mark > before)
    return marks.length > 0 && put(scene, place, { value: luck.pick(marks).mark - before })
  },
  /** up to a tenth of a day's work more than there can be */
  order(scene, place, luck) {
    const { setting, cells } = scene
    const { unit, n, counter } = place
    const limit = setting.counters.get(setting.programme.counters[counter]!.within ?? '')
    if (limit === undefined || cells.value(unit, n, limit) === null) return false
    const value = valueAt(scene, place)
    const room = cells.totalThrough(unit, n, limit) - cells.totalThrough(unit, n, counter)
    return room >= 0 && put(scene, place, { value: value + room + 1 + luck.below(1 + Math.floor(value / 10)) })
  },
  /** a correction to between three and ten times the figure, or to as small a part of it, of a unit that has corrected others */
  jump(scene, place, luck) {
    const value = valueAt(scene, place)
    if (value < SHOWS || corrections(scene, place.unit, place.counter, place.n).length === 0) return false
    const by = 3 + 7 * luck.next()
    const restated = { type: 'corrected' as const, reason: 'planted' }
    const next = Math.round(luck.below(2) === 0 ? value * by : value / by)
    return put(scene, place, { value: next, was: value, swing: next - value, restated })
  },
  /** the figure followed from a running total, and was corrected since */
  total(scene, place, luck) {
    const value = valueAt(scene, place)
    const stored = (day: number, total: number) => ({ day, total, version: 1, by: '', at: 0, changed: 0, off: 0 })
    const totals = [stored(place.n - 1, 1_000), stored(place.n, 1_000 + value)]
    Object.assign(scene, { totals: () => totals } satisfies Partial<Scene>)
    return put(scene, place, { value: value + 1 + luck.below(SHOWS) })
  },
}

/** Plants `most` faults of a kind, each into figures that are otherwise as they were; how many there were, and how many the test of that kind found. */
export function plantedOf(
  scene: Scene,
  code: QualityCode,
  most: number,
  luck: Chance,
): { planted: number; found: number } {
  const places = placesOf(scene)
  const counts = { planted: 0, found: 0 }
  for (let tries = 0; counts.planted < most && tries < 50 * most; tries++) {
    const place = luck.pick(places)
    const fork = { ...scene, cells: scene.cells.fork() }
    if (!PLANTS[code](fork, place, luck)) continue
    counts.planted++
    if (qualityQuestions(fork, place.unit, dayOf(place.n)).some((q) => q.code === code)) counts.found++
  }
  return counts
}
