/** Asks what a new programme is, in as few questions as it can be started with. */
import type { Programme } from '../../../shared/domain/programme.ts'
import { isDay } from '../../../shared/progress/day.ts'
import { RHYTHMS } from '../../../shared/domain/values.ts'
import { readCount } from '../../../shared/reading/count.ts'
import { key as keySchema, parse, timeZone as zoneSchema } from '../../../shared/schema.ts'
import { AnswerFault, type Answers, type Question } from './answers.ts'
import { type NewUnit, reports, unitsIn, unitsTyped, withSums } from './tree.ts'

/** A programme as it was answered; names are in one language. */
export interface Answered {
  language: 'zh' | 'en'
  key: string
  name: string
  item: string
  timeZone: string
  startsOn: string
  endsOn: string
  levels: string[]
  units: NewUnit[]
  counters: { key: string; name: string; cumulative?: true }[]
  rhythm: (typeof RHYTHMS)[number]
  deadline: string
  reviewLevels: number
  /** null: nobody is reminded */
  escalation: Programme['reporting']['escalation'] | null
  /** null: no population is known */
  bases: { counts: string; values: ReadonlyMap<string, number>; source: string; official: boolean } | null
  target: { name: string; measure: 'count' | 'coverage'; threshold: number; due: string }
  legal: boolean
}

/** What a programme may have. */
const MOST_LEVELS = 4
const DAY_MINUTES = 1_440

const text = (id: string, asks: string, usual?: string): Question<string> => ({
  id,
  asks,
  ...(usual === undefined ? {} : { usual }),
  read: (answer) => answer.trim(),
})
const oneOf = <T extends string>(id: string, asks: string, choices: readonly T[], usual: T): Question<T> => ({
  id,
  asks: `${asks} (${choices.join(', ')})`,
  usual,
  read(answer) {
    const begin = choices.filter((c) => c.toLowerCase().startsWith(answer.toLowerCase()))
    const found = begin.find((c) => c.length === answer.length) ?? begin[0]
    if (found === undefined || (begin.length > 1 && found.length > answer.length))
      throw new AnswerFault(`is "${answer}", not one of ${choices.join(', ')}`)
    return found
  },
})
const yes = (id: string, asks: string, usual: 'yes' | 'no') => oneOf(id, asks, ['yes', 'no'], usual)
const day = (id: string, asks: string, usual: string, after = ''): Question<string> => ({
  id,
  asks,
  usual,
  read(answer) {
    if (!isDay(answer)) throw new AnswerFault(`is "${answer}", no day such as 2026-03-31`)
    if (answer <= after) throw new AnswerFault(`is ${answer}, not after ${after}`)
    return answer
  },
})
const list = (id: string, asks: string, usual: string): Question<string[]> => ({
  id,
  asks,
  usual,
  read(answer) {
    const found = answer
      .split(/[,，、]/)
      .map((part) => part.trim())
      .filter(Boolean)
    if (new Set(found).size < found.length) throw new AnswerFault('names one of them twice')
    return found
  },
})
/** Names, each with a key of its own: the one before its `=`, or what is left of the name in letters and digits. */
function countersOf(usual: string): Question<Answered['counters']> {
  const names = list(
    'counters',
    'Counters that are reported, the first step first, such as applications, issued (a short name for files may stand before: issued = 发证)',
    usual,
  )
  return {
    ...names,
    read(answer) {
      const found = names.read(answer).map((part, i) => {
        const [, own, name = part] = /^([^=]*)=(.*)$/.exec(part) ?? []
        const key = own?.trim() ?? (slug(name).toLowerCase() || `c${i + 1}`)
        if (!parse(keySchema, key).ok)
          throw new AnswerFault(`has "${key}", not 1 to 40 letters, digits, ".", "_" or "-"`)
        return { key, name: name.trim() }
      })
      const twice = found.find(({ key }, i) => found.findIndex((other) => other.key === key) < i)
      if (twice !== undefined)
        throw new AnswerFault(
          `has two with the short name "${twice.key}"; write another one as in issued = ${twice.name}`,
        )
      return found
    },
  }
}
/** Keys of those that are reported as running totals. */
function keptOf(counters: Answered['counters']): Question<string[]> {
  const names = list(
    'cumulative',
    `Which of them are reported as their running total so far (累计), not as the day's figure: ${counters.map(({ key }) => key).join(', ')}, or nothing`,
    '',
  )
  return {
    ...names,
    read: (answer) =>
      names.read(answer).map((part) => {
        const found = counters.find(({ key, name }) => key === part || name === part)
        if (found === undefined) throw new AnswerFault(`has "${part}", which is none of the counters`)
        return found.key
      }),
  }
}
const countOf = (id: string, asks: string): Question<number> => ({
  id,
  asks,
  read(answer) {
    const read = readCount(answer)
    if (read.kind !== 'count' || read.value < 1) throw new AnswerFault(`is "${answer}", no whole number above 0`)
    return read.value
  },
})

