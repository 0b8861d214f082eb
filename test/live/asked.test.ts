/** Quality questions as a sheet shows them, and what becomes of them when they are answered. */
import { beforeEach, expect, test } from 'vitest'
import type { CommandKind } from '../../shared/command.ts'
import type { Values } from '../../shared/domain/values.ts'
import { forkWorld, restoreWorld, saveWorld } from '../../shared/domain/world.ts'
import { subjectOf } from '../../shared/event.ts'
import type { Actor } from '../../shared/policy.ts'
import type { AskedQuestion } from '../../shared/view/asked.ts'
import type { VersionRow } from '../../shared/view/rows.ts'
import { ask, began, joined } from '../domain/given.ts'
import { type WrittenLog, writtenLog } from '../support/log.ts'
import { districtA, districtB, PEOPLE } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'

const [FIRST, DAY, NEXT] = ['2008-01-02', '2008-01-03', '2008-01-04'] as const
const whole = { accepted: 400, issued: 300 }

let log: WrittenLog
function start(reviewLevels = 0): void {
  log = writtenLog()
  const programme = tinyProgramme({ reporting: { ...tinyProgramme().reporting, reviewLevels } })
  log.add('ProgrammeOpened', { programme, origin: 'real' })
  log.write(...joined(PEOPLE), began(FIRST), began(DAY), began(NEXT))
}
beforeEach(() => start())

const report = (day: string, values: Values, unit = 'A1') =>
  log.add('ReportSubmitted', { unit, day, values }, 'districtA')
const asked = (day: string): AskedQuestion[] =>
  log.rows('asked', `sheet:A/${day}`).flatMap(({ questions }) => questions)
const answer = (seq: number, text = 'the same stall') =>
  log.add(
    'QuestionsAnswered',
    { unit: 'A1', day: DAY, versions: { accepted: seq }, codes: { accepted: ['copied'] }, text },
    'districtA',
  )

const world = () => log.projector.state().world
const decided = (by: Actor, kind: CommandKind, data: unknown) => ask(world(), by, kind, data)

test('R44 R46 a question hangs on the cell that it is about, with its version and evidence, and goes with its cause', () => {
  report(FIRST, whole)
  expect(asked(FIRST)).toEqual([])
  const seq = report(DAY, whole)
  const reports = [FIRST, DAY].map((day) => ({ day, values: [400, 300] }))
  expect(asked(DAY)).toEqual([{ code: 'copied', counter: 0, version: seq, evidence: { reports, run: 2 } }])
  expect(asked(FIRST)).toEqual([])
  report(FIRST, { issued: 301 })
  expect(asked(DAY)).toEqual([])
})

test('R51 R52 an answered question stays beside its figure, with who and why, until the figure has another value', () => {
  report(FIRST, whole)
  const seq = report(DAY, whole)
  const at = answer(seq)
  const by = { id: 'districtA', name: 'District A' }
  expect(asked(DAY)).toMatchObject([{ answer: { text: 'the same stall', by, at: Date.parse(log.events[at - 1]!.at) } }])
  answer(seq, 'counted again')
  expect(asked(DAY)).toMatchObject([{ answer: { text: 'counted again' } }])
  report(DAY, { accepted: 401 })
  report(DAY, { accepted: 400 })
  expect(asked(DAY)).toHaveLength(1)
  expect(asked(DAY)[0]).not.toHaveProperty('answer')
})

test('R51 the answer stands in the history of the report', async () => {
  report(FIRST, whole)
  const at = answer(report(DAY, whole))
  const scope = `history:report/A1/${DAY}`
  const about = log.events.filter((e) => subjectOf(e) === `report/A1/${DAY}`)
  await log.projector.scopes.readHistory(scope, () => Promise.resolve(about))
  const versions = log.rows('version', scope)
  expect(versions.find(({ seq }) => seq === at)).toMatchObject({
    type: 'QuestionsAnswered',
    reason: 'the same stall',
    answered: { accepted: ['copied'] },
    changes: [],
  } satisfies Partial<VersionRow>)
})

test('R51 it is answered by who may write there, for the version that was seen, and once it is asked', () => {
  report(FIRST, whole)
  const seq = report(DAY, whole)
  const input = {
    unit: 'A1',
    day: DAY,
    versions: { accepted: seq },
    codes: { accepted: ['copied'] },
    text: 'as it was',
  }
  expect(decided(districtA, 'AnswerQuestions', input)).toMatchObject({
    ok: true,
    value: [{ type: 'QuestionsAnswered', data: input }],
  })
  expect(decided(districtB, 'AnswerQuestions', input)).toMatchObject({ refusals: [{ code: 'may.outsideUnit' }] })
  expect(decided(districtA, 'AnswerQuestions', { ...input, versions: { accepted: 9 } })).toMatchObject({
    refusals: [{ code: 'question.changed', at: 'versions.accepted' }],
  })
  expect(decided(districtA, 'AnswerQuestions', { ...input, codes: { accepted: ['jump'] } })).toMatchObject({
    refusals: [{ code: 'question.notAsked', at: 'codes.accepted' }],
  })
})

