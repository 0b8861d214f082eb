/** Faults of a programme that its shape alone cannot show. */
import type { Refusal } from '../errors.ts'
import type { Programme, Target } from './programme.ts'

/** Faults that the shape alone cannot show: dangling keys, circles, baselines out of order. `at` is the place. */
export function programmeFaults(p: Programme): Refusal[] {
  const faults: Refusal[] = []
  const fault = (at: string, code: Refusal['code'], params?: Refusal['params']) =>
    faults.push({ code, at, ...(params ? { params } : {}) })
  const keysOf = (list: readonly { key: string }[], at: string) =>
    unique(
      list.map((x) => x.key),
      at,
    )
  const unique = (keys: string[], at: string) => {
    const seen = new Set<string>()
    keys.forEach((k, i) => {
      if (seen.has(k)) fault(`${at}.${i}`, 'input.duplicate', { name: k })
      seen.add(k)
    })
    return seen
  }
  const counters = keysOf(p.counters, 'counters')
  const levels = keysOf(p.levels, 'levels')
  keysOf(p.issues.categories, 'issues.categories')
  keysOf(p.regulation.articles, 'regulation.articles')
  keysOf(p.baselines, 'baselines')
  const units = unique(
    p.units.map((u) => u.code),
    'units',
  )
  const bases = new Set(p.bases.map((b) => b.key))
  const baseOf = new Set(p.bases.map((b) => `${b.key} ${b.unit}`))
  unique(
    p.bases.map((b) => `${b.key} ${b.unit} ${b.version}`),
    'bases',
  )
  if (p.endsOn < p.startsOn) fault('endsOn', 'input.invalid')
  p.counters.forEach((c, i) => {
    if (c.within !== null && (!counters.has(c.within) || c.within === c.key))
      fault(`counters.${i}.within`, 'counter.unknown', { key: c.within })
  })
  const parents = new Map(p.units.map((u) => [u.code, u.parent]))
  if (p.units.filter((u) => u.parent === null).length !== 1) fault('units', 'input.invalid', { name: 'root' })
  p.units.forEach((u, i) => {
    if (!levels.has(u.level)) fault(`units.${i}.level`, 'input.invalid', { name: u.level })
    if (u.parent !== null && !units.has(u.parent)) fault(`units.${i}.parent`, 'unit.unknown', { unit: u.parent })
    const seen = new Set([u.code])
    for (let up = u.parent; up != null; up = parents.get(up) ?? null) {
      if (seen.has(up)) {
        fault(`units.${i}.parent`, 'input.invalid', { name: 'circle' })
        break
      }
      seen.add(up)
    }
  })
  p.bases.forEach((b, i) => {
    if (!units.has(b.unit)) fault(`bases.${i}.unit`, 'unit.unknown', { unit: b.unit })
  })
  p.baselines.forEach((b, i) => {
    if (i > 0 && b.inForceFrom <= p.baselines[i - 1]!.inForceFrom) fault(`baselines.${i}.inForceFrom`, 'input.invalid')
    keysOf(b.targets, `baselines.${i}.targets`)
    b.targets.forEach((t, j) => {
      const at = `baselines.${i}.targets.${j}`
      if (!units.has(t.unit)) fault(`${at}.unit`, 'unit.unknown', { unit: t.unit })
      if (!counters.has(t.counter)) fault(`${at}.counter`, 'counter.unknown', { key: t.counter })
      if (t.due <= t.path.from) fault(`${at}.due`, 'issue.daysReversed')
      if (t.measure === 'coverage' && (t.base === null || !baseOf.has(`${t.base} ${t.unit}`)))
        fault(`${at}.base`, 'input.required')
      if (t.shareBy !== null && !bases.has(t.shareBy)) fault(`${at}.shareBy`, 'input.invalid', { name: t.shareBy })
      for (const [unit, sum, whole] of overfull(p, t))
        fault(`${at}.allocation`, 'input.invalid', { name: unit, sum, whole })
      for (const part of ['allocation', 'start'] as const)
        for (const code of Object.keys(part === 'start' ? t.path.start : t.allocation))
          if (!units.has(code)) fault(`${at}.${part}.${code}`, 'unit.unknown', { unit: code })
    })
  })
  return faults
}

/** Units whose children's typed parts are more than the unit has, or all of them less. */
function* overfull(p: Programme, t: Target): Generator<[unit: string, sum: number, whole: number]> {
  for (const { code } of p.units) {
    const whole = t.allocation[code] ?? (code === t.unit && t.measure !== 'coverage' ? t.threshold : undefined)
    const children = p.units.filter((u) => u.parent === code).map((u) => t.allocation[u.code])
    const sum = children.reduce<number>((s, n) => s + (n ?? 0), 0)
    if (whole === undefined || children.every((n) => n === undefined)) continue
    if (sum > whole || (sum < whole && children.every((n) => n !== undefined))) yield [code, sum, whole]
  }
}
