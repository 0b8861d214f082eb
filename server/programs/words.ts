/** Faults of a programme in words: what stands there, why it will not do, and what mends it. */
import { shortened } from '../../shared/reading/shortened.ts'
import type { ProgrammeFault } from './files.ts'

/** One sentence on one line, with file and place before it. */
export function faultLine(fault: ProgrammeFault): string {
  const { file, place } = fault
  return `${file}${place === '' ? '' : ` ${place}`}: ${sentenceOf(fault)}`
}

type Params = Record<string, string | number>
type Say = (found: string, params: Params, fault: ProgrammeFault) => string

/** The sentence alone. */
export function sentenceOf(fault: ProgrammeFault): string {
  const { code, field = '', params = {} } = fault
  const name = params.name === undefined ? '' : `:${params.name}`
  const say = AT[`${field} ${code}${name}`] ?? AT[`${field} ${code}`] ?? ANYWHERE[code]
  return say === undefined
    ? `${shown(fault.found)} will not do here (${code}).`
    : say(shown(fault.found), params, fault)
}

const LONG = 60

/** What stands there, in quotation marks where it is a text, and short. */
function shown(found: unknown): string {
  const text = found === undefined ? 'nothing' : JSON.stringify(found)
  return shortened(text, LONG)
}

const DAY = 'Write a day as year-month-day, such as 2026-03-31.'
const LATER: Say = (_, { due, from }) =>
  `the target is due on ${due}, but its path begins only on ${from}. Correct "due", or "from" under "path".`
const CIRCLE = 'leads in a circle'

