/** Browsers from which somebody has signed in. One may go on guessing where strangers have used up what an account allows (N9). */
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './db.ts'
import { newToken, tokenHash } from './tokens.ts'

/** ms after the last sign-in for which a browser is known */
export const KNOWN_MS = 180 * 24 * 3_600_000
/** Browsers known for one member; the ones that were used longest ago are forgotten. */
const MOST = 20

export interface Devices {
  /** names the browser with this token when the member has signed in from it; null = a stranger */
  known(member: string | undefined, token: string | undefined): Promise<string | null>
  /**
   * The member has signed in from the browser with this token, or from one without. Resolves with its new token, so that
   * whoever has put theirs into somebody else's browser gains nothing; null where it cannot be written.
   */
  remember(member: string, token: string | undefined): Promise<string | null>
  prune(): Promise<void>
}

export interface DeviceOptions {
  now: () => Date
  mayWrite: () => boolean
  /** told when a browser could not be remembered */
  failed: (error: unknown) => void
}

export function openDevices(db: DatabaseSync, { now, mayWrite, failed }: DeviceOptions): Devices {
  const select = db.prepare('SELECT 1 FROM device WHERE hash = ? AND member = ? AND seen > ?')
  const rename = db.prepare('UPDATE device SET hash = ? WHERE hash = ?')
  const see = db.prepare(
    'INSERT INTO device (hash, member, seen) VALUES (?, ?, ?) ON CONFLICT (hash, member) DO UPDATE SET seen = excluded.seen',
  )
  const removeRest = db.prepare(
    'DELETE FROM device WHERE member = ?1 AND hash NOT IN (SELECT hash FROM device WHERE member = ?1 ORDER BY seen DESC LIMIT ?2)',
  )
  const removeOver = db.prepare('DELETE FROM device WHERE seen < ?')
  const since = () => now().getTime() - KNOWN_MS

  return {
    known: async (member, token) => {
      if (token === undefined) return null
      const hash = tokenHash(token)
      // asked about nobody as about anybody: both take as long
      return select.get(hash, member ?? '', since()) === undefined ? null : hash
    },
    remember: async (member, token) => {
      if (!mayWrite()) return null
      const next = newToken()
      const hash = tokenHash(next)
      try {
        inTransaction(db, () => {
          if (token !== undefined) rename.run(hash, tokenHash(token))
          see.run(hash, member, now().getTime())
          removeRest.run(member, MOST)
        })
        return next
      } catch (error) {
        failed(error)
        return null
      }
    },
    prune: async () => {
      removeOver.run(since())
    },
  }
}
