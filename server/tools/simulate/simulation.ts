/** The parameters of a simulated history, beside a programme's own files: people, strengths, mishaps, legal questions. */
import { issueCommands } from '../../../shared/domain/issue.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { MACHINE } from '../../../shared/domain/machineId.ts'
import { ROLES, TASKS } from '../../../shared/domain/roles.ts'
import { day, key, line, parse, reason, text, z } from '../../../shared/schema.ts'
import { jsonIn, type ProgrammeFault } from '../../programs/files.ts'
import type { LoadedProgramme } from '../../programs/load.ts'

const share = z.number().min(0).max(1)
const time = z.string().regex(/^\d\d:\d\d$/)
const reasons = z.array(reason).min(1)
/** some only about certain counters (keys), at least one about any */
const said = z
  .array(z.union([reason, z.strictObject({ of: z.array(key).min(1), text: reason })]))
  .refine((list) => list.some((each) => typeof each === 'string'))
const cell = { unit: key, day }
/** local time in the programme's zone */
const moment = z.strictObject({ day, time })
const strength = z.strictObject({
  /** share of streets that are open */
  open: share,
  /** their strength relative to a working day */
  factor: share,
})

/** The rest is approved. */
const verdicts = z.strictObject({ return: share, ask: share, leave: share })

