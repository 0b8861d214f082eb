/** Invitations: one-time links, each of which creates one account. */
import { randomBytes } from 'node:crypto'
import type { DatabaseSync, SQLOutputValue } from 'node:sqlite'
import type { Role, Task } from '../../shared/domain/roles.ts'
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
  /** null = all of the role's */
  tasks: readonly Task[] | null
  /** member who invited; null = the first start */
  by: string | null
}

/** What is to become an invitation. */
export type Inviting = Omit<InvitationRecord, 'id' | 'tasks'> & {
  tasks?: readonly Task[] | null | undefined
  /** becomes that of whoever joins, and is erased here then */
  phone?: string | null | undefined
}

/** One that was neither used nor has expired. */
export interface Pending extends InvitationRecord {
  /** ms of the epoch */
  expires: number
}

export interface Invitations {
  /** resolves with the token for the link */
  create(invitation: Inviting): Promise<string>
  /** the same of many, all or none */
  createAll(invitations: readonly Inviting[]): Promise<string[]>
  /** those that somebody made, the first to expire first */
  pending(): Promise<Pending[]>
  /** makes the link void */
  withdraw(id: string): Promise<void>
  /** token of the link of the first start; a link made earlier becomes void */
  first(invitation: Pick<InvitationRecord, 'role' | 'unit'>): Promise<string>
  /** undefined when unknown, used or expired */
  byToken(token: string): Promise<InvitationRecord | undefined>
  /** creates the account and uses up the invitation, both or neither */
  redeem(id: string, account: Account): Promise<'joined' | 'used' | LoginClash>
  prune(): Promise<void>
}

const COLUMNS = 'id, name, role, unit, tasks, by_member AS by'

const toRecord = (row: Record<string, SQLOutputValue>): InvitationRecord => {
  const { id, name, role, unit, tasks, by } = row as unknown as Omit<InvitationRecord, 'tasks'> & {
    tasks: string | null
  }
  return { id, name, role, unit, by, tasks: tasks === null ? null : (JSON.parse(tasks) as Task[]) }
}

export function openInvitations(db: DatabaseSync, now: () => Date): Invitations {
  const insert = db.prepare(
    'INSERT INTO invitation (id, hash, name, role, unit, tasks, by_member, expires, phone) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  )
  const selectOpen = db.prepare(`SELECT ${COLUMNS} FROM invitation WHERE hash = ? AND used IS NULL AND expires > ?`)
  const selectPending = db.prepare(
    `SELECT ${COLUMNS}, expires FROM invitation WHERE used IS NULL AND expires > ? AND by_member IS NOT NULL ORDER BY expires, id`,
  )
  const remove = db.prepare('DELETE FROM invitation WHERE id = ? AND used IS NULL AND by_member IS NOT NULL')
  const renewFirst = db.prepare(
    'UPDATE invitation SET hash = ?, expires = ?, role = ?, unit = ? WHERE by_member IS NULL AND used IS NULL',
  )
  const use = db.prepare('UPDATE invitation SET used = ? WHERE id = ? AND used IS NULL')
  const clashOf = clashIn(db)
  const insertAccount = db.prepare(
    'INSERT INTO account (member, login, login_key, password, created) VALUES (?, ?, ?, ?, ?)',
  )
  const insertPhone = db.prepare(
    'REPLACE INTO phone (member, phone) SELECT ?, phone FROM invitation WHERE id = ? AND phone IS NOT NULL',
  )
  const erasePhone = db.prepare('UPDATE invitation SET phone = NULL WHERE id = ?')
  const removeOver = db.prepare('DELETE FROM invitation WHERE expires < ? AND by_member IS NOT NULL')

  const put = ({ name, role, unit, tasks = null, by, phone = null }: Inviting): string => {
    const token = newToken()
    const id = randomBytes(10).toString('hex')
    const expires = now().getTime() + LINK_MS
    insert.run(
      id,
      tokenHash(token),
      name,
      role,
      unit,
      tasks === null ? null : JSON.stringify(tasks),
      by,
      expires,
      phone,
    )
    return token
  }
  const create: Invitations['create'] = async (invitation) => put(invitation)

  return {
    create,
    createAll: async (all) => inTransaction(db, () => all.map(put)),
    pending: async () =>
      selectPending.all(now().getTime()).map((row) => ({ ...toRecord(row), expires: Number(row.expires) })),
    withdraw: async (id) => {
      remove.run(id)
    },
    first: async ({ role, unit }) => {
      const token = newToken()
      const renewed = renewFirst.run(tokenHash(token), now().getTime() + LINK_MS, role, unit)
      return Number(renewed.changes) > 0 ? token : create({ name: null, role, unit, by: null })
    },
    byToken: async (token) => {
      const row = selectOpen.get(tokenHash(token), now().getTime())
      return row === undefined ? undefined : toRecord(row)
    },
    redeem: async (id, { member, login, password }) =>
      inTransaction(db, () => {
        const clash = clashOf(login)
        if (clash !== null) return clash
        const at = now().getTime()
        if (Number(use.run(at, id).changes) === 0) return 'used'
        insertAccount.run(member, login, loginKey(login), password, at)
        insertPhone.run(member, id)
        erasePhone.run(id)
        return 'joined'
      }),
    prune: async () => {
      removeOver.run(now().getTime())
    },
  }
}
