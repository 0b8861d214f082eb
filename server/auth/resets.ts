/** Links by which a member chooses a new password, once, without the old one (N7). */
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './db.ts'
import { newToken, tokenHash } from './tokens.ts'

/** ms for which a link is valid */
const LINK_MS = 24 * 3_600_000

export interface Reset {
  member: string
  /** member who handed it out */
  by: string
}

export interface Resets {
  /** resolves with the token for the link; one that the member was given before becomes void */
  create(reset: Reset): Promise<string>
  /** undefined when unknown, used or expired */
  byToken(token: string): Promise<Reset | undefined>
  /** sets the password, uses up the link and forgets the member's browsers, all or nothing; false when it was used up before */
  redeem(token: string, password: string): Promise<boolean>
  prune(): Promise<void>
}

export function openResets(db: DatabaseSync, now: () => Date): Resets {
  const put = db.prepare('REPLACE INTO reset (member, hash, by_member, expires) VALUES (?, ?, ?, ?)')
  const select = db.prepare('SELECT member, by_member AS by FROM reset WHERE hash = ? AND expires > ?')
  const use = db.prepare('DELETE FROM reset WHERE hash = ? AND expires > ? RETURNING member')
  const setPassword = db.prepare('UPDATE account SET password = ? WHERE member = ?')
  const forget = db.prepare('DELETE FROM device WHERE member = ?')
  const removeOver = db.prepare('DELETE FROM reset WHERE expires < ?')
  return {
    create: async ({ member, by }) => {
      const token = newToken()
      put.run(member, tokenHash(token), by, now().getTime() + LINK_MS)
      return token
    },
    byToken: async (token) => select.get(tokenHash(token), now().getTime()) as unknown as Reset | undefined,
    redeem: async (token, password) =>
      inTransaction(db, () => {
        const used = use.get(tokenHash(token), now().getTime())
        if (used === undefined) return false
        setPassword.run(password, String(used.member))
        forget.run(String(used.member))
        return true
      }),
    prune: async () => {
      removeOver.run(now().getTime())
    },
  }
}
