/** Any mix of commands, by a seed: partial reports, conflicts, reviews, withdrawals, moves, offers, days and months. */
import { type Core, SYSTEM } from '../../server/core/core.ts'
import type { Store } from '../../server/store/store.ts'
import type { Actor } from '../../shared/policy.ts'
import { addDays, type Day } from '../../shared/progress/day.ts'
import type { ReportRow } from '../../shared/view/rows.ts'
import type { Chance } from './chance.ts'
import { type Bench, districtA, districtB, item, legal, newId, office, otherA } from './core.ts'
import { tinyProgramme } from './programme.ts'

const STREETS = ['A1', 'A2', 'A3', 'B1', 'B2']
const COUNTERS = ['accepted', 'issued']
const CONFIRMED = ['report.unusual', 'report.exceeds', 'report.coverageOver'] as const

/** A command as it was sent, so that it can be sent again. */
export type Sent = Parameters<Bench['core']['dispatch']>

/** What it needs of a server. */
export interface Acted {
  core: Pick<Core, 'dispatch'>
  store: Pick<Store, 'head'>
  rows: Bench['rows']
}

export interface Disorder {
  /** sends one command, whatever comes of it */
  act(bench: Acted): Promise<void>
  /** commands so far, and the answers of those that were accepted */
  sent: readonly Sent[]
  answers: ReadonlyMap<string, string>
}

