/** Telephone numbers of members (N25–N27): beside the accounts, since what is in the log can never be erased. */
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './db.ts'

export interface Phone {
  member: string
  /** as written */
  phone: string
}

export interface Phones {
  all(): Promise<Phone[]>
  byMember(member: string): Promise<string | null>
  /** null erases it */
  set(member: string, phone: string | null): Promise<void>
  /** erases those of whoever is none of these any more */
  keep(isMember: (member: string) => boolean): Promise<void>
}

export function openPhones(db: DatabaseSync): Phones {
  const selectAll = db.prepare('SELECT member, phone FROM phone')
  const select = db.prepare('SELECT phone FROM phone WHERE member = ?')
  const put = db.prepare('REPLACE INTO phone (member, phone) VALUES (?, ?)')
  const remove = db.prepare('DELETE FROM phone WHERE member = ?')
  const all = () => selectAll.all() as unknown as Phone[]
  return {
    all: async () => all(),
    byMember: async (member) => (select.get(member)?.phone as string | undefined) ?? null,
    set: async (member, phone) => {
      if (phone === null) remove.run(member)
      else put.run(member, phone)
    },
    keep: async (isMember) => {
      const gone = all().filter(({ member }) => !isMember(member))
      if (gone.length > 0) inTransaction(db, () => gone.forEach(({ member }) => remove.run(member)))
    },
  }
}
