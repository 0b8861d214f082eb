/** Accounts: how members sign in. Who they are and for which unit they act is in the log. */
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './db.ts'

export interface Account {
  member: string
  /** as typed; unique regardless of case and character width */
  login: string
  /** PHC string */
  password: string
}

export interface Accounts {
  byLogin(login: string): Promise<Account | undefined>
  byMember(member: string): Promise<Account | undefined>
  /** a link that was handed out for choosing a new one becomes void */
  setPassword(member: string, password: string): Promise<void>
  /** true once anybody has joined */
  any(): Promise<boolean>
}

/** The form in which logins are compared. */
export const loginKey = (login: string): string => login.normalize('NFKC').toLowerCase()

export function openAccounts(db: DatabaseSync): Accounts {
  const selectLogin = db.prepare('SELECT member, login, password FROM account WHERE login_key = ?')
  const selectMember = db.prepare('SELECT member, login, password FROM account WHERE member = ?')
  const updatePassword = db.prepare('UPDATE account SET password = ? WHERE member = ?')
  const removeReset = db.prepare('DELETE FROM reset WHERE member = ?')
  const selectAny = db.prepare('SELECT 1 FROM account LIMIT 1')
  return {
    byLogin: async (login) => selectLogin.get(loginKey(login)) as Account | undefined,
    byMember: async (member) => selectMember.get(member) as Account | undefined,
    setPassword: async (member, password) =>
      inTransaction(db, () => {
        updatePassword.run(password, member)
        removeReset.run(member)
      }),
    any: async () => selectAny.get() !== undefined,
  }
}
