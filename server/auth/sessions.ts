/** Sessions: opaque tokens with an idle and an absolute limit. Listeners hear at once when one ends, so that its sockets close. */
import type { DatabaseSync } from 'node:sqlite'
import { newToken, tokenHash } from './tokens.ts'

const HOUR = 3_600_000
/** ms without a request after which a session ends */
export const IDLE_MS = 12 * HOUR
/** ms after sign-in at which it ends in any case */
export const ABSOLUTE_MS = 7 * 24 * HOUR
// recording every request would cost a disk write each
const TOUCH_MS = 60_000

export interface Session {
  /** hash of the token; identifies the session inside the server */
  hash: string
  member: string
}

export interface Sessions {
  /** resolves with the token for the cookie */
  create(member: string): Promise<string>
  byToken(token: string): Promise<Session | undefined>
  /** the session unless it has ended; counts as activity */
  byHash(hash: string): Promise<Session | undefined>
  end(hash: string): Promise<void>
  /** ends all of a member's sessions except `keep` (a hash) */
  endMember(member: string, keep?: string): Promise<void>
  /** ends expired sessions */
  prune(): Promise<void>
  /** hashes of sessions as they end; returns unsubscribe */
  onEnded(listener: (hashes: readonly string[]) => void): () => void
}

export function openSessions(db: DatabaseSync, now: () => Date): Sessions {
  const insert = db.prepare('INSERT INTO session (hash, member, created, seen) VALUES (?, ?, ?, ?)')
  const select = db.prepare('SELECT hash, member, created, seen FROM session WHERE hash = ?')
  const touch = db.prepare('UPDATE session SET seen = ? WHERE hash = ?')
  const remove = db.prepare('DELETE FROM session WHERE hash = ? RETURNING hash')
  const removeMember = db.prepare('DELETE FROM session WHERE member = ? AND hash <> ? RETURNING hash')
  const removeOver = db.prepare('DELETE FROM session WHERE seen < ? OR created < ? RETURNING hash')
  const listeners = new Set<(hashes: readonly string[]) => void>()

  function ended(rows: Record<string, unknown>[]): void {
    if (rows.length === 0) return
    const hashes = rows.map((row) => String(row.hash))
    for (const listener of listeners) listener(hashes)
  }

  const byHash: Sessions['byHash'] = async (hash) => {
    const row = select.get(hash)
    if (row === undefined) return undefined
    const at = now().getTime()
    if (at - Number(row.seen) > IDLE_MS || at - Number(row.created) > ABSOLUTE_MS) {
      ended(remove.all(hash))
      return undefined
    }
    if (at - Number(row.seen) > TOUCH_MS) touch.run(at, hash)
    return { hash, member: String(row.member) }
  }

  return {
    create: async (member) => {
      const token = newToken()
      const at = now().getTime()
      insert.run(tokenHash(token), member, at, at)
      return token
    },
    byToken: (token) => byHash(tokenHash(token)),
    byHash,
    end: async (hash) => ended(remove.all(hash)),
    endMember: async (member, keep = '') => ended(removeMember.all(member, keep)),
    prune: async () => {
      const at = now().getTime()
      ended(removeOver.all(at - IDLE_MS, at - ABSOLUTE_MS))
    },
    onEnded: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