test('R52 what was asked and confirmed before is told, and asks nobody', () => {
  log.add(
    'ReportSubmitted',
    { unit: 'A1', day: DAY, values: { accepted: 5, issued: 9 }, confirmed: { issued: ['report.exceeds'] } },
    'districtA',
  )
  expect(asked(DAY)).toMatchObject([{ code: 'order', counter: 1, confirmed: true }])
})

test('R53 what a reviewer has approved is not asked about, and a correction beside it is', () => {
  start(1)
  report(FIRST, whole)
  const seq = report(DAY, whole)
  expect(asked(DAY)).toHaveLength(1)
  log.add('ReportApproved', { unit: 'A1', day: DAY, versions: { accepted: seq, issued: seq }, level: 1 }, 'office')
  expect(asked(DAY)).toEqual([])
  log.add(
    'ReportRestated',
    { unit: 'A1', day: DAY, values: { issued: 90 }, type: 'reduced', reason: 'not handed out' },
    'districtA',
  )
  expect(asked(DAY)).toMatchObject([{ code: 'jump', counter: 1, evidence: { was: 300, value: 90, former: [] } }])
})

test('R44 what awaits review has its questions in the queue, also where another day makes them', () => {
  start(1)
  report(FIRST, whole)
  const seq = report(DAY, whole)
  const queued = (day: string) => log.rows('queue', 'queue:C').find((row) => row.day === day)
  expect(queued(FIRST)).not.toHaveProperty('asked')
  expect(queued(DAY)).toMatchObject({ asked: [{ code: 'copied', counter: 0, version: seq }] })
  answer(seq)
  expect(queued(DAY)).toMatchObject({ asked: [{ answer: { text: 'the same stall' } }] })
  report(FIRST, { issued: 301 })
  expect(queued(DAY)).not.toHaveProperty('asked')
})

test('R47 what heaps is asked about at the newest figure, and what was answered for is not counted again', () => {
  const days = Array.from({ length: 34 }, (_, i) => `2008-02-${String(i + 1).padStart(2, '0')}`).slice(0, 29)
  const rounded = (from: number, to: number) => {
    for (const [i, day] of days.slice(from, to).entries()) {
      log.write(began(day))
      report(day, { accepted: 1_000 + 15 * (from + i) + 5 * ((from + i) % 3) })
    }
  }
  const heaps = (day: string) => asked(day).filter(({ code }) => code === 'heaping')
  rounded(0, 16)
  expect(heaps(days[14]!)).toEqual([])
  expect(heaps(days[15]!)).toMatchObject([{ counter: 0, evidence: { of: 16, found: 16 } }])
  log.add(
    'QuestionsAnswered',
    {
      unit: 'A1',
      day: days[15]!,
      versions: { accepted: log.events.length },
      codes: { accepted: ['heaping'] },
      text: 'x',
    },
    'districtA',
  )
  rounded(16, 29)
  expect(heaps(days[28]!)).toEqual([])
})

test('S17 answers are saved and restored with the world, and a fork keeps its own', () => {
  report(FIRST, whole)
  answer(report(DAY, whole))
  const again = restoreWorld(structuredClone(saveWorld(world())))
  expect([...again.answers.entries()]).toEqual([...world().answers.entries()])
  expect([...again.answers.entries()]).toMatchObject([[`A1/${DAY}`, [{ code: 'copied', text: 'the same stall' }]]])
  const fork = forkWorld(world())
  fork.answers.set('B1/2008-01-03', [])
  expect(world().answers.size).toBe(1)
})

test('R45 S1 what the units beside did that day counts, whoever of them reports last: rows are those of a fresh fold', () => {
  const streets = Array.from({ length: 8 }, (_, i) => ({
    ...tinyProgramme().units.find(({ code }) => code === 'A1')!,
    code: `S${i}`,
  }))
  log = writtenLog()
  const units = tinyProgramme().units.filter(({ parent }) => parent !== 'A')
  log.add('ProgrammeOpened', {
    programme: tinyProgramme({ units: [...units, ...streets], baselines: [], bases: [] }),
    origin: 'real',
  })
  log.write(...joined(PEOPLE))
  const days = ['02', '03', '04', '07', '08', '09', '10', '11', '14', '15'].map((day) => `2008-01-${day}`)
  for (const day of days) {
    log.write(began(day))
    for (const { code } of streets) report(day, { accepted: 200 + Number(day.slice(8)) }, code)
  }
  const last = '2008-01-16'
  log.write(began(last))
  report(last, { accepted: 900 }, 'S0')
  expect(asked(last)).toMatchObject([{ code: 'outlier', evidence: { value: 900, median: 208.5 } }])
  for (const [i, { code }] of streets.slice(1).entries()) {
    report(last, { accepted: 850 }, code)
    const fresh = writtenLog()
    fresh.projector.fold(log.events)
    expect(asked(last)).toEqual(fresh.rows('asked', `sheet:A/${last}`).flatMap(({ questions }) => questions))
    // six say that it was such a day
    expect(asked(last).length === 0).toBe(i >= 4)
  }
})
