/** The live protocol, known to both ends. WebSocket only; the session cookie of the handshake says who it is. */
import type { Answer } from '../command.ts'
import type { Refusal } from '../errors.ts'
import type { Patch, Proof } from '../view/patch.ts'

export type WatchAnswer = { ok: true; patch: Patch } | { ok: false; refusals: Refusal[] }

export interface ClientToServer {
  /** joins the scope's room; answers with what changed after `since` */
  watch(scope: string, since: number, answer: (answer: WatchAnswer) => void): void
  unwatch(scope: string): void
  /** `input` is read by `parseCommand`; the answer comes after the commit */
  command(input: unknown, answer: (answer: Answer) => void): void
}

export interface ServerToClient {
  patch(patch: Patch): void
  /** once a second for every watched scope */
  proof(proof: Proof): void
  /** the session has ended; the socket closes after it */
  signedOut(): void
}
