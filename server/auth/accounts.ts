/** Accounts: how members sign in. Who they are and for which unit they act is in the log. */
import type { DatabaseSync } from 'node:sqlite'
import { looksLike } from './alike.ts'
import { inTransaction } from './db.ts'

export interface Account {
  member: string
  /** as typed; unique regardless of case and character width */
  login: string
  /** PHC string */
  password: string
}

/** Somebody has the login, or one that looks like it. */
export type LoginClash = 'loginTaken' | 'loginAlike'

export interface Accounts {
  byLogin(login: string): Promise<Account | undefined>
  byMember(member: string): Promise<Account | undefined>
  /** why a new account may not have the login (N13); null = it may */
  clash(login: string): Promise<LoginClash | null>
  /**
   * In place of `before`: false, and nothing is set, when another one is there by now. A link that was handed out for
   * choosing a new one becomes void.
   */
  setPassword(member: string, password: string, before: string): Promise<boolean>
  /** true once anybody has joined */
  any(): Promise<boolean>
}

/** The form in which logins are compared. */
export const loginKey = (login: string): string => login.normalize('NFKC').toLowerCase()

/** Finds who has a login, or one that looks like it. */
export function clashIn(db: DatabaseSync): (login: string) => LoginClash | null {
  const keys = db.prepare('SELECT login_key AS key FROM account')
  return (login) => {
    const wanted = loginKey(login)
    let clash: LoginClash | null = null
    for (const { key } of keys.iterate() as Iterable<{ key: string }>) {
      if (key === wanted) return 'loginTaken'
      if (looksLike(key) === looksLike(wanted)) clash = 'loginAlike'
    }
    return clash
  }
}

export function openAccounts(db: DatabaseSync): Accounts {
  const selectLogin = db.prepare('SELECT member, login, password FROM account WHERE login_key = ?')
  const selectMember = db.prepare('SELECT member, login, password FROM account WHERE member = ?')
  const updatePassword = db.prepare('UPDATE account SET password = ? WHERE member = ? AND password = ?')
  const removeReset = db.prepare('DELETE FROM reset WHERE member = ?')
  const clash = clashIn(db)
  const selectAny = db.prepare('SELECT 1 FROM account LIMIT 1')
  return {
    byLogin: async (login) => selectLogin.get(loginKey(login)) as Account | undefined,
    byMember: async (member) => selectMember.get(member) as Account | undefined,
    clash: async (login) => clash(login),
    setPassword: async (member, password, before) =>
      inTransaction(db, () => {
        if (Number(updatePassword.run(password, member, before).changes) === 0) return false
        removeReset.run(member)
        return true
      }),
    any: async () => selectAny.get() !== undefined,
  }
}
