/** The live protocol, known to both ends. WebSocket only; the session cookie of the handshake says who it is. */
import type { Answer } from '../command.ts'
import type { Refusal } from '../errors.ts'
import type { Access } from '../policy.ts'
import type { Patch, Proof } from '../view/patch.ts'

export type WatchAnswer = { ok: true; patch: Patch } | { ok: false; refusals: Refusal[] }

/** ms within which a proof follows the one before it, at most. */
export const PROOF_MS = 5_000

/** Bytes of a message to the server; one above it closes the connection, and whoever has more to say uses HTTP. */
export const MESSAGE_BYTES = 131_072

export interface ClientToServer {
  /**
   * Watches the scope; answers with what changed after `since`. One question about a scope at a time: `command.busy`
   * while the answer to the one before is on its way, and when there are too many in all.
   */
  watch(scope: string, since: number, answer: (answer: WatchAnswer) => void): void
  unwatch(scope: string): void
  /** ms of the server's clock, which proofs are stamped by: a page learns from it how old a proof is */
  clock(answer: (ms: number) => void): void
  /** `input` is a `Command`; the answer comes after the commit */
  command(input: unknown, answer: (answer: Answer) => void): void
}

/**
 * Who may send each event; one without a row does not compile. A connection is opened by members alone, and with every
 * event that is not open it is asked again who they are.
 */
export const SOCKET_EVENTS: Record<keyof ClientToServer, Access> = {
  watch: 'member',
  /** gives nothing away, and takes effect at once */
  unwatch: 'open',
  clock: 'member',
  command: 'anyCommand',
}

export interface ServerToClient {
  patch(patch: Patch): void
  /** a patch as JSON in UTF-8, deflated without a header (RFC 1951), where that is shorter */
  packed(patch: ArrayBuffer): void
  /** what the server holds of all scopes that the socket watches, as of the patches before it */
  proof(proof: Proof): void
  /** the session has ended; the socket closes after it */
  signedOut(): void
  /** the member has other tasks now: whoever shows what they may do asks anew who is signed in */
  tasksChanged(): void
  /** the server stops and takes no command any more; the socket closes after it, and the server may soon be back */
  closing(): void
}
