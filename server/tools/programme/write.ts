/** Writes a new programme's folder. */
import { mkdirSync, readdirSync, rmdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { AnswerFault } from './answers.ts'
import type { Answered } from './ask.ts'

/** What the roles are called until somebody calls them otherwise. */
const ROLES = {
  en: { office: 'Programme office', district: 'Official', legal: 'Legal office', viewer: 'Read only' },
  zh: { office: '主管部门', district: '填报员', legal: '法制部门', viewer: '只读' },
} as const
const WORDS = {
  en: {
    series: 'No. {n} of {year}',
    other: 'Other',
    plan: 'Plan',
    weekends: 'weekends only; holidays are to be added',
    note: 'The bases are planning values, not official.',
  },
  zh: {
    series: '〔{year}〕{n}号',
    other: '其他',
    plan: '计划',
    weekends: '仅周末，节假日待补',
    note: '基数为规划值，非官方。',
  },
} as const

/** Throws an `AnswerFault` where the folder is not empty. What it returns takes a folder away that it had made. */
export function claimFolder(folder: string): () => void {
  const made = mkdirSync(folder, { recursive: true })
  if (readdirSync(folder).length > 0)
    throw new AnswerFault(`${folder} is not empty: a new programme takes a folder of its own`)
  return () => {
    if (made !== undefined) rmdirSync(folder)
  }
}

/** Writes the four files; `today` is the day of the bases. */
export function writeProgramme(folder: string, a: Answered, today: string): void {
  const write = (file: string, text: string) => writeFileSync(join(folder, file), text)
  const { bases, units } = a
  write(
    'units.csv',
    sheet(
      ['code', 'name', 'level', 'parent'],
      units.map((u) => [u.code, u.name, `level${u.depth + 1}`, u.parent]),
    ),
  )
  const official = bases?.official === true ? 'yes' : 'no'
  write(
    'bases.csv',
    sheet(
      ['key', 'version', 'unit', 'value', 'as_of', 'official', 'source'],
      bases === null
        ? []
        : units.map((u) => ['people', '1', u.code, String(bases.values.get(u.code)), today, official, bases.source]),
    ),
  )
  write('calendar.json', json({ source: WORDS[a.language].weekends, weekend: [0, 6], off: [], work: [] }))
  write('programme.json', json(headOf(a)))
}

function headOf(a: Answered) {
  const words = WORDS[a.language]
  const { legal: legalRole, ...roles } = ROLES[a.language]
  const { bases, counters, target } = a
  return {
    key: a.key,
    name: a.name,
    language: a.language,
    item: a.item,
    timeZone: a.timeZone,
    startsOn: a.startsOn,
    endsOn: a.endsOn,
    levels: a.levels.map((name, i) => ({ key: `level${i + 1}`, name })),
    counters: counters.map((c, i) => (i === 0 ? c : { ...c, within: counters[i - 1]!.key })),
    ...(bases === null ? {} : { definitions: { people: bases.counts } }),
    baselines: [
      {
        key: 'T1',
        name: words.plan,
        inForceFrom: a.startsOn,
        // parts that follow from planning values are such themselves
        official: bases === null || bases.official,
        targets: [
          {
            key: 'target',
            name: target.name,
            unit: a.units[0]!.code,
            measure: target.measure,
            counter: counters.at(-1)!.key,
            threshold: target.threshold,
            ...(target.measure === 'coverage' ? { base: 'people' } : bases === null ? {} : { shareBy: 'people' }),
            due: target.due,
            path: { from: a.startsOn },
          },
        ],
      },
    ],
    reporting: {
      deadline: a.deadline,
      expected: a.rhythm,
      reviewLevels: a.reviewLevels,
      ...(a.escalation === null ? {} : { escalation: a.escalation }),
    },
    roles: a.legal ? { ...roles, legal: legalRole } : roles,
    ...(a.legal ? { issues: { series: words.series, categories: [{ key: 'other', name: words.other }] } } : {}),
    notes: bases === null || bases.official ? [] : [words.note],
  }
}

const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`
const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)
const sheet = (headings: readonly string[], rows: readonly (readonly string[])[]) =>
  [headings, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('')
