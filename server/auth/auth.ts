/** Accounts, sessions, known browsers, one-time links, tokens of machines, telephone numbers and limits over one database file. */
import { type Accounts, openAccounts } from './accounts.ts'
import { openPasswordRules, type PasswordRules } from './common.ts'
import { openAuthDb } from './db.ts'
import { type Devices, openDevices } from './devices.ts'
import { type Invitations, openInvitations } from './invitations.ts'
import { createLimits, type Limits } from './limits.ts'
import { type MachineTokens, openMachineTokens } from './machineTokens.ts'
import { openPhones, type Phones } from './phones.ts'
import { openResets, type Resets } from './resets.ts'
import { openSessionRows } from './sessionRows.ts'
import { openSessions, type Sessions } from './sessions.ts'

export interface Auth {
  accounts: Accounts
  sessions: Sessions
  devices: Devices
  invitations: Invitations
  resets: Resets
  machines: MachineTokens
  phones: Phones
  passwords: PasswordRules
  limits: Limits
  /** false = nothing that is to last may be acknowledged: passwords, accounts, links */
  mayWrite(): boolean
  /** runs work with the same key strictly one after another */
  inTurn<T>(key: string, work: () => Promise<T>): Promise<T>
  /** ends sessions that are over and drops what has expired */
  prune(): Promise<void>
  close(): Promise<void>
}

export interface AuthOptions {
  /** told when sessions and browsers cannot be written, which keeps nobody out */
  failed?: (error: unknown) => void
  /** may the file be written? Always, unless told */
  mayWrite?: () => boolean
  /** that nobody's password is made of alone (N6) */
  names?: () => readonly string[]
}

/** Opens everything. `path` may be the log's own file; `:memory:` is lost on close. */
export function openAuth(path: string, now: () => Date, options: AuthOptions = {}): Auth {
  const { failed = () => undefined, mayWrite = () => true, names } = options
  const db = openAuthDb(path)
  const sessions = openSessions({ rows: openSessionRows(db), now, failed, mayWrite })
  const devices = openDevices(db, { now, mayWrite, failed })
  const invitations = openInvitations(db, now)
  const resets = openResets(db, now)
  const machines = openMachineTokens(db, { now, mayWrite, failed })
  const turns = new Map<string, Promise<unknown>>()
  return {
    accounts: openAccounts(db),
    sessions,
    devices,
    invitations,
    resets,
    machines,
    phones: openPhones(db),
    passwords: openPasswordRules(names),
    limits: createLimits(),
    mayWrite,
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
      await devices.prune()
      await invitations.prune()
      await resets.prune()
    },
    close: async () => {
      await sessions.close()
      machines.close()
      db.close()
    },
  }
}