/** Sentences for one field; behind the code the name that the fault gives. */
const AT: Readonly<Record<string, Say>> = {
  'file input.required': () =>
    'the file is missing. A programme has programme.json, units.csv, bases.csv and calendar.json.',

  'units.parent unit.unknown': (_, { unit }) =>
    `"${unit}" is the code of no row. Write the code of the unit above it, or leave it blank for the topmost unit.`,
  'units.parent input.invalid:circle': () =>
    `the line of units above it ${CIRCLE}. Correct a parent, so that it ends at the topmost unit.`,
  'units input.invalid:root': () =>
    'exactly one row has to have a blank parent: the topmost unit. Correct the column parent.',
  'units input.invalid': () => 'has no units. Write one row for each.',
  'units input.duplicate': (_, { name }) =>
    `the code "${name}" stands in a row above already. Every unit has a code of its own.`,
  'units.code input.invalid': (found) => code(found, 'a code'),
  'units.level input.invalid': (found) =>
    `${found} is none of the levels in programme.json. Write the key of one of them.`,
  'units.name input.required': () => 'the unit has no name. Fill in name_zh, name_en or both.',
  'units.expected input.invalid': (found) =>
    `${found} is no rhythm. Write everyDay, workdays, weekly, tenDays or monthly, or leave it blank.`,
  'units.endsOn input.invalid:endsOn': (found) =>
    `${found === 'null' ? 'its last day' : found} comes before its first day, or after the end of a unit above it. Correct one of the days.`,
  'units.endsOn input.required': () =>
    'it names a unit that carries it on (into), but no last day. Fill in ends_on, or leave into blank.',
  'units.startsOn input.invalid:startsOn': (found) =>
    `${found} comes before "startsOn" of programme.json, the first day of all. Correct one of the two.`,
  'units.into unit.unknown': (found) =>
    `${found} is the code of no row. Write the code of the unit that carries this one on.`,
  'units.into input.invalid:itself': () => 'a unit cannot go on in itself or in a unit below it. Name another one.',
  'units.into input.invalid:circle': () => `the line of units that carry it on ${CIRCLE}. Correct into in one of them.`,
  'units.into unit.notReporting': (_, { unit }) =>
    `"${unit}" has units below it, so it does not report. Name one that reports.`,
  'units.into unit.ended': (_, { unit, ends }) =>
    `"${unit}" ends on ${ends}, not later than this unit itself. Name one that goes on.`,

  'bases.key input.invalid': (found) => code(found, 'a key'),
  'bases.unit unit.unknown': (_, { unit }) => `units.csv has no unit "${unit}". Correct the code, or add the unit.`,
  'bases.value input.required': () => 'the base has no value. Write a whole number, or take the row out.',
  'bases.value report.notInteger': (found, _, fault) => notWhole(found, fault),
  'bases.value report.negative': (found) => `${found} is below 0. A base counts people: write a whole number above 0.`,
  'bases.value report.tooLarge': (found) => `${found} is more than can be counted. Correct it.`,
  'bases.value input.invalid': () =>
    'the base is 0, and nothing can be a share of that. Write a whole number above 0, or take the row out.',
  'bases.official input.type': (found) =>
    `${found} is neither yes nor no. Write yes for an official figure, no for a planning value.`,
  'bases.official input.required': () =>
    'it has to say whether the figure is official. Write yes, or no for a planning value.',
  'bases.source input.required': () => 'the base has no source. Fill in source, or source_zh and source_en.',
  'bases input.duplicate': (_, { name }) =>
    `the same key, unit and version (${name}) stand in a row above already. Take one out, or give this one a version of its own.`,

  'definitions.* input.required': (_, { key }) =>
    key === undefined
      ? 'has to say whom the base counts. Write a text, or { "zh": "…", "en": "…" }; one language is enough.'
      : `bases.csv has rows with the key "${key}", and "definitions" does not say what it counts. Add "${key}": { "en": "…" } there, or correct the key in bases.csv.`,

  'timeZone programme.timeZone': (found) =>
    `${found} is no time zone. Write one such as "Asia/Shanghai" or "Europe/Berlin".`,
  'endsOn input.invalid': (found) =>
    `the last day, ${found}, comes before the first, "startsOn". Correct one of the two.`,
  'key input.invalid': (found) => code(found, 'a key'),
  'language input.invalid': (found) => `${found} is no language that the pages have. Write "en" or "zh".`,
  'counters.within counter.unknown': (_, { key }) =>
    `"${key}" is the key of no other counter. Name the counter that this one cannot exceed, or write null.`,
  'counters.expected input.invalid': (found) =>
    `${found} is no rhythm. Write everyDay, workdays, weekly, tenDays or monthly.`,
  'reporting.expected input.invalid': (found) =>
    `${found} is no rhythm. Write everyDay, workdays, weekly, tenDays or monthly.`,
  'reporting.deadline input.invalid': (found) =>
    `${found} is no time of day. Write hours and minutes from 00:00 to 23:59, such as "17:30".`,
  'reporting.graceDays input.invalid': (found) => `${found} is not a number of days from 0 to 30.`,
  'reporting.reviewLevels input.invalid': (found) => `${found} is not a number of levels from 0 to 4.`,
  'pace.severe input.invalid': (found) =>
    `${found} is not below 0. Write how many points behind the path are far behind, such as -5.`,
  'issues.series input.invalid': (found) =>
    `${found} has no {n}, so that all questions would have one number. Write for example "No. {n} of {year}".`,
  'roles.legal input.required': () =>
    'there are legal questions ("issues") and nobody to answer them. Name the role "legal", or take "issues" out.',
  'regulation issue.notKept': () =>
    'a regulation is there for legal questions, and this programme keeps none ("issues" is missing). Add "issues", or take "regulation" out.',

  'baselines.inForceFrom input.invalid': (found) =>
    `${found} is not after the day of the baseline before it. Put them in order of their days.`,
  'baselines.main input.invalid': (found) =>
    `${found} is the key of none of its targets. Name one of them, or take "main" out.`,
  'baselines.targets.measure input.invalid': (found) => `${found} is no measure. Write "count", "coverage" or "rate".`,
  'baselines.targets.threshold input.invalid': (found) =>
    `${found} is not above 0. For a coverage write a share, such as 0.9 for 90%.`,
  'baselines.targets.threshold input.type': (found) =>
    `${found} is not a number, without quotation marks. For a coverage write a share, such as 0.9 for 90%.`,
  'baselines.targets.counter input.invalid:rhythm': (_, { unit, rhythm }) =>
    `a rate is a mean of seven days, and unit "${unit}" reports this counter ${rhythm}. Measure it by a count, or by a counter that is reported daily.`,
  'baselines.targets.due programme.dueEarly': LATER,
  'baselines.targets.base input.required': (_, { unit, key }) =>
    key === ''
      ? 'a coverage is a share of a base, and none is named. Write the key of a base in bases.csv.'
      : `bases.csv has no row with the key "${key}" for the unit "${unit}", so there is nothing to be a share of. Add the row, or correct the key.`,
  'baselines.targets.shareBy input.invalid': (found) =>
    `bases.csv has no row with the key ${found}. Correct it, or write null.`,
  'baselines.targets.allocation input.invalid': (_, { name, sum, whole }) =>
    `the typed parts below "${name}" are ${sum}, and its own part is ${whole}. They may be less only while somebody below is left to take the rest.`,
  'baselines.targets.allocation.* input.invalid:outside': (_, { unit }) =>
    `the unit is not below "${unit}", whose target this is. Take it out.`,
  'baselines.targets.path.start.* input.invalid:outside': (_, { unit }) =>
    `the unit is not below "${unit}", whose target this is. Take it out.`,
  'baselines.targets.path.ramp.from input.invalid': (found) => `${found} is not a share above 0 and at most 1.`,
  'baselines.targets.path.ramp.workdays input.invalid': (found) =>
    `${found} is not a number of working days from 0 to 400.`,
  'calendar.weekend input.invalid': (found) => `${found} is no day of the week. Write 0 for Sunday to 6 for Saturday.`,
}

