/** What one person, one session, one connection and one address may take of the server (H10–H29), and how long they may take for it. */
import type { Common, Measure } from './bucket.ts'

export interface Limits {
  /** of a person's commands, by what they cost (`costOf`), and how many may be under way; `common`: of all people's */
  commands: Measure & { together: number; common?: Common }
  /** of what one live connection sends: messages, and one more for each kB; `common`: of all connections' */
  messages: Measure & { common?: Common }
  /** live connections that are open or opening */
  sockets: { session: number; member: number; address: number }
  /** different scopes that are open at once: in all, and of a person in any case */
  scopes: { all: number; each: number }
  /** connections of an address, of any kind; where a proxy is in front, it is for the proxy to count */
  connections: number
  /** requests of a person that are under way */
  requests: number
  /** bodies above `LARGE_BODY` that are read and not answered: in all, and of a person; and how many of theirs may wait */
  bodies: { all: number; each: number; waiting: number }
  /** ms for the headers of a request, for the whole of it, and for a live connection to say whose it is */
  arrivalMs: number
  /** ms that a connection is kept between two requests */
  idleMs: number
  /** ms in which nothing of an answer is taken, after which its connection is closed */
  unreadMs: number
}

/** Bytes. */
export const LARGE_BODY = 65_536

export const LIMITS: Limits = {
  // two sheets of 2,000 reports at once, or a report ten times a second; of a core, all together take a third
  commands: {
    ...{ burst: 6_000, perSecond: 120, together: 64 },
    common: { burst: 12_000, perSecond: 12_000, light: 200 },
  },
  // a page that comes back asks for its 64 scopes, and nobody reads or types faster than this
  messages: { burst: 512, perSecond: 32, common: { burst: 2_048, perSecond: 2_048, light: 32 } },
  sockets: { session: 64, member: 128, address: 2_048 },
  scopes: { all: 1_024, each: 8 },
  connections: 4_096,
  requests: 64,
  bodies: { all: 4, each: 1, waiting: 4 },
  arrivalMs: 9_000,
  idleMs: 5_000,
  unreadMs: 30_000,
}
