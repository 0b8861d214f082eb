/** What a programme may say and hardly means: it stops nothing, and whoever set the programme up should look at it. */
import type { Programme, Target, Unit } from '../../shared/domain/programme.ts'
import { indexUnits, type Units } from '../../shared/domain/units.ts'
import { isTotal } from '../../shared/reading/sums.ts'
import { allocate, baseValue } from '../../shared/progress/allocate.ts'
import type { ProgrammeFault } from './files.ts'

/** A place of the programme (`units.3.into`), and what is odd about it. */
interface Doubt {
  at: string
  says: string
}

/** A line for each doubt, with file and place, in the order of the files. `place`: of a path in the programme. */
export function doubtLines(
  programme: Programme,
  place: (at: string) => Pick<ProgrammeFault, 'file' | 'place'>,
): string[] {
  const units = indexUnits(programme)
  const doubts = [
    ...daysOf(programme, units),
    ...targetsOf(programme, units),
    ...questionsOf(programme),
    ...unitsOf(programme, units),
    ...basesOf(programme, units),
    ...calendarOf(programme),
    ...garbledIn(programme),
  ]
  return doubts.map(({ at, says }) => {
    const where = place(at)
    return `${where.file}${where.place === '' ? '' : ` ${where.place}`}: ${says}`
  })
}

const percent = (share: number) => `${(share * 100).toLocaleString('en', { maximumFractionDigits: 2 })}%`
const whole = (n: number) => n.toLocaleString('en')

function* daysOf({ pace, reporting, counters, calendar }: Programme, units: Units): Generator<Doubt> {
  if (pace.severe > -1)
    yield {
      at: 'pace.severe',
      says: `${pace.severe} is less than one percentage point. It is counted in points: -5 is five.`,
    }
  if (reporting.deadline === '00:00')
    yield {
      at: 'reporting.deadline',
      says: 'the deadline passes as soon as the day begins. Write for example "17:30".',
    }
  const deepest = Math.max(...units.all.map((code) => units.chain(code).length))
  if (reporting.reviewLevels > deepest)
    yield {
      at: 'reporting.reviewLevels',
      says: `there are ${reporting.reviewLevels} levels of review, but the tree of units has ${deepest}: somebody at a unit above would have to approve twice. Write at most ${deepest}.`,
    }
  const isDaily = [reporting.expected, ...counters.map((c) => c.expected)].includes('workdays')
  if (isDaily && calendar.weekend.length === 0)
    yield {
      at: 'calendar.weekend',
      says: 'there is no weekend, so that a report is expected on Sundays too. Write [0, 6] for Sunday and Saturday.',
    }
  for (const [i, counter] of counters.entries()) {
    const other = counters.find((c) => c.key === counter.within)
    if (other?.within === counter.key)
      yield {
        at: `counters.${i}.within`,
        says: `"${counter.key}" and "${other.key}" cannot each be within the other, unless they are always the same.`,
      }
  }
}

function* targetsOf(p: Programme, units: Units): Generator<Doubt> {
  for (const [i, baseline] of p.baselines.entries()) {
    if (baseline.inForceFrom > p.endsOn)
      yield {
        at: `baselines.${i}.inForceFrom`,
        says: `it is after ${p.endsOn}, the last day of the programme, so the baseline never comes into force.`,
      }
    for (const [j, target] of baseline.targets.entries())
      for (const { at, says } of targetOf(p, units, baseline.inForceFrom, target))
        yield { at: `baselines.${i}.targets.${j}.${at}`, says }
  }
}

