/** Accounts of an earlier version, made by its own statements, are brought forward with all their rows. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAuthDb } from '../../server/auth/db.ts'
import { openInvitations } from '../../server/auth/invitations.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accounts-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function earlier(version: 3 | 5): string {
  const path = join(folder, 'log.db')
  const db = new DatabaseSync(path)
  db.exec(readFileSync(join(import.meta.dirname, `../fixtures/accounts${version}.sql`), 'utf8'))
  db.exec(`INSERT INTO account (member, login, login_key, password, created) VALUES ('ann', 'Ann', 'ann', 'hash', 5)`)
  db.exec(
    `INSERT INTO invitation (id, hash, name, role, unit, by_member, expires) VALUES ('i1', 'h1', 'Bert', 'viewer', 'A', 'ann', 9)`,
  )
  if (version > 3) db.exec(`UPDATE invitation SET tasks = '["report"]'`)
  db.close()
  return path
}
const tables = (db: DatabaseSync) =>
  db.prepare(`SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type, name`).all()

test.each([3, 5] as const)(
  'accounts of version %i have this version’s tables, and every row that stood',
  async (version) => {
    const db = openAuthDb(earlier(version))
    const fresh = openAuthDb(':memory:')
    expect(tables(db)).toEqual(tables(fresh))
    expect(db.prepare('SELECT * FROM account').get()).toMatchObject({ member: 'ann', password: 'hash', created: 5 })
    const [bert] = await openInvitations(db, () => new Date(0)).pending()
    expect(bert).toMatchObject({ name: 'Bert', unit: 'A', tasks: version === 3 ? null : ['report'], expires: 9 })
    expect(db.prepare('SELECT count(*) AS n FROM invitation_damaged').get()).toEqual({ n: 0 })
    db.close()
    // and it is not done again
    openAuthDb(join(folder, 'log.db')).close()
  },
)

test('a damaged row is not taken over as if it were whole, and nothing is changed', () => {
  const path = earlier(5)
  const db = new DatabaseSync(path)
  // as if a bit had flipped: the view finds a row
  db.exec('DROP VIEW invitation_damaged; CREATE VIEW invitation_damaged AS SELECT 1 FROM invitation')
  db.close()
  expect(() => openAuthDb(path)).toThrow(/damaged row \(invitation\)/)
  const after = new DatabaseSync(path)
  expect(after.prepare('SELECT version FROM auth_schema').get()).toEqual({ version: 5 })
  expect(after.prepare('SELECT name FROM invitation').get()).toEqual({ name: 'Bert' })
  after.close()
})

test('an older or a newer version is refused by its number', () => {
  const path = earlier(5)
  for (const version of [2, 99]) {
    const db = new DatabaseSync(path)
    db.exec(`UPDATE auth_schema SET version = ${version}`)
    db.close()
    expect(() => openAuthDb(path)).toThrow(`have version ${version}`)
  }
})