/** `folder` gives the key, `today` and `zone` what is usual. Rejects with an `AnswerFault` where nobody can be asked again. */
export async function askProgramme(answers: Answers, folder: string, today: string, zone: string): Promise<Answered> {
  const language = await answers.ask(oneOf<'en' | 'zh'>('language', 'Language of its names', ['en', 'zh'], 'en'))
  const name = await answers.ask(text('name', 'What is the rollout called'))
  const key = await answers.ask(
    checked(
      'key',
      'Short name for files and addresses',
      slug(folder) || 'programme',
      keySchema,
      'not 1 to 40 letters, digits, ".", "_" or "-"',
    ),
  )
  const item = await answers.ask(text('item', 'What is counted, such as permits'))
  const named = await answers.ask(countersOf(item))
  const kept = await answers.ask(keptOf(named))
  const counters = named.map((c) => (kept.includes(c.key) ? { ...c, cumulative: true as const } : c))
  const timeZone = await answers.ask(
    checked('timeZone', 'Time zone', zone, zoneSchema, 'no time zone such as Europe/Berlin'),
  )
  const startsOn = await answers.ask(day('startsOn', 'First day that is reported', today))
  const endsOn = await answers.ask(day('endsOn', 'Last day that is reported', yearAfter(startsOn), startsOn))
  const rhythm = await answers.ask(oneOf('rhythm', 'How often units report', RHYTHMS, 'workdays'))
  const deadline = await answers.ask(timeOf('deadline', 'Time of day by which a report is due', '17:30'))
  const units = await askUnits(answers)
  const depth = Math.max(...units.map((u) => u.depth)) + 1
  const usual =
    depth === 2
      ? 'City, District'
      : ['City', 'District', 'Street', ...Array.from({ length: depth }, (_, i) => `Level ${i + 4}`)]
          .slice(0, depth)
          .join(', ')
  const levels = await answers.ask({
    ...list('levels', `What its ${depth} levels of units are called, from the top`, usual),
    read(answer) {
      const found = list('levels', '', '').read(answer)
      if (found.length !== depth) throw new AnswerFault(`has ${found.length} names for ${depth} levels`)
      return found
    },
  })
  const reviewLevels = await answers.ask(levelsOf(depth))
  const escalation = await askEscalation(answers)
  const bases = await askBases(answers, units, startsOn)
  const target = await askTarget(answers, bases !== null, endsOn, startsOn)
  const legal = (await answers.ask(yes('legal', 'Are legal questions kept as well', 'no'))) === 'yes'
  return {
    language,
    key,
    name,
    item,
    timeZone,
    startsOn,
    endsOn,
    levels,
    units,
    counters,
    rhythm,
    deadline,
    reviewLevels,
    escalation,
    bases,
    target,
    legal,
  }
}

async function askUnits(answers: Answers): Promise<NewUnit[]> {
  const whole = await answers.ask(text('whole', 'Name of the whole, such as the city'))
  const file = await answers.ask({
    ...text('unitsFile', 'File with the units (CSV with the columns name, parent, base), or nothing to type them', ''),
    read: (path) => (path === '' ? null : unitsIn(path, whole)),
  })
  if (file !== null) return file
  const lines = await answers.lines(
    'units',
    'Units, one a line; "North: Oak, Elm" has others below it; a blank line ends them:',
  )
  return unitsTyped(whole, lines)
}

/** The topmost unit gives the last approval, each step down one less, so there are hardly more than levels of units. */
const levelsOf = (depth: number): Question<number> => ({
  id: 'reviewLevels',
  asks: `How often a figure is approved before it counts, 0 to ${Math.min(MOST_LEVELS, depth)}; 0: it counts as soon as it is reported`,
  usual: '0',
  read(answer) {
    const most = Math.min(MOST_LEVELS, depth)
    const read = readCount(answer)
    if (read.kind !== 'count' || read.value > most)
      throw new AnswerFault(`is "${answer}", no number of approvals from 0 to ${most}`)
    return read.value
  },
})

