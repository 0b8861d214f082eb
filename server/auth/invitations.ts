/** Invitations: one-time links, each of which creates one account. */
import { randomBytes } from 'node:crypto'
import type { DatabaseSync } from 'node:sqlite'
import type { Role } from '../../shared/domain/roles.ts'
import { type Account, clashIn, type LoginClash, loginKey } from './accounts.ts'
import { inTransaction } from './db.ts'
import { newToken, tokenHash } from './tokens.ts'

/** ms for which a link is valid */
const LINK_MS = 7 * 24 * 3_600_000

export interface InvitationRecord {
  /** stays the same when the link is renewed */
  id: string
  /** null = whoever joins enters it */
  name: string | null
  role: Role
  unit: string
  /** member who invited; null = the first start */
  by: string | null
}

export interface Invitations {
  /** resolves with the token for the link */
  create(invitation: Omit<InvitationRecord, 'id'>): Promise<string>
  /** token of the link of the first start; a link made earlier becomes void */
  first(invitation: Pick<InvitationRecord, 'role' | 'unit'>): Promise<string>
  /** undefined when unknown, used or expired */
  byToken(token: string): Promise<InvitationRecord | undefined>
  /** creates the account and uses up the invitation, both or neither */
  redeem(id: string, account: Account): Promise<'joined' | 'used' | LoginClash>
  prune(): Promise<void>
}

export function openInvitations(db: DatabaseSync, now: () => Date): Invitations {
  const insert = db.prepare(
    'INSERT INTO invitation (id, hash, name, role, unit, by_member, expires) VALUES (?, ?, ?, ?, ?, ?, ?)',
  )
  const selectOpen = db.prepare(
    'SELECT id, name, role, unit, by_member AS by FROM invitation WHERE hash = ? AND used IS NULL AND expires > ?',
  )
  const renewFirst = db.prepare(
    'UPDATE invitation SET hash = ?, expires = ?, role = ?, unit = ? WHERE by_member IS NULL AND used IS NULL',
  )
  const use = db.prepare('UPDATE invitation SET used = ? WHERE id = ? AND used IS NULL')
  const clashOf = clashIn(db)
  const insertAccount = db.prepare(
    'INSERT INTO account (member, login, login_key, password, created) VALUES (?, ?, ?, ?, ?)',
  )
  const removeOver = db.prepare('DELETE FROM invitation WHERE expires < ? AND by_member IS NOT NULL')

  const create: Invitations['create'] = async ({ name, role, unit, by }) => {
    const token = newToken()
    insert.run(randomBytes(10).toString('hex'), tokenHash(token), name, role, unit, by, now().getTime() + LINK_MS)
    return token
  }

  return {
    create,
    first: async ({ role, unit }) => {
      const token = newToken()
      const renewed = renewFirst.run(tokenHash(token), now().getTime() + LINK_MS, role, unit)
      return Number(renewed.changes) > 0 ? token : create({ name: null, role, unit, by: null })
    },
    byToken: async (token) =>
      selectOpen.get(tokenHash(token), now().getTime()) as unknown as InvitationRecord | undefined,
    redeem: async (id, { member, login, password }) =>
      inTransaction(db, () => {
        const clash = clashOf(login)
        if (clash !== null) return clash
        const at = now().getTime()
        if (Number(use.run(at, id).changes) === 0) return 'used'
        insertAccount.run(member, login, loginKey(login), password, at)
        return 'joined'
      }),
    prune: async () => {
      removeOver.run(now().getTime())
    },
  }
}
