/** What the server and the thread that holds the past say to each other. */
import type { Result } from '../../shared/errors.ts'
import type { AsOf } from './past.ts'

/** What the thread is started with. */
export interface Start {
  /** path of the log */
  data: string
  /** folder of the checkpoints */
  folder: string
  /** events between two of them at the least */
  least?: number
}

export type Question =
  | { kind: 'changes'; id: number; scope: string; asOf: AsOf }
  | { kind: 'span'; id: number; unit: string; month: string; address: string }

export type ToThread = Question | { kind: 'grown'; seq: number }

export type FromThread =
  /** `fault`: it could not be answered */
  | { kind: 'answer'; id: number; result: Result<unknown> | { fault: string } }
  /** for the operator */
  | { kind: 'say'; line: string; about: object }
