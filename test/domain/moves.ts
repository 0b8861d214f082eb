/** What tests of moves start from: two reports of A, and a move of all figures of the first. */
import type { CommandData } from '../../shared/command.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA } from '../support/people.ts'
import { figureOf, type Past, ready, refusals, reported } from './given.ts'

export type Move = CommandData<'ReattributeReports'>

/** Day of all reports. */
export const DAY = '2008-01-09'

export const standing = ready(
  reported(districtA, 'A1', DAY, { accepted: 500, issued: 70 }),
  reported(districtA, 'A2', DAY, { accepted: 40 }),
)
/** The head of `standing`: a basis that has seen everything. */
export const seen = standing.length

/** From A1 to A2, or to another unit; all counters. */
export const move = (more: Partial<Move> = {}, to: Partial<Move['to']> = {}): Move => ({
  from: { unit: 'A1', day: DAY, basedOn: seen },
  to: { unit: 'A2', day: DAY, basedOn: seen, ...to },
  reason: 'filed under the wrong street',
  ...more,
})

export const figure = (past: Past[], unit: string, counter = 'accepted') => figureOf(past, unit, DAY, counter)

/** Refusals of a move, each as `PLACE CODE`. */
export const codes = (past: Past[], by: Actor, data: Move): string[] =>
  refusals(past, by, 'ReattributeReports', data).map((r) => `${r.at} ${r.code}`)
