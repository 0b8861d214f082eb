/** A session: somebody who is signed in, at one browser. */
import type { Agent } from './agent.ts'

/** Where somebody acts from. */
export interface Place extends Agent {
  /** of the machine that speaks to us, or to the proxies that we trust */
  address: string
}

export interface Session extends Place {
  /** hash of the token; identifies the session inside the server */
  hash: string
  member: string
  /** ms of the epoch: the sign-in */
  created: number
  /** ms of the epoch: the last use */
  seen: number
}