/** Begins on the day that has begun. */
export function disorder({ next, below, pick }: Chance, begun: Day): Disorder {
  let day = begun
  let baselines = 1
  const visited: { unit: string; about: Day }[] = []
  const sent: Sent[] = []
  const answers = new Map<string, string>()

  async function send(bench: Acted, actor: Actor, kind: string, data: unknown): Promise<void> {
    const id = newId()
    const call: Sent = [{ id, kind, data }, actor]
    sent.push(call)
    const answer = await bench.core.dispatch(...call)
    if (answer.ok) answers.set(id, JSON.stringify(answer))
  }
  const writerOf = (unit: string): Actor => pick([office, unit.startsWith('A') ? pick([districtA, otherA]) : districtB])
  const reportOf = async (bench: Acted, unit: string, about: Day): Promise<ReportRow | undefined> =>
    (await bench.rows('report', `sheet:${unit}/${about}`))[0]

  async function aboutReport(bench: Acted): Promise<void> {
    // mostly where somebody has been lately, so that people get into each other's way
    const fresh = { unit: pick(STREETS), about: addDays(day, -below(12)) }
    const { unit, about } = visited.length > 0 && next() < 0.65 ? pick(visited.slice(-6)) : fresh
    visited.push({ unit, about })
    const actor = writerOf(unit)
    const held = await reportOf(bench, unit, about)
    const figures = held?.figures ?? []
    const version = Math.max(0, ...figures.map((f) => f.version))
    const basedOn = next() < 0.8 ? version : below(50)
    const named = COUNTERS.filter((_, i) => (figures[i]?.version ?? 0) > 0 && next() < 0.7)
    const versions = Object.fromEntries(named.map((key) => [key, figures[COUNTERS.indexOf(key)]!.version]))
    const cell = { unit, day: about }
    const dice = next()
    if (figures.some((f) => f.state === 'disputed') && dice < 0.4) {
      const basis = Math.max(version, ...figures.map((f) => f.claim?.version ?? 0))
      const about = COUNTERS.filter((_, i) => figures[i]!.state === 'disputed')
      const values = Object.fromEntries(about.map((key) => [key, below(300)]))
      return send(bench, actor, 'SettleDispute', { ...cell, values, basedOn: basis, reason: 'x', confirmed: CONFIRMED })
    }
    if (dice < 0.12) {
      const counters = next() < 0.5 ? {} : { counters: [pick(COUNTERS)] }
      return send(bench, actor, 'WithdrawReports', {
        items: [{ ...cell, ...counters, basedOn }],
        reason: 'wrong street',
      })
    }
    if (dice < 0.22) {
      const to = { unit: pick(STREETS), day: addDays(about, -below(2)) }
      const theirs = await reportOf(bench, to.unit, to.day)
      const seen = Math.max(0, ...(theirs?.figures ?? []).map((f) => f.version))
      const sides = { from: { ...cell, basedOn }, to: { ...to, basedOn: seen } }
      return send(bench, actor, 'ReattributeReports', { ...sides, reason: 'theirs', confirmed: CONFIRMED })
    }
    if (dice < 0.34 && named.length > 0) return send(bench, actor, 'ApproveReports', { items: [{ ...cell, versions }] })
    if (dice < 0.38 && named.length > 0)
      return send(bench, actor, 'ReturnReports', { items: [{ ...cell, versions }], reason: 'which building?' })
    const values = Object.fromEntries(COUNTERS.filter(() => next() < 0.75).map((key) => [key, below(300)]))
    const type = figures.every((f) => f.value === null) ? 'late' : pick(['corrected', 'reduced'])
    const more = { basedOn, type, reason: 'because', confirmed: [...CONFIRMED] } as Parameters<typeof item>[3]
    return send(bench, actor, 'SubmitReports', { items: [item(unit, about, values, more)] })
  }

  async function aboutSilence(bench: Acted): Promise<void> {
    const cells = [{ unit: pick(STREETS), day: addDays(day, -below(9)) }]
    const stages = Object.fromEntries(
      ['official', 'district', 'supervision'].filter(() => next() < 0.6).map((stage) => [stage, addDays(day, -1)]),
    )
    const roll = next()
    if (roll < 0.5) return send(bench, SYSTEM, 'Escalate', stages)
    if (roll < 0.65) return send(bench, office, 'RemindOfficials', { cells, text: 'please' })
    if (roll < 0.75) return send(bench, office, 'NoteCall', { ...cells[0]!, member: 'otherA', text: 'by noon' })
    if (roll < 0.85) return send(bench, office, 'PostponeReminder', { cells, until: addDays(day, 1), reason: 'moving' })
    return send(bench, districtA, 'SeeReminder', { reminder: await bench.store.head() })
  }

  async function act(bench: Acted): Promise<void> {
    const dice = next()
    if (dice < 0.06) {
      // now and then a month passes
      day = addDays(day, next() < 0.15 ? 28 : 1 + below(3))
      return send(bench, SYSTEM, 'BeginDay', { day })
    }
    if (dice < 0.12) return send(bench, SYSTEM, 'PassDeadline', { day })
    if (dice < 0.13) return aboutSilence(bench)
    if (dice < 0.14) return send(bench, office, 'LockPeriod', { through: addDays(day, -20) })
    if (dice < 0.15) return send(bench, office, 'ReopenPeriod', { from: addDays(day, -25), reason: 'a box was found' })
    if (dice < 0.16) {
      const baseline = {
        ...tinyProgramme().baselines[0]!,
        key: `T${++baselines}`,
        inForceFrom: addDays(day, baselines * 9),
      }
      return send(bench, office, 'AddBaseline', { baseline, reason: 'decided' })
    }
    if (dice < 0.19) {
      const issue = { title: 't', text: 'x', category: 'fee', unit: pick(['C', ...STREETS]), from: day, to: null }
      return send(bench, legal, 'LogIssue', { ...issue, article: null, counters: [] })
    }
    const issue = 1 + below(4)
    if (dice < 0.22) return send(bench, pick([legal, office]), 'ReplyToIssue', { issue, text: 'r' })
    if (dice < 0.24) return send(bench, legal, pick(['CloseIssue', 'ReopenIssue']), { issue, reason: 'r' })
    if (dice < 0.28) {
      const offer = 1 + below(6)
      return send(bench, pick([office, districtA, districtB]), 'AcceptReattribution', {
        offer,
        basedOn: await bench.store.head(),
        confirmed: CONFIRMED,
      })
    }
    if (dice < 0.3) return send(bench, office, 'DeclineReattribution', { offer: 1 + below(6), reason: 'not ours' })
    return aboutReport(bench)
  }

  return { act, sent, answers }
}
