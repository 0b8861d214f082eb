/** What the server and the thread that holds the past say to each other. */
import type { Result } from '../../shared/errors.ts'
import type { Verdict } from '../../shared/protocol/operation.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import type { AsOf } from './past.ts'

/** What the thread is started with. */
export interface Start {
  /** path of the log */
  data: string
  /** folder of the checkpoints */
  folder: string
  /** events between two of them at the least */
  least?: number
  /** of the log's file (`identityAt`), when the server opened it: by then another may have its name */
  identity?: string | null
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

/** A scope as the server shows it after that seq. */
export interface Shown {
  scope: string
  seq: number
  rows: readonly WireRow[]
}

/** What the thread says that looks through the log; it is answered with `Shown[]`. */
export type FromVerifier = { kind: 'show' } | { kind: 'verdict'; verdict: Verdict }
