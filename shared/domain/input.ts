/** Inputs that commands about reports share. */
import { commandId, count, day, key, reason, z } from '../schema.ts'
import { HOLDS } from './deriving.ts'
import { ASKED, CORRECTIONS, QUESTIONS } from './values.ts'

/** Counters that a programme has at most. */
export const COUNTERS = 20

/** Something of each counter, by its key; whatever names more than there can be is not looked at any further. */
export const byCounter = <T extends z.ZodType>(each: T) =>
  z
    .unknown()
    .superRefine((input, context) => {
      if (typeof input === 'object' && input !== null && Object.keys(input).length > COUNTERS)
        context.addIssue({ code: 'too_big', origin: 'array', maximum: COUNTERS, input })
    })
    .pipe(z.record(key, each))

/** Values by counter key; counters left out stay as they are. */
export const values = byCounter(count)

/** A version of a figure: the seq of an event (0 = none), or the id of an own earlier command. */
const version = z.union([z.int().min(0), commandId])

/** The basis of an edit: one version for all its counters, or one for each. */
export const basedOn = z.union([version, byCounter(version)])
export type BasedOn = z.infer<typeof basedOn>

/** A basis of versions alone, for senders who have the figures on the screen. */
export const seenVersions = z.union([z.int().min(0), byCounter(z.int().min(0))])

/** Codes of the questions that the sender has seen and confirms. */
export const confirmed = z.array(z.enum(QUESTIONS)).max(QUESTIONS.length).optional()

/** The fields that name a report. */
export const cell = { unit: key, day }

/** One reporting unit's figures for one day, as the sender wants them to be. */
export const reportItem = z.strictObject({
  ...cell,
  values: values.default({}),
  /** running totals at the end of the day, by counter key: the day's figures follow from them where `values` has none (F21) */
  totals: values.optional(),
  /** whether a total holds the corrections since the last one, by counter key; asked where there are any (F25) */
  holds: byCounter(z.enum(HOLDS)).optional(),
  basedOn,
  /** the kind of change to a day that is due; goes with `reason` (R31) */
  type: z.enum(CORRECTIONS).optional(),
  reason: reason.optional(),
  confirmed: z.array(z.enum(ASKED)).max(ASKED.length).optional(),
  /** what somebody else has changed since is told as `report.stale`, and no claim is made beside it (F15) */
  onConflict: z.literal('refuse').optional(),
  /** why the questions were confirmed; kept beside the marks until a reviewer has cleared them */
  confirmedWhy: reason.optional(),
})
export type ReportItem = z.infer<typeof reportItem>

/** Figures of one report to be withdrawn. */
export const withdrawItem = z.strictObject({
  ...cell,
  /** absent = all that have a value */
  counters: z.array(key).min(1).max(COUNTERS).optional(),
  basedOn,
})
export type WithdrawItem = z.infer<typeof withdrawItem>

/** Figures of one report to be reviewed, each with the version that the reviewer has seen. */
export const reviewItem = z.strictObject({ ...cell, versions: byCounter(z.int().min(1)) })
export type ReviewItem = z.infer<typeof reviewItem>

/** Maximum number of items in one command: it is decided in one turn, and others wait as long (L12). */
export const ITEMS = 2_000
/** The same of reports, which are decided in steps. */
export const REPORTS = 5_000
/** Reasons that are kept of an item that was left out. */
export const REASONS = 20