function* targetOf(p: Programme, units: Units, inForceFrom: string, t: Target): Generator<Doubt> {
  if (t.measure === 'coverage' && t.threshold > 1) {
    const meant = t.threshold <= 100 ? ` Write ${t.threshold / 100} for ${t.threshold}%.` : ''
    yield { at: 'threshold', says: `a coverage of ${t.threshold} is ${percent(t.threshold)} of its base.${meant}` }
  }
  if (t.measure !== 'coverage' && t.threshold < 1)
    yield { at: 'threshold', says: `${t.threshold} is less than one. Only a coverage is a share.` }
  if (t.measure !== 'coverage' && t.base !== null)
    yield { at: 'base', says: `only a coverage has a base; by what a ${t.measure} is shared out stands in "shareBy".` }
  if (t.due > p.endsOn)
    yield { at: 'due', says: `it is due on ${t.due}, after ${p.endsOn}, the last day on which anything is reported.` }
  if (t.due < p.startsOn)
    yield {
      at: 'due',
      says: `it is due on ${t.due}, before ${p.startsOn}, the first day on which anything is reported.`,
    }
  if (t.path.from < p.startsOn)
    yield {
      at: 'path.from',
      says: `the path begins on ${t.path.from}, before ${p.startsOn}, the first day of the programme, so that everybody is behind on it.`,
    }
  const allocation = allocate(p, units, t, inForceFrom)
  const [threshold, start] = [allocation.threshold(t.unit), allocation.start(t.unit)]
  if (threshold !== undefined && t.measure !== 'rate' && start >= threshold)
    yield {
      at: 'path.start',
      says: `it starts from ${whole(start)} and has to reach ${whole(threshold)}, so that nothing is left to do.`,
    }
  const key = t.measure === 'coverage' ? t.base : t.shareBy
  if (key === null) return
  for (const code of units.all.filter((u) => units.within(u, t.unit))) {
    const open = units.children(code).filter((c) => t.allocation[c] === undefined)
    const without = open.filter((c) => baseValue(p, key, c) === undefined)
    if (without.length > 0 && without.length < open.length)
      yield {
        at: t.measure === 'coverage' ? 'base' : 'shareBy',
        says: `below "${code}" there is no base "${key}" for ${without.join(', ')}, so they have no part of the target, and the others have all of it.`,
      }
  }
}

function* questionsOf({ issues, startsOn, endsOn }: Programme): Generator<Doubt> {
  if (issues !== null && !issues.series.includes('{year}') && startsOn.slice(0, 4) !== endsOn.slice(0, 4))
    yield {
      at: 'issues.series',
      says: 'questions are counted anew each year, and without {year} those of two years have the same numbers.',
    }
}

function* unitsOf(p: Programme, units: Units): Generator<Doubt> {
  const used = new Set(p.units.map((u) => u.level))
  const depth = (level: string) => p.levels.findIndex((l) => l.key === level)
  for (const [i, { key }] of p.levels.entries())
    if (!used.has(key)) yield { at: `levels.${i}`, says: `no unit is of the level "${key}".` }
  const names = new Map<string, Unit>()
  for (const [i, unit] of p.units.entries()) {
    const above = unit.parent === null ? undefined : units.get(unit.parent)
    if (above !== undefined && depth(unit.level) <= depth(above.level))
      yield {
        at: `units.${i}.level`,
        says: `"${unit.level}" does not come after "${above.level}", the level of the unit above it, in programme.json.`,
      }
    if (units.isLeaf(unit.code) && (isTotal(unit.name.en) || isTotal(unit.name.zh)))
      yield {
        at: `units.${i}.name`,
        says: `"${unit.name.en}" is what a row of sums is called. Take the row out, if it is one: sums are made, not reported.`,
      }
    const name = `${unit.parent} ${unit.name.zh} ${unit.name.en}`
    const other = names.get(name)
    if (other !== undefined)
      yield {
        at: `units.${i}.name`,
        says: `"${unit.name.en}" is the name of ${other.code} too, which has the same unit above it.`,
      }
    names.set(name, unit)
    yield* endOf(p, units, unit, `units.${i}`)
  }
}

