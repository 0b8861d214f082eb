/** `replay.json` of a programme: which files a recorded source stands in, and what their columns hold. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Programme } from '../../../shared/domain/programme.ts'
import { ROLES } from '../../../shared/domain/roles.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import { key, line, parse, reason, z } from '../../../shared/schema.ts'
import { jsonIn, type ProgrammeFault } from '../../programs/files.ts'
import type { JsonText } from '../../programs/json.ts'
import { sentenceOf } from '../../programs/words.ts'
import { type Fault, SourceRefused } from './faults.ts'

const FILE = 'replay.json'

const person = z.strictObject({ member: key, name: line, role: z.enum(ROLES), unit: key })
type Person = z.infer<typeof person>

/** The shape of `replay.json`. */
export const formatSchema = z.strictObject({
  /** file of the rows in the order of publication, and file of the totals after the last of them */
  reports: line,
  totals: line,
  /** headings of the columns; the counters' by the programme's keys, null = the source does not have it */
  columns: z.strictObject({ publishedAt: line, day: line, unit: line, counters: z.record(key, line.nullable()) }),
  /** the zone of moments of publication that carry none; without it they are refused */
  timeZone: line.optional(),
  /** headings of columns by which a unit's rows are parts of one figure (age, sex …), which are added up */
  groups: z.array(line).default([]),
  /** counters whose column holds a running total, not the figure of the day; those that the programme keeps so unless told */
  cumulative: z.array(key).optional(),
  /** a running total that falls: refused, or taken from the days before it */
  falls: z.enum(['refused', 'daysBefore']).default('refused'),
  /** the counter that decides whether a change is `corrected` or `reduced`; the first unless told */
  direction: key.optional(),
  /** reasons by type; `{at}` is the moment of the publication */
  reasons: z.strictObject({ late: reason, corrected: reason, reduced: reason }).default({
    late: 'Late, published {at}',
    corrected: 'Corrected, published {at}',
    reduced: 'Reduced, published {at}',
  }),
  /** the member who enters the figures; with levels of review, the one who approves them, where they are to be approved */
  importer: person.optional(),
  reviewer: person.optional(),
  /** members to sign in as with one click */
  people: z.array(person).optional(),
})

/** A format that fits its programme. */
export interface Format extends Omit<
  z.infer<typeof formatSchema>,
  'cumulative' | 'direction' | 'importer' | 'reviewer' | 'people'
> {
  /** counters that the source has: key and heading, in the programme's order; at least one */
  counters: readonly { key: string; heading: string }[]
  cumulative: readonly string[]
  direction: string
  importer: Person
  reviewer: Person | null
  people: readonly Person[]
}

/** Reads `replay.json` of a programme's folder; throws a `SourceRefused` with every fault. */
export function readFormat(folder: string, setting: Pick<Setting, 'programme' | 'units' | 'counters'>): Format {
  const text = textIn(folder)
  const parsed = parse(formatSchema, text.value)
  if (!parsed.ok)
    throw new SourceRefused(parsed.refusals.map(({ at = '', code, params }) => shapeFault(at, code, params)))
  const { programme, units } = setting
  const { columns, cumulative, direction, importer, reviewer, people, ...rest } = parsed.value
  const counters = programme.counters.flatMap(({ key: k }) => {
    const heading = Object.hasOwn(columns.counters, k) ? columns.counters[k] : undefined
    return heading == null ? [] : [{ key: k, heading }]
  })
  const office = (member: string, name: string): Person => ({ member, name, role: 'office', unit: units.root })
  const format: Format = {
    ...rest,
    columns,
    counters,
    cumulative: cumulative ?? counters.map(({ key: k }) => k).filter((k) => isKept(programme, k)),
    direction: direction ?? counters[0]?.key ?? '',
    importer: importer ?? office('publication', 'Publication'),
    reviewer: reviewer ?? null,
    people: people ?? [office('office', 'Office')],
  }
  const faults = [...counterFaults(format, programme), ...headingFaults(format), ...peopleFaults(format, setting)]
  if (format.timeZone !== undefined && !isZone(format.timeZone))
    faults.push(at('timeZone', `"${format.timeZone}" is no time zone. Write one such as "Europe/Berlin".`))
  if (faults.length > 0) throw new SourceRefused(faults)
  return format
}

/** The programme keeps the counter as its running total. */
export const isKept = ({ counters }: Programme, k: string): boolean =>
  counters.some((counter) => counter.key === k && counter.cumulative === true)

const at = (place: string, says: string): Fault => ({ file: FILE, place, says })

