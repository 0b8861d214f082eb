/** Inputs that commands about reports share. */
import { commandId, count, day, key, reason, z } from '../schema.ts'
import { CORRECTIONS, QUESTIONS } from './values.ts'

/** Values by counter key; counters left out stay as they are. */
export const values = z.record(key, count)

/** A version of a figure: the seq of an event (0 = none), or the id of an own earlier command. */
const version = z.union([z.int().min(0), commandId])

/** What an edit was made upon: one version for all its counters, or one for each. */
export const basedOn = z.union([version, z.record(key, version)])
export type BasedOn = z.infer<typeof basedOn>

/** The same by versions alone, for who has the figures on the screen. */
export const seenVersions = z.union([z.int().min(0), z.record(key, z.int().min(0))])

/** Codes of the questions that the sender has seen and stands by. */
export const confirmed = z.array(z.enum(QUESTIONS)).max(QUESTIONS.length).optional()

export const cell = { unit: key, day }

/** One reporting unit's figures for one day, as the sender would have them. */
export const reportItem = z.strictObject({
  ...cell,
  values,
  basedOn,
  /** how a change after the day is meant; with `reason` */
  type: z.enum(CORRECTIONS).optional(),
  reason: reason.optional(),
  confirmed,
})
export type ReportItem = z.infer<typeof reportItem>

/** Figures of one report that are to be taken back. */
export const withdrawItem = z.strictObject({
  ...cell,
  /** all that stand, unless told */
  counters: z.array(key).min(1).max(20).optional(),
  basedOn,
})
export type WithdrawItem = z.infer<typeof withdrawItem>

/** Figures of one report that are reviewed, each with the version that was looked at. */
export const reviewItem = z.strictObject({ ...cell, versions: z.record(key, z.int().min(1)) })
export type ReviewItem = z.infer<typeof reviewItem>

/** Items of one command at most. */
export const ITEMS = 5_000
