/** Faults of a programme that a schema cannot catch (O3). */
import type { Refusal } from '../errors.ts'
import { effectiveRhythm, isPeriodic } from '../progress/rhythm.ts'
import { type Day, isDay } from '../progress/day.ts'
import { allocate, isGone } from '../progress/allocate.ts'
import type { Baseline, Programme, Target, Unit } from './programme.ts'
import { indexUnits, type Units } from './units.ts'

type Say = (at: string, code: Refusal['code'], params?: Refusal['params']) => void

/** Every dangling key, circle, misordered life or baseline, and target that cannot be measured; `at` is its place in the programme. */
export function programmeFaults(p: Programme): Refusal[] {
  const faults: Refusal[] = []
  const say: Say = (at, code, params) => void faults.push({ code, at, ...(params ? { params } : {}) })
  const tree = treeOf(p)
  listFaults(p, say)
  unitFaults(p, tree, say)
  p.units.forEach((u, i) => lifeFaults(p, tree, u, `units.${i}`, say))
  p.bases.forEach((b, i) => {
    if (!tree.byCode.has(b.unit)) say(`bases.${i}.unit`, 'unit.unknown', { unit: b.unit })
  })
  p.baselines.forEach((b, i) => {
    if (i > 0 && b.inForceFrom <= p.baselines[i - 1]!.inForceFrom) say(`baselines.${i}.inForceFrom`, 'input.invalid')
    unique(b.targets, `baselines.${i}.targets`, say)
    if (b.main !== undefined && !b.targets.some((t) => t.key === b.main))
      say(`baselines.${i}.main`, 'input.invalid', { name: b.main })
    b.targets.forEach((t, j) => targetFaults(p, tree, b, t, `baselines.${i}.targets.${j}`, say))
  })
  return faults
}

/** The tree as far as it can be followed: parents may be unknown or form a circle. */
interface Tree {
  byCode: ReadonlyMap<string, Unit>
  /** the unit first, then those above it; stops before a circle repeats */
  chain(code: string): Unit[]
  reporting: readonly Unit[]
  /** null while the units do not hang in one tree */
  units: Units | null
}

function treeOf(p: Programme): Tree {
  const { units } = p
  const byCode = new Map(units.map((u) => [u.code, u]))
  const parents = new Set(units.map((u) => u.parent))
  const chain = (code: string): Unit[] => {
    const line = new Set<Unit>()
    for (let u = byCode.get(code); u !== undefined && !line.has(u); u = byCode.get(u.parent ?? '')) line.add(u)
    return [...line]
  }
  const hasOneRoot = byCode.size === units.length && units.filter((u) => u.parent === null).length === 1
  const isWhole = hasOneRoot && units.every((u) => chain(u.code).at(-1)?.parent === null)
  return {
    byCode,
    chain,
    reporting: units.filter((u) => !parents.has(u.code)),
    units: isWhole ? indexUnits(p) : null,
  }
}

function unique(list: readonly { key: string }[], at: string, say: Say): void {
  const seen = new Set<string>()
  list.forEach(({ key }, i) => {
    if (seen.has(key)) say(`${at}.${i}`, 'input.duplicate', { name: key })
    seen.add(key)
  })
}

function listFaults(p: Programme, say: Say): void {
  unique(p.counters, 'counters', say)
  unique(p.levels, 'levels', say)
  unique(p.issues?.categories ?? [], 'issues.categories', say)
  unique(p.regulation?.articles ?? [], 'regulation.articles', say)
  // there is a role for the questions where there are questions, and something to tie them to only then
  if (p.issues !== null && p.roles.legal === null) say('roles.legal', 'input.required')
  if (p.issues === null && p.regulation !== null) say('regulation', 'issue.notKept')
  unique(p.baselines, 'baselines', say)
  const named = (key: string) => ({ key })
  unique(
    p.units.map((u) => named(u.code)),
    'units',
    say,
  )
  unique(
    p.bases.map((b) => named(`${b.key} ${b.unit} ${b.version}`)),
    'bases',
    say,
  )
  if (p.endsOn < p.startsOn) say('endsOn', 'input.invalid')
  const counters = new Set(p.counters.map((c) => c.key))
  for (const key of new Set(Object.values(p.opening ?? {}).flatMap((values) => Object.keys(values))))
    if (!counters.has(key)) say('opening', 'counter.unknown', { key })
  p.counters.forEach((c, i) => {
    if (c.within !== null && (!counters.has(c.within) || c.within === c.key))
      say(`counters.${i}.within`, 'counter.unknown', { key: c.within })
  })
}

function unitFaults(p: Programme, tree: Tree, say: Say): void {
  for (const unit of Object.keys(p.opening ?? {}))
    if (!tree.byCode.has(unit)) say(`opening.${unit}`, 'unit.unknown', { unit })
    else if (!tree.reporting.some((u) => u.code === unit)) say(`opening.${unit}`, 'unit.notReporting', { unit })
  const levels = new Set(p.levels.map((l) => l.key))
  if (p.units.filter((u) => u.parent === null).length !== 1) say('units', 'input.invalid', { name: 'root' })
  p.units.forEach((u, i) => {
    if (!levels.has(u.level)) say(`units.${i}.level`, 'input.invalid', { name: u.level })
    if (u.parent === null) return
    if (!tree.byCode.has(u.parent)) say(`units.${i}.parent`, 'unit.unknown', { unit: u.parent })
    const top = tree.chain(u.code).at(-1)!
    if (top.parent !== null && tree.byCode.has(top.parent))
      say(`units.${i}.parent`, 'input.invalid', { name: 'circle' })
  })
}

