/** Accounts, sessions, invitations and limits over one database file. */
import { type Accounts, openAccounts } from './accounts.ts'
import { openAuthDb } from './db.ts'
import { type Invitations, openInvitations } from './invitations.ts'
import { createLimits, type Limits } from './limits.ts'
import { openSessions, type Sessions } from './sessions.ts'

export interface Auth {
  accounts: Accounts
  sessions: Sessions
  invitations: Invitations
  limits: Limits
  /** runs work with the same key strictly one after another */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T>
  /** ends expired sessions and drops expired invitations */
  prune(): Promise<void>
  close(): Promise<void>
}

/** Opens everything. `path` may be the log's own file; `:memory:` is lost on close. */
export function openAuth(path: string, now: () => Date): Auth {
  const db = openAuthDb(path)
  const sessions = openSessions(db, now)
  const invitations = openInvitations(db, now)
  const turns = new Map<string, Promise<unknown>>()
  return {
    accounts: openAccounts(db),
    sessions,
    invitations,
    limits: createLimits(),
    inTurn: async (key, work) => {
      const turn = (turns.get(key) ?? Promise.resolve()).then(work, work)
      turns.set(key, turn)
      try {
        return await turn
      } finally {
        if (turns.get(key) === turn) turns.delete(key)
      }
    },
    prune: async () => {
      await sessions.prune()
      await invitations.prune()
    },
    close: async () => db.close(),
  }
}