/** What follows when a report is missing. */
async function askEscalation(answers: Answers): Promise<Answered['escalation']> {
  const reminds = await answers.ask(yes('reminders', 'Is whoever owes a report reminded at the deadline', 'yes'))
  if (reminds === 'no') return null
  const districtAfter = await answers.ask({
    id: 'districtAfter',
    asks: 'Minutes after the deadline at which those above are reminded as well',
    usual: '30',
    read(answer: string) {
      const read = readCount(answer)
      if (read.kind !== 'count' || read.value > DAY_MINUTES)
        throw new AnswerFault(`is "${answer}", no number of minutes from 0 to ${DAY_MINUTES}`)
      return read.value
    },
  })
  const supervisionAt = await answers.ask(
    timeOf(
      'supervisionAt',
      'Time of the next working day at which the office follows up what is still missing',
      '09:00',
    ),
  )
  const onTimeGoal = await answers.ask({
    id: 'onTimeGoal',
    asks: 'Share of reports that should come in time',
    usual: '95%',
    read: shareOf,
  })
  return { districtAfter, supervisionAt, onTimeGoal }
}

/** `95%` as 0.95 */
function shareOf(answer: string): number {
  const percent = Number(/^(\d{1,3}(?:\.\d{1,4})?) ?%$/.exec(answer)?.[1] ?? NaN)
  if (!(percent > 0 && percent <= 100)) throw new AnswerFault(`is "${answer}", not a share from 0 to 100%`)
  // the shortest decimals that are this share
  return Number((percent / 100).toFixed(6))
}

async function askBases(answers: Answers, units: readonly NewUnit[], startsOn: string): Promise<Answered['bases']> {
  const inTable = units.filter((u) => u.base !== null)
  const usual = inTable.length > 0 ? 'yes' : 'no'
  const has = await answers.ask(
    yes('bases', 'Is it known how many people, or other things, each unit has to reach in all', usual),
  )
  if (has === 'no') return null
  const counts = await answers.ask(text('baseCounts', 'What that figure counts', 'People'))
  const given = new Map<string, number>(inTable.map((u) => [u.code, u.base!]))
  for (const unit of units)
    if (reports(units, unit) && !given.has(unit.code))
      given.set(unit.code, await answers.ask(countOf(`base.${unit.name}`, `  ${unit.name}`)))
  const source = await answers.ask(text('baseSource', 'Where the figures come from', `own figures of ${startsOn}`))
  const official = (await answers.ask(yes('baseOfficial', 'Are they official', 'no'))) === 'yes'
  return { counts, values: withSums(units, given), source, official }
}

async function askTarget(
  answers: Answers,
  hasBases: boolean,
  endsOn: string,
  startsOn: string,
): Promise<Answered['target']> {
  const goal = await answers.ask<Pick<Answered['target'], 'measure' | 'threshold'>>({
    id: 'target',
    asks: hasBases
      ? 'Target of the whole by the last counter: a number, or a share such as 90%'
      : 'Target of the whole by the last counter: a number',
    read(answer) {
      if (!answer.endsWith('%')) return { measure: 'count', threshold: countOf('target', '').read(answer) }
      if (!hasBases) throw new AnswerFault('is a share, and it is not known of what')
      return { measure: 'coverage', threshold: shareOf(answer) }
    },
  })
  const due = await answers.ask(day('due', 'Day by which that has to be reached', endsOn, startsOn))
  const name = await answers.ask(text('targetName', 'Name of the target', 'Target'))
  return { name, due, ...goal }
}

function checked(
  id: string,
  asks: string,
  usual: string,
  schema: typeof keySchema | typeof zoneSchema,
  what: string,
): Question<string> {
  return {
    id,
    asks,
    usual,
    read(answer) {
      const read = parse(schema, answer)
      if (!read.ok) throw new AnswerFault(`is "${answer}", ${what}`)
      return read.value
    },
  }
}

function timeOf(id: string, asks: string, usual: string): Question<string> {
  return {
    id,
    asks,
    usual,
    read(answer) {
      if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(answer)) throw new AnswerFault(`is "${answer}", no time such as 17:30`)
      return answer
    },
  }
}

/** A name as a key; empty where nothing of it is left. */
function slug(name: string): string {
  const found = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+|-+$/g, '')
  return found.slice(0, 40)
}

function yearAfter(start: string): string {
  return Temporal.PlainDate.from(start).add({ years: 1 }).subtract({ days: 1 }).toString()
}