/** A unit's life lies within the programme's and within those of the units above it; its successor is another reporting unit that ends later or not at all. */
function lifeFaults(p: Programme, tree: Tree, unit: Unit, at: string, say: Say): void {
  const nearest = (code: string, field: 'startsOn' | 'endsOn' | 'into') =>
    tree.chain(code).find((u) => u[field] !== null)?.[field] ?? null
  const end = nearest(unit.code, 'endsOn')
  const start = nearest(unit.code, 'startsOn') ?? p.startsOn
  if ((unit.endsOn ?? unit.startsOn) !== null && end !== null && end < start)
    say(`${at}.endsOn`, 'input.invalid', { name: 'endsOn' })
  if (unit.startsOn !== null && isDay(unit.startsOn) && unit.startsOn < p.startsOn)
    say(`${at}.startsOn`, 'input.invalid', { name: 'startsOn' })
  const above = unit.endsOn === null ? [] : tree.chain(unit.code).slice(1)
  if (above.some((up) => up.endsOn !== null && up.endsOn < unit.endsOn!))
    say(`${at}.endsOn`, 'input.invalid', { name: 'endsOn' })
  const { into } = unit
  if (into === null) return
  if (end === null) say(`${at}.endsOn`, 'input.required')
  if (!tree.byCode.has(into)) return say(`${at}.into`, 'unit.unknown', { unit: into })
  if (tree.chain(into).includes(unit)) return say(`${at}.into`, 'input.invalid', { name: 'itself' })
  if (!tree.reporting.some((u) => u.code === into)) return say(`${at}.into`, 'unit.notReporting', { unit: into })
  const line = new Set<string>()
  for (let next: string | null = into; next !== null && !line.has(next); next = nearest(next, 'into')) line.add(next)
  const later = nearest(into, 'endsOn')
  if (line.has(unit.code)) say(`${at}.into`, 'input.invalid', { name: 'circle' })
  else if (end !== null && later !== null && later <= end) say(`${at}.into`, 'unit.ended', { unit: into, ends: later })
}

function targetFaults(p: Programme, tree: Tree, { inForceFrom }: Baseline, t: Target, at: string, say: Say): void {
  const counter = p.counters.findIndex((c) => c.key === t.counter)
  if (!tree.byCode.has(t.unit)) say(`${at}.unit`, 'unit.unknown', { unit: t.unit })
  if (counter < 0) say(`${at}.counter`, 'counter.unknown', { key: t.counter })
  if (t.due <= t.path.from) say(`${at}.due`, 'programme.dueEarly', { due: t.due, from: t.path.from })
  if (!isBased(p, t)) say(`${at}.base`, 'input.required', { unit: t.unit, key: t.base ?? '' })
  if (t.shareBy !== null && !p.bases.some((b) => b.key === t.shareBy))
    say(`${at}.shareBy`, 'input.invalid', { name: t.shareBy })
  // a mean over seven days says nothing about a counter reported once a week
  if (t.measure === 'rate' && counter >= 0)
    for (const unit of tree.reporting) {
      const chain = tree.chain(unit.code)
      if (!chain.some((u) => u.code === t.unit)) continue
      const rhythm = effectiveRhythm(p, chain, counter)
      if (!isPeriodic(rhythm)) continue
      say(`${at}.counter`, 'input.invalid', { name: 'rhythm', unit: unit.code, rhythm })
      break
    }
  for (const [unit, sum, part] of misallocated(p, tree.units, inForceFrom, t))
    say(`${at}.allocation`, 'input.invalid', { name: unit, sum, whole: part })
  for (const [part, typed] of [
    ['allocation', t.allocation],
    ['path.start', t.path.start],
  ] as const)
    for (const code of Object.keys(typed))
      if (!tree.byCode.has(code)) say(`${at}.${part}.${code}`, 'unit.unknown', { unit: code })
      else if (!tree.chain(code).some((u) => u.code === t.unit))
        say(`${at}.${part}.${code}`, 'input.invalid', { name: 'outside', unit: t.unit })
}

const isBased = (p: Programme, t: Target): boolean =>
  t.measure !== 'coverage' || p.bases.some((b) => b.key === t.base && b.unit === t.unit)

/**
 * Units whose children's typed parts exceed the unit's own part, typed or shared out, or fall short of it when no child is
 * left to take the rest. Of a tree that cannot be followed nothing is said.
 */
function* misallocated(
  p: Programme,
  units: Units | null,
  inForceFrom: Day,
  t: Target,
): Generator<[unit: string, sum: number, part: number]> {
  // without its base a coverage is worth nothing, which is said already
  if (units === null || !isBased(p, t)) return
  const allocation = allocate(p, units, t, inForceFrom)
  const [whole, own] = [allocation.threshold(t.unit), t.allocation[t.unit]]
  if (whole !== undefined && own !== undefined && own !== whole) yield [t.unit, own, whole]
  for (const code of units.all) {
    const part = t.allocation[code] ?? allocation.threshold(code)
    const children = units.children(code)
    const typed = children.map((child) => t.allocation[child]).filter((n) => n !== undefined)
    if (part === undefined || typed.length === 0) continue
    const sum = typed.reduce((s, n) => s + n, 0)
    const isTaken = children.some((child) => t.allocation[child] === undefined && !isGone(units, child, inForceFrom))
    if (sum > part || (sum < part && !isTaken)) yield [code, sum, part]
  }
}
