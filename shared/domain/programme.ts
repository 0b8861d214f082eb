/** A programme: what is rolled out, where, by when and how it is counted. Pure data, the same for any rollout. */
import type { Refusal } from '../errors.ts'
import { count, day, key, line, named, text, z } from '../schema.ts'

const unitSchema = z.strictObject({
  code: key,
  name: named,
  /** a form for tables and tiles, e.g. without the suffix of its kind */
  short: named,
  level: key,
  parent: key.nullable(),
  /** first day on which reports are taken; null = as its parent, then the programme */
  startsOn: day.nullable(),
})
export type Unit = z.infer<typeof unitSchema>

const counterSchema = z.strictObject({
  key,
  name: named,
  /** the counter whose total so far this one should not pass (a warning, never a refusal) */
  within: key.nullable(),
})
export type Counter = z.infer<typeof counterSchema>

/** A population figure for a unit. Planning values say so wherever they show. */
const baseSchema = z.strictObject({
  key,
  unit: key,
  value: z.int().positive(),
  asOf: day,
  definition: named,
  source: line,
  version: line,
  official: z.boolean(),
})
export type Base = z.infer<typeof baseSchema>

const targetSchema = z.strictObject({
  key,
  name: named,
  unit: key,
  /** `count`: total so far; `coverage`: total so far over the base; `rate`: mean per day of the last seven days */
  measure: z.enum(['count', 'coverage', 'rate']),
  counter: key,
  /** permits (count), permits per day (rate) or a share such as 0.9 (coverage) */
  threshold: z.number().positive(),
  /** key of the bases that a coverage is measured against; null for a count or a rate */
  base: key.nullable(),
  due: day,
  /** the expected line: from this day, starting values by unit, slower first working days */
  path: z.strictObject({
    from: day,
    /** what counts as given on the eve of `from`, by unit (permits) */
    start: z.record(key, count),
    /** the daily share grows evenly from `from` to 1 over this many working days */
    ramp: z.strictObject({ workdays: z.int().min(0).max(400), from: z.number().positive().max(1) }),
  }),
  /** parts of the threshold by unit, where typed; the rest of the tree is shared out by `shareBy` */
  allocation: z.record(key, count),
  /** key of the bases by which a threshold is shared out to units without a typed part */
  shareBy: key.nullable(),
})
export type Target = z.infer<typeof targetSchema>

const baselineSchema = z.strictObject({
  key,
  name: named,
  /** in force from this day until a later baseline's day */
  inForceFrom: day,
  /** false: planning values; the interface says so */
  official: z.boolean(),
  targets: z.array(targetSchema).min(1).max(50),
})
export type Baseline = z.infer<typeof baselineSchema>

export const calendarSchema = z.strictObject({
  source: line,
  /** 0 = Sunday … 6 = Saturday */
  weekend: z.array(z.int().min(0).max(6)).max(7),
  off: z.array(z.strictObject({ day, name: line })),
  work: z.array(z.strictObject({ day, name: line })),
})
export type Calendar = z.infer<typeof calendarSchema>

export const programmeSchema = z.strictObject({
  key,
  name: named,
  /** short name of the thing counted, e.g. permits */
  item: named,
  timeZone: line,
  startsOn: day,
  endsOn: day,
  levels: z
    .array(z.strictObject({ key, name: named }))
    .min(1)
    .max(8),
  units: z.array(unitSchema).min(1).max(100_000),
  counters: z.array(counterSchema).min(1).max(20),
  calendar: calendarSchema,
  bases: z.array(baseSchema),
  baselines: z.array(baselineSchema).min(1),
  reporting: z.strictObject({
    /** local time of day by which a day's report is due */
    deadline: z.string().regex(/^\d\d:\d\d$/),
    /** working days only, or every day of the calendar */
    expected: z.enum(['workdays', 'everyDay']),
    /** days between a report's day and the day whose deadline it must meet */
    graceDays: z.int().min(0).max(30),
    /** levels of review before a report counts as approved; 0 = when it is accepted */
    reviewLevels: z.int().min(0).max(4),
  }),
  /** what the four roles are called in this rollout */
  roles: z.strictObject({ office: named, district: named, legal: named, viewer: named }),
  pace: z.strictObject({
    /** at or below this many points the status is seriously behind, e.g. -5 */
    severe: z.number().negative(),
  }),
  issues: z.strictObject({
    /** number of an issue; `{year}` and `{n}` are filled in */
    series: line,
    categories: z.array(z.strictObject({ key, name: named })).min(1),
  }),
  regulation: z.strictObject({
    name: named,
    /** subjects in our own words; never the text of the law */
    articles: z.array(z.strictObject({ key, number: line.nullable(), subject: named })),
  }),
  /** what a reader must know about the figures: sources, planning values, licences */
  notes: z.array(z.strictObject({ zh: text, en: text })),
})
export type Programme = z.infer<typeof programmeSchema>

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