/** The object that stands in the file, with its lines. */
function textIn(folder: string): JsonText {
  if (!existsSync(join(folder, FILE)))
    throw new SourceRefused([
      { file: join(folder, FILE), place: '', says: 'is not there. It names the files and columns of the source.' },
    ])
  const faults: ProgrammeFault[] = []
  const text = jsonIn(folder, FILE, faults)
  if (text === null || faults.length > 0)
    throw new SourceRefused(faults.map((fault) => ({ file: FILE, place: fault.place, says: sentenceOf(fault) })))
  return text
}

/** What may stand in a field, by its name. */
const POSSIBLE: Readonly<Record<string, string>> = {
  role: `Write one of ${ROLES.map((role) => `"${role}"`).join(', ')}.`,
  falls: 'Write "refused" or "daysBefore".',
  member: 'Write an id of letters and digits, at most 40, with . _ - between them.',
  unit: 'Write the code of a unit.',
  cumulative: 'Write a list of keys of counters, such as ["issued"].',
  groups: 'Write a list of headings, such as ["age"].',
  people: 'Write a list of people.',
  counters: 'Write the heading of each counter\'s column: { "issued": "permits issued" }.',
  columns: 'Write the headings of the columns: { "publishedAt", "day", "unit", "counters" }.',
}

function shapeFault(place: string, code: string, params: Record<string, string | number> = {}): Fault {
  if (code === 'input.unknownField')
    return at(place, `has a field "${params.name}" that means nothing here. Take it out, or correct its name.`)
  const name = place.split('.').findLast((part) => !/^\d+$/.test(part)) ?? ''
  const possible = POSSIBLE[name] ?? 'Write a text in quotation marks.'
  return at(place, code === 'input.required' ? `is missing. ${possible}` : `cannot be what stands there. ${possible}`)
}

function counterFaults({ columns, counters, cumulative, direction }: Format, programme: Programme): Fault[] {
  const known = programme.counters.map((c) => c.key)
  const faults: Fault[] = []
  for (const k of Object.keys(columns.counters))
    if (!known.includes(k))
      faults.push(at(`columns.counters.${k}`, `is no counter of the programme, which has ${known.join(', ')}.`))
  for (const k of known)
    if (!Object.hasOwn(columns.counters, k))
      faults.push(
        at(
          'columns.counters',
          `says nothing of the counter ${k}. Name its column, or write null if the source has none.`,
        ),
      )
  if (faults.length === 0 && counters.length === 0)
    faults.push(at('columns.counters', 'names no column, so there is nothing to replay.'))
  const has = (k: string) => counters.some((c) => c.key === k)
  for (const k of cumulative)
    if (!has(k)) faults.push(at('cumulative', `names "${k}", for which columns.counters has no column.`))
  if (faults.length === 0 && !has(direction))
    faults.push(at('direction', `names "${direction}", for which columns.counters has no column.`))
  return faults
}

/** No column is read as two things. */
function headingFaults({ columns, counters, groups }: Format): Fault[] {
  const used = [columns.publishedAt, columns.day, columns.unit, ...counters.map((c) => c.heading), ...groups]
  const twice = new Set(used.filter((heading, i) => used.indexOf(heading) !== i))
  return [...twice].map((heading) => at('columns', `names the column "${heading}" for two things. Each is read once.`))
}

function peopleFaults(
  { importer, reviewer, people }: Format,
  { units, programme }: Pick<Setting, 'units' | 'programme'>,
): Fault[] {
  const faults: Fault[] = []
  const all = [importer, ...(reviewer === null ? [] : [reviewer]), ...people]
  for (const { member, unit } of all)
    if (units.get(unit) === undefined)
      faults.push(at(`the unit of "${member}"`, `is "${unit}", which units.csv does not have.`))
  for (const who of [importer, reviewer])
    if (who !== null && (who.unit !== units.root || who.role !== 'office'))
      faults.push(at(`"${who.member}"`, `has to be of the office at ${units.root}, to write for every unit.`))
  const twice = all.filter(({ member }, i) => all.findIndex((other) => other.member === member) !== i)
  for (const { member } of twice)
    faults.push(at(`"${member}"`, 'is named twice. Everybody has a name and an id of their own.'))
  if (reviewer !== null && programme.reporting.reviewLevels === 0)
    faults.push(at('reviewer', 'has nothing to approve: programme.json has no levels of review. Take it out.'))
  return faults
}

const isZone = (zone: string): boolean => {
  try {
    return Temporal.Now.zonedDateTimeISO(zone).timeZoneId !== ''
  } catch {
    return false
  }
}