function* endOf(p: Programme, units: Units, { code, endsOn, into: own }: Unit, at: string): Generator<Doubt> {
  if (endsOn === null) return
  const into = units.into(code)
  if (endsOn >= p.endsOn)
    yield {
      at: `${at}.endsOn`,
      says: `it ends with the programme or later; leave ends_on blank, unless it is to be marked as ended.`,
    }
  else if (into === null && units.isLeaf(code))
    yield {
      at: `${at}.into`,
      says: 'it ends, and no unit carries it on: only its own members and those above it may put its days right afterwards. Name one in into, if there is one.',
    }
  if (own !== null && units.startsOn(own) > endsOn)
    yield {
      at: `${at}.into`,
      says: `"${own}", which carries it on, starts on ${units.startsOn(own)} only, after its end on ${endsOn}.`,
    }
}

/** By as much the base of a unit may differ from the sum of those below it: sources round, and are of different days. */
const FAR = 0.1

function* basesOf(p: Programme, units: Units): Generator<Doubt> {
  const used = new Set(p.baselines.flatMap((b) => b.targets.flatMap((t) => [t.base, t.shareBy])))
  const lastRow = (key: string, unit: string) => p.bases.findLastIndex((b) => b.key === key && b.unit === unit)
  for (const key of new Set(p.bases.map((b) => b.key))) {
    const first = p.bases.findIndex((b) => b.key === key)
    if (!used.has(key)) yield { at: `bases.${first}.key`, says: `no target uses the base "${key}".` }
    for (const code of units.all) {
      const row = lastRow(key, code)
      const values = units.children(code).map((c) => baseValue(p, key, c))
      const known = values.filter((v) => v !== undefined)
      if (row < 0 || known.length === 0) continue
      const [own, sum] = [p.bases[row]!.value, known.reduce((s, v) => s + v, 0)]
      const isLess = known.length === values.length && sum < own * (1 - FAR)
      if (sum > own * (1 + FAR) || isLess)
        yield {
          at: `bases.${row}.value`,
          says: `"${code}" has ${whole(own)}, and the units below it together have ${whole(sum)}. Look whether a digit is missing.`,
        }
    }
  }
}

function* calendarOf({ calendar: { off, work, weekend } }: Programme): Generator<Doubt> {
  const isOff = new Set(off.map((d) => d.day))
  for (const [list, days] of Object.entries({ off, work })) {
    const seen = new Set<string>()
    for (const [i, { day }] of days.entries()) {
      if (seen.has(day)) yield { at: `calendar.${list}.${i}.day`, says: `${day} stands in "${list}" twice.` }
      seen.add(day)
    }
  }
  for (const [i, { day }] of work.entries()) {
    const at = `calendar.work.${i}.day`
    if (isOff.has(day))
      yield { at, says: `${day} stands in "off" as well; it is worked. Take it out of one of the two.` }
    else if (!weekend.includes(new Date(day).getUTCDay()))
      yield { at, says: `${day} is a working day anyway, and no make-up day.` }
  }
}

/** UTF-8 that was read as Latin-1 (`Ã¼`, `æ·±`), or what stands for a sign that could not be read. */
const NEXT =
  '[\\u0080-\\u009F\\u00A1-\\u00AA\\u00AC-\\u00BA\\u00BC-\\u00BF\\u0152\\u0153\\u0160\\u0161\\u0178\\u017D\\u017E\\u0192\\u02C6\\u02DC\\u2013-\\u203A\\u20AC\\u2122]'
const GARBLED = new RegExp(`\\uFFFD|[ÂÃ]${NEXT}|[ÄÅÐÑ](?![\\u2013-\\u2026])${NEXT}|[\\u00E0-\\u00F4]${NEXT}{2}`)

function* garbledIn(value: unknown, at = ''): Generator<Doubt> {
  if (typeof value === 'string' && GARBLED.test(value))
    yield {
      at,
      says: `"${value}" looks as if it had been saved in another encoding and read as this. Save the file as UTF-8 from where it was right.`,
    }
  if (typeof value !== 'object' || value === null) return
  for (const [key, inner] of Object.entries(value)) yield* garbledIn(inner, at === '' ? key : `${at}.${key}`)
}