const simulationSchema = z.strictObject({
  /** end of the history; live officials continue from here */
  until: moment,
  /** `visitor`: for whoever tries the product; all others are simulated */
  people: z.array(
    z.strictObject({
      member: key,
      name: line,
      role: z.enum(ROLES),
      unit: key,
      /** absent = all of the role's */
      tasks: z.array(z.enum(TASKS)).optional(),
      part: z.enum(['visitor', 'official', 'office', 'reviewer', 'legal']),
    }),
  ),
  /** systems of a street that report for it from a moment on, each brought in by an official */
  machines: z.array(
    z.strictObject({
      member: key.startsWith(MACHINE),
      name: line,
      unit: key,
      by: key,
      from: moment,
    }),
  ),
  /** key of the bases that spread a unit's work over its reporting units, and that cap it */
  shareBy: key,
  /** counters in the order of the work; `perDay`: share of the waiting work done on a working day */
  stages: z.array(z.strictObject({ counter: key, perDay: share })).min(1),
  /** share of the first stage's work that goes no further */
  rejected: share,
  /** full strength of the first stage; a later course of the same unit takes over on its day */
  courses: z.array(
    z.strictObject({
      unit: key,
      from: day,
      perWorkday: z.number().positive(),
      ramp: z.strictObject({ workdays: z.int().min(0), from: share }),
    }),
  ),
  /** work falls off over the last `width` below `cap` of the base */
  saturation: z.strictObject({ cap: share, width: share }),
  /** Sunday first */
  weekdays: z.array(z.number().min(0).max(2)).length(7),
  dips: z.array(z.strictObject({ from: day, to: day, factor: z.number().min(0).max(2) })),
  /** applications that a firm makes for all its people: a street's day is so many times itself; `chance` per working day of a street */
  surges: z.strictObject({
    chance: share,
    least: z.number().min(1),
    most: z.number().min(1),
    known: z.array(z.strictObject({ ...cell, times: z.number().positive() })),
  }),
  weekend: strength,
  holiday: strength,
  /** standard deviations: of all units on a day, of one street throughout, of one street on a day */
  noise: z.strictObject({ day: share, street: share, streetDay: share }),
  /** reports while the day is open: how many times, and how many streets on one sheet */
  rounds: z.strictObject({
    from: time,
    to: time,
    least: z.int().min(1),
    most: z.int().max(9),
    streets: z.int().min(1),
  }),
  /**
   * Chances per report of a working day, and the reasons given when it is corrected. `late`: nothing on the day; `silent`:
   * nothing for some more days; `short`: the
   * last rounds are missing; `high`, `low`: counted wrongly; `partial`: the last stage is known only the next day; `wrong`:
   * the figures of the next street on the sheet, withdrawn; `misfiled`: the same, and re-attributed to where they belong.
   */
  mishaps: z.strictObject({
    late: share,
    silent: share,
    short: share,
    high: share,
    low: share,
    partial: share,
    wrong: share,
    misfiled: share,
  }),
  reasons: z.strictObject({
    late: reasons,
    silent: reasons,
    short: reasons,
    high: reasons,
    low: reasons,
    partial: reasons,
    wrong: reasons,
    misfiled: reasons,
  }),
  /** periods of counting too high, reduced in one go afterwards */
  overcounts: z.array(z.strictObject({ unit: key, from: day, to: day, share, reduced: moment, reason })),
  /** reports that nobody sends */
  owed: z.array(z.strictObject(cell)),
  /** the office enters another figure over a version that is no longer the current one */
  disputes: z.array(
    z.strictObject({
      ...cell,
      at: moment,
      /** the counters that it enters; absent = all that were reported */
      counters: z.array(key).min(1).optional(),
      /** the claim as a multiple of the standing value */
      factor: z.number().positive(),
      settled: moment.extend({ reason }).optional(),
    }),
  ),
  /** figures offered to the street of another district, in order of time; `by` is an official of one of the two sides */
  offers: z.array(
    z.strictObject({
      from: z.strictObject(cell),
      to: z.strictObject(cell),
      counters: z.array(key).min(1),
      at: moment,
      by: key,
      reason,
      answered: moment.extend({ by: key, accept: z.boolean(), reason }).optional(),
    }),
  ),
  locks: z.array(z.strictObject({ at: moment, through: day })),
  /** days that were locked are opened again */
  reopenings: z.array(z.strictObject({ at: moment, from: day, reason })),
  /**
   * On working days the reviewers go through each district's reports of days that are due in the morning, and once more in the
   * afternoon or, of every other district, in the evening. Chances per report; `confirmed`: against a warning; `strange`: it is a correction, a
   * withdrawal, or has an open quality question.
   */
  review: z.strictObject({
    morning: time,
    afternoon: time,
    evening: time,
    plain: verdicts,
    strange: verdicts,
    confirmed: verdicts,
  }),
  /** at these times of working days the officials do what wants them; chances of each piece of work and round */
  attend: z.strictObject({
    times: z.array(time),
    returned: share,
    inquiry: share,
    disputed: share,
    offer: share,
    question: share,
    /** after the history, of each Monday: figures of the day before are offered elsewhere */
    pass: share,
  }),
  /** what the office does on working days: `claim` of a report that waits; `call` and `postpone` of an item of supervision */
  office: z.strictObject({ comparing: time, chasing: time, claim: share, call: share, postpone: share }),
  /** what they say */
  words: z.strictObject({
    returned: said,
    asked: said,
    answered: reasons,
    /** to what was returned: it was right, or was counted again */
    again: reasons,
    recounted: reasons,
    settled: z.strictObject({ stands: reasons, claim: reasons }),
    offered: reasons,
    declined: reasons,
    /** to quality questions, and to warnings that are confirmed */
    explained: reasons,
    confirmed: reasons,
    called: reasons,
    postponed: reasons,
    reminded: reasons,
  }),
  issues: z.array(
    z.strictObject({
      at: moment,
      by: key,
      question: issueCommands.LogIssue.input,
      steps: z.array(
        z.strictObject({ at: moment, by: key, step: z.enum(['reply', 'close', 'reopen']), text: text.max(500) }),
      ),
    }),
  ),
  /** after the history: chance per working day of a reply to an open question */
  replies: z.strictObject({ chance: share, texts: z.array(text).min(1) }),
})
export type Simulation = z.infer<typeof simulationSchema>

export type LoadedSimulation = { ok: true; simulation: Simulation } | Extract<LoadedProgramme, { ok: false }>

/** Reads `simulation.json` of a programme directory; every fault is listed. */
export function loadSimulation(path: string): LoadedSimulation {
  const file = 'simulation.json'
  const unread: ProgrammeFault[] = []
  const found = jsonIn(path, file, unread)
  if (found === null || unread.length > 0) return { ok: false, faults: unread }
  const parsed = parse(simulationSchema, found.value)
  const refusals = parsed.ok ? missingParts(parsed.value) : parsed.refusals
  if (parsed.ok && refusals.length === 0) return { ok: true, simulation: parsed.value }
  const faults = refusals.map((r): ProgrammeFault => ({
    file,
    place: r.at === undefined ? '' : `line ${found.lineOf(r.at)}, ${r.at}`,
    code: r.code,
    ...(r.params ? { params: r.params } : {}),
  }))
  return { ok: false, faults }
}

/** The plan needs somebody in each of these parts. */
function missingParts({ people }: Simulation): Refusal[] {
  const parts = ['office', 'legal'] as const
  return parts
    .filter((part) => !people.some((p) => p.part === part))
    .map((part) => ({ code: 'input.required', params: { name: part }, at: 'people' }))
}