/** A key or a code that has a sign which addresses cannot have. */
const code = (found: string, what: string) =>
  `${found} is not ${what}: 1 to 40 letters A to Z, digits, ".", "_" or "-", beginning with a letter or digit.`

function notWhole(found: string, { params = {} }: ProgrammeFault): string {
  const text = found.replaceAll('"', '')
  // a lesser number, or three digits behind the mark, may be thousands or millions
  const whole = /^\d{4,}[.,](?!\d{3}$)\d+$/.exec(text)
  if (whole !== null)
    return `${found} is no whole number. A base counts people: round it, to ${Math.round(Number(text.replace(',', '.')))}.`
  return `${found} is no whole number. ${params.n === undefined ? 'Write it in digits, such as 3167034.' : `If ${params.n} is meant, write ${params.n}.`}`
}

/** What a value has to be, by the name that the schema gives it. */
const KINDS: Readonly<Record<string, string>> = {
  string: 'a text in quotation marks',
  number: 'a number, without quotation marks',
  int: 'a whole number',
  boolean: 'true or false, without quotation marks',
  object: 'an object in braces',
  record: 'an object in braces',
  array: 'a list in square brackets',
}
const kind = (expected: string | number | undefined) => KINDS[String(expected)] ?? String(expected)

/** What a file is to be saved as. */
const savedAs = (file: string) => `Save the file as ${file.endsWith('.json') ? 'UTF-8' : '“CSV UTF-8”'}.`

const LIST = /(^|\.)(levels|counters|baselines|targets|categories)$/
const NAMED = /(^|\.)(name|item|source|definition|subject|short|office|district|legal|viewer)$/
const NAME = 'Write a text, or { "zh": "…", "en": "…" }; one language is enough.'
const KEY = /(^|\.)(key|unit|counter|base|shareBy|within|main|level|parent|into)$/

