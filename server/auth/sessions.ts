/**
 * Sessions: opaque tokens with an idle and an absolute limit (N1). All of them are held here, so that asking costs no
 * disk and goes on when it is full; the file is told of beginnings and ends at once, of uses once a minute (N4).
 */
import type { Place, Session } from './session.ts'
import type { Change, SessionRows } from './sessionRows.ts'
import { newToken, tokenHash } from './tokens.ts'

const HOUR = 3_600_000
/** ms without a request after which a session ends */
export const IDLE_MS = 12 * HOUR
/** ms after sign-in at which it ends in any case */
export const ABSOLUTE_MS = 7 * 24 * HOUR
/** Sessions of one member; one more ends the one that was used least lately. */
export const MOST = 100
/** ms between two looks at what is over, and at what was deleted in the file by somebody else */
const SWEEP_MS = 500
const WRITE_MS = 60_000
/** ms after which the sockets of a session are told that another has taken its place: until then the browser has the new cookie */
const REPLACED_MS = 300

export interface Sessions {
  /** resolves with the token for the cookie; `instead`: hash of a session that ends by it */
  create(member: string, place?: Place, instead?: string): Promise<string>
  byToken(token: string, address?: string): Promise<Session | undefined>
  /** the session unless it has ended; counts as a use, from `address` where it is given */
  byHash(hash: string, address?: string): Promise<Session | undefined>
  /** a member's, latest use first */
  ofMember(member: string): Promise<readonly Session[]>
  end(hash: string): Promise<void>
  /** ends all of a member's sessions except `keep` (a hash) */
  endMember(member: string, keep?: string): Promise<void>
  /** ends those that are over, or were deleted in the file */
  prune(): Promise<void>
  /** hashes of sessions as they end; returns unsubscribe */
  onEnded(listener: (hashes: readonly string[]) => void): () => void
  /** writes the last uses; nothing ends by itself from now on */
  close(): Promise<void>
}

export interface SessionOptions {
  rows: SessionRows
  now: () => Date
  mayWrite: () => boolean
  /** told once of each fault of the file; sessions go on without it */
  failed: (error: unknown) => void
}

const NOWHERE: Place = { address: '', browser: null, system: null }

/** When it ends if it is not used again, ms of the epoch. */
const endOf = ({ created, seen }: Session): number => Math.min(created + ABSOLUTE_MS, seen + IDLE_MS)

export function openSessions({ rows, now, mayWrite, failed }: SessionOptions): Sessions {
  const live = new Map(rows.all().map((session) => [session.hash, session]))
  /** what the file has not been told, by hash */
  const unwritten = new Map<string, Change>()
  const listeners = new Set<(hashes: readonly string[]) => void>()
  const ms = () => now().getTime()
  let deleted = rows.deleted()

  // the file may be full or gone: what is in memory holds all the same
  const write = tolerant(failed, () => {
    if (unwritten.size === 0 || !mayWrite()) return
    rows.write(unwritten.values())
    unwritten.clear()
  })

  /** Ends them here at once; the file is told by the next `write`. */
  function drop(sessions: readonly Session[]): readonly string[] {
    for (const { hash } of sessions) {
      live.delete(hash)
      if (unwritten.get(hash)?.is === 'new') unwritten.delete(hash)
      else unwritten.set(hash, { is: 'over', hash })
    }
    return sessions.map(({ hash }) => hash)
  }
  function tell(hashes: readonly string[]): void {
    if (hashes.length > 0) for (const listener of listeners) listener(hashes)
  }
  function end(sessions: readonly Session[]): void {
    const hashes = drop(sessions)
    if (hashes.length > 0) write()
    tell(hashes)
  }

  const ofMember = (member: string) =>
    [...live.values()].filter((s) => s.member === member).sort((a, b) => b.seen - a.seen || b.created - a.created)

  const endDeleted = tolerant(failed, () => {
    const count = rows.deleted()
    if (count === deleted) return
    const there = rows.hashes()
    deleted = count
    end([...live.values()].filter(({ hash }) => !there.has(hash) && unwritten.get(hash)?.is !== 'new'))
  })
  function sweep(): void {
    const at = ms()
    end([...live.values()].filter((session) => endOf(session) < at))
    endDeleted()
  }

  const byHash: Sessions['byHash'] = async (hash, address) => {
    const session = live.get(hash)
    if (session === undefined) return undefined
    const at = ms()
    if (endOf(session) < at) {
      end([session])
      return undefined
    }
    session.seen = at
    if (address !== undefined) session.address = address
    if (!unwritten.has(hash)) unwritten.set(hash, { is: 'used', session })
    return session
  }

  const timers = [setInterval(sweep, SWEEP_MS), setInterval(write, WRITE_MS)]
  for (const timer of timers) timer.unref()

  return {
    create: async (member, place = NOWHERE, instead = '') => {
      const token = newToken()
      const at = ms()
      const { address, browser, system } = place
      const session = { hash: tokenHash(token), member, address, browser, system, created: at, seen: at }
      const before = live.get(instead)
      const replaced = before === undefined ? [] : drop([before])
      end(ofMember(member).slice(MOST - 1))
      live.set(session.hash, session)
      unwritten.set(session.hash, { is: 'new', session })
      write()
      setTimeout(tell, REPLACED_MS, replaced).unref()
      return token
    },
    byToken: (token, address) => byHash(tokenHash(token), address),
    byHash,
    ofMember: async (member) => ofMember(member),
    end: async (hash) => {
      const session = live.get(hash)
      if (session !== undefined) end([session])
    },
    endMember: async (member, keep = '') => end(ofMember(member).filter((s) => s.hash !== keep)),
    prune: async () => sweep(),
    onEnded: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: async () => {
      for (const timer of timers) clearInterval(timer)
      write()
    },
  }
}

/** Runs `work` on every call; what it throws is told, once as long as it stays the same. */
function tolerant(failed: (error: unknown) => void, work: () => void): () => void {
  let fault: string | null = null
  return () => {
    try {
      work()
      fault = null
    } catch (error) {
      const said = String(error)
      if (said !== fault) failed(error)
      fault = said
    }
  }
}