/** Sentences for a code wherever it stands. */
const ANYWHERE: Readonly<Record<string, Say>> = {
  'input.required': (_, { expected, name }, { field = '' }) =>
    name !== undefined
      ? `nobody has the part "${name}". Add one.`
      : NAMED.test(field)
        ? `is missing or empty. ${NAME}`
        : expected === undefined
          ? 'is missing or empty. Fill it in.'
          : `is missing. Write ${kind(expected)}.`,
  'input.type': (found, { expected }, { field = '' }) =>
    NAMED.test(field) ? `${found} is no text. ${NAME}` : `${found} is not ${kind(expected)}.`,
  'input.invalid': (found, _, { field = '' }) => {
    if (found === '[]')
      return LIST.test(field) ? 'the list is empty. It needs at least one entry.' : '[] is not a text.'
    return KEY.test(field)
      ? code(found, 'a key')
      : `${found} is none of the values that are possible here. See docs/programme.md.`
  },
  'input.tooLong': (_, { max }) => `is longer than ${max} signs. Shorten it.`,
  'input.tooMany': (_, { max }) => `has more than ${max} entries. Take some out.`,
  'input.unknownField': (_, { name }) => `"${name}" is a name that means nothing here. Correct it, or take it out.`,
  'input.duplicate': (_, { name }) => `"${name}" stands there twice, and only one of them would count. Take one out.`,
  'input.hidden': (_, { sign }) => `has a sign that cannot be seen (${sign}). Type the text anew.`,
  'input.lineBreak': () => 'goes over more than one line. Write it on one.',
  'input.notJson': (_, { why }) => `is not JSON: ${why ?? 'it cannot be read'}.`,
  'unit.unknown': (_, { unit }) => `units.csv has no unit "${unit}". Correct the code.`,
  'unit.notReporting': (_, { unit }) => `"${unit}" has units below it, so it does not report. Name one that reports.`,
  'counter.unknown': (_, { key }) => `"${key}" is the key of none of the counters. Correct it.`,
  'report.notInteger': (found) => `${found} is no whole number.`,
  'report.negative': (found) => `${found} is below 0. Write a whole number, 0 or more.`,
  'report.tooLarge': (found) => `${found} is more than 999,999,999, the largest figure there is.`,
  'day.invalid': (found) => `${found} is no day of the calendar. ${DAY}`,
  'count.unclear': (_, { text, n }) =>
    `"${text}" can be read in two ways, and no other figure of its column says which. Write it without marks: ${n}, if that is meant.`,
  'count.mixed': (_, { text, other }) =>
    `"${text}" and "${other}" of one column separate thousands or decimals in two ways. Write all its figures in digits alone.`,
  'table.empty': () => 'the file is empty. Its first row holds the headings.',
  'table.quote': () =>
    'a quotation mark begins here and does not end, or stands inside a cell. Add the other one, take this one out, or write it twice.',
  'table.headingTwice': (_, { name, other }, { place }) =>
    `the heading "${name}" stands twice, in column ${other} and in ${place.replace(/^.*, /, '')}, so that it is not known which one is meant. Take one of the columns out.`,
  'table.headingUnknown': (found) => `no column is called ${found}. Correct the heading, or take the column out.`,
  'table.headingNumber': (found) => `${found} stands where a heading has to be. The first row holds the headings.`,
  'table.headingBlank': () => 'the column has no heading. Write one, or empty the column.',
  'table.headingMissing': (_, { name }) => `the column "${name}" is missing. Add it.`,
  'table.headingsBelow': (found, { n }) =>
    `${found} stands above the headings, which are in row ${n}. Take out what stands above them.`,
  'table.headingsAgain': (_, { n }) => `the headings of row ${n} stand here again. Take the row out.`,
  'table.noHeadings': (found, { names }) =>
    `${found} and what follows it are no headings. The first row holds them: ${names}.`,
  'table.note': (found) => `${found} is all that the row holds. Take it out where it is a title or a note.`,
  'table.turned': () =>
    'the headings stand in the first column. Turn the table around (transpose), so that they stand in the first row.',
  'table.rowLong': (_, { n, max }) =>
    `the row has ${n} cells where there are ${max} headings. Put quotation marks around a cell that has a comma in it.`,
  'table.rowShort': (_, { n, max }) =>
    `the row has ${n} cells where there are ${max} headings. A blank cell keeps its comma.`,
  'table.zerosLost': (_, { text, code }) =>
    `"${text}" is the unit ${code} without the zeros before it, as a spreadsheet leaves it. Give the column the format "text" and write ${code}.`,
  'table.codeShortened': (_, { text }) =>
    `"${text}" is a code that a spreadsheet has rounded. Give the column the format "text" and write the code in full.`,
  'file.utf16': (_, __, { file }) => `the file is written in UTF-16 (“Unicode text”). ${savedAs(file)}`,
  'file.encoding': (_, __, { file }) => `a sign is not written in UTF-8; it may be Latin-1 or GBK. ${savedAs(file)}`,
  'file.packed': () => 'the file is a workbook, not text. Save its sheet as “CSV UTF-8”.',
}
