import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { faultIn } from '../../server/archive/finding.ts'
import { verifyLog } from '../../server/archive/verify.ts'
import { openAuth } from '../../server/auth/auth.ts'
import { emptyState, fold, restoreState, saveState, type State } from '../../server/live/state.ts'
import { openAudit } from '../../server/store/audit.ts'
import { answerHash, chained, GENESIS } from '../../server/store/chain.ts'
import { openSqlite, toKept } from '../../server/store/sqlite.ts'
import { districtA, item, legal, office, otherA, startBench } from '../support/core.ts'

let folder: string
let path: string
let head: number
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollout-verify-'))
  path = join(folder, 'log.db')
  const bench = await startBench({ store: openSqlite(path), day: '2008-01-03' })
  await bench.must(districtA, 'SubmitReports', {
    items: [item('A1', '2008-01-03', { issued: 5 }), item('A2', '2008-01-03', { issued: 7 })],
  })
  await bench.must(otherA, 'SubmitReports', { items: [item('A1', '2008-01-03', { issued: 6 })] })
  const question = {
    title: 'T',
    text: 'T',
    category: 'other',
    unit: 'A1',
    from: '2008-01-02',
    to: null,
    counters: ['issued'],
  }
  head = await bench.must(legal, 'LogIssue', {
    ...question,
    category: bench.core.setting()!.programme.issues!.categories[0]!.key,
    article: null,
  })
  await bench.must(office, 'SubmitReports', { items: [item('A2', '2008-01-03', { issued: 7 })] })
  await bench.close()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function withDb<T>(work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(path)
  try {
    return work(db)
  } finally {
    db.close()
  }
}

/** Changes the first such text in the file, behind a character that fits, as a bit would that flips on the disk. */
function flipText(from: string, to: string, fits: (before: string) => boolean = () => true): void {
  const bytes = readFileSync(path)
  let at = bytes.indexOf(from)
  while (at >= 0 && !fits(String.fromCharCode(bytes[at - 1]!))) at = bytes.indexOf(from, at + 1)
  expect(at).toBeGreaterThan(0)
  bytes.write(to, at)
  writeFileSync(path, bytes)
}
const tamper = (sql: string) => withDb((db) => db.exec(sql))

/** Makes the chain good again after a change, as somebody who knows how would. */
function rechain(): void {
  withDb((db) => {
    const update = db.prepare('UPDATE event SET hash = ? WHERE seq = ?')
    let hash = GENESIS
    for (const row of db.prepare('SELECT * FROM event ORDER BY seq').all() as Record<string, string>[]) {
      const { at, actor, command, type } = row as Record<'at' | 'actor' | 'command' | 'type', string>
      hash = chained(hash, { seq: Number(row.seq), at, actor, command, type, v: Number(row.v) }, row.data!)
      update.run(hash, Number(row.seq))
    }
  })
}

async function verify(options?: Parameters<typeof verifyLog>[1]) {
  const audit = openAudit(path)
  try {
    return await verifyLog(audit, options)
  } finally {
    audit.close()
  }
}

/** The state folded up to that seq. */
async function stateAt(seq: number): Promise<State> {
  const store = openSqlite(path, { readOnly: true })
  const state = emptyState()
  for (const event of await store.read(0, seq)) fold(state, event)
  await store.close()
  return state
}

describe('Z7 the whole log is looked through', () => {
  test('one that is whole', async () => {
    const verdict = await verify()
    expect(verdict.findings).toEqual([])
    expect(verdict).toMatchObject({ head, events: head })
    expect(verdict.commands).toBeGreaterThan(5)
  })

  test.each([
    [
      'a changed value',
      `UPDATE event SET data = replace(data, '"issued":7', '"issued":8') WHERE data LIKE '%"issued":7%'`,
      'chain',
    ],
    ['another person', `UPDATE event SET actor = 'x' WHERE seq = 4`, 'chain'],
    ['another hash', `UPDATE event SET hash = replace(hash, substr(hash, 1, 4), '0000') WHERE seq = 4`, 'chain'],
    ['a missing event', 'DELETE FROM event WHERE seq = 4', 'seq'],
    [
      'two that were swapped',
      'UPDATE event SET seq = -1 WHERE seq = 4; UPDATE event SET seq = 4 WHERE seq = 5; UPDATE event SET seq = 5 WHERE seq = -1',
      'chain',
    ],
    ['text that is no JSON', `UPDATE event SET data = '{' WHERE seq = 4`, 'chain'],
    [
      'a report that is filed wrongly',
      `UPDATE event SET subject = 'report/B1/2008-01-02' WHERE subject LIKE 'report/A2%'`,
      'subject',
    ],
    [
      'an answer of another person',
      `UPDATE command SET actor = 'x' WHERE id = (SELECT command FROM event WHERE seq = 4)`,
      'answer',
    ],
    ['an answer that is gone', 'DELETE FROM command WHERE id = (SELECT command FROM event WHERE seq = 4)', 'answer'],
    ['an answer to what changed nothing', `UPDATE command SET stood = NULL WHERE events = 0`, 'answer'],
    ['a table that was dropped', 'DROP TABLE command', 'tables'],
  ])('%s', async (_, change, code) => {
    tamper(change)
    const { findings } = await verify()
    expect(findings[0]).toMatchObject({ code })
    if (code === 'chain' || code === 'seq') expect(findings[0]!.seq).toBeLessThanOrEqual(head)
  })

  test('the first bad event is named', async () => {
    tamper('UPDATE event SET at = replace(at, "T", " ") WHERE seq IN (4, 6)'.replaceAll('"', "'"))
    const verdict = await verify()
    expect(verdict.findings).toMatchObject([{ code: 'chain', seq: 4, type: 'MemberAdded' }])
    expect(verdict.events).toBe(3)
  })

  test.each([
    [
      'a unit',
      `UPDATE event SET data = replace(data, '"A2"', '"Z9"'), subject = replace(subject, 'A2', 'Z9') WHERE type = 'ReportSubmitted'`,
      { what: 'unit', id: 'Z9' },
    ],
    ['a counter', `UPDATE event SET data = replace(data, '"issued":7', '"sung":7')`, { what: 'counter', id: 'sung' }],
    [
      'a member',
      `UPDATE event SET actor = 'nobody' WHERE type = 'IssueLogged'; UPDATE command SET actor = 'nobody' WHERE seq = (SELECT max(seq) FROM event)`,
      { what: 'member', id: 'nobody' },
    ],
    [
      'a category',
      `UPDATE event SET data = json_replace(data, '$.category', 'none') WHERE type = 'IssueLogged'`,
      { what: 'category', id: 'none' },
    ],
  ])('%s that is not there, though the chain is good', async (_, change, params) => {
    tamper(change)
    rechain()
    expect((await verify()).findings).toMatchObject([{ code: 'reference', params }])
  })

  test('an answer to a command whose events are not there', async () => {
    withDb((db) => {
      const row = toKept(db.prepare('SELECT * FROM command WHERE events > 0 LIMIT 1').get()!)
      const answer = { ...row, id: 'never-sent' }
      const insert = db.prepare(
        'INSERT INTO command (id, fingerprint, actor, seq, events, stood, refused, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      )
      insert.run(
        answer.id,
        answer.fingerprint,
        answer.actor,
        answer.seq,
        answer.events,
        answer.stood,
        answer.refused,
        answerHash(answer),
      )
    })
    expect((await verify()).findings).toMatchObject([{ code: 'answer', params: { command: 'never-sent' } }])
  })

  test('Z11 a row of an account that is not what was written', async () => {
    const auth = openAuth(path, () => new Date('2008-01-03T09:00:00Z'))
    await auth.invitations.create({ name: null, role: 'district', unit: '440308', by: 'office' })
    await auth.close()
    expect((await verify()).findings).toEqual([])
    flipText('440308', '440300')
    expect((await verify()).findings).toMatchObject([{ code: 'rows', params: { tables: 'invitation' } }])
  })

  test('a page that is no page any more is a finding, not the end of looking', async () => {
    const at = withDb((db) => db.prepare(`SELECT rootpage FROM sqlite_schema WHERE name = 'event'`).get())
    const bytes = readFileSync(path)
    bytes[(Number(at!.rootpage) - 1) * 4_096] = 0xff
    writeFileSync(path, bytes)
    expect((await verify()).findings).toMatchObject([{ code: 'pages' }])
  })

  test('an index of the database that does not fit its table', async () => {
    const [subject] = withDb((db) => db.prepare(`SELECT subject FROM event WHERE subject LIKE 'report/A2%'`).all()) as {
      subject: string
    }[]
    // in the index it stands alone, behind a header; in the table behind a hash
    flipText(subject!.subject, subject!.subject.replace('A2', 'A3'), (before) => !/[0-9a-f]/.test(before))
    const { findings } = await verify()
    expect(findings).toMatchObject([{ code: 'pages' }])
    expect(faultIn({ head, events: 0, commands: 0, states: 0, findings })).toContain('finds its own pages damaged')
  })

  test('saved states are compared with a fresh fold', async () => {
    const saved = new Map<number, State>()
    for (const seq of [5, head]) saved.set(seq, restoreState(structuredClone(saveState(await stateAt(seq)))))
    const read = (seq: number) => saved.get(seq)
    expect(await verify({ saved: { seqs: [head, 5], read } })).toMatchObject({ states: 2, findings: [] })
    saved.get(head)!.world.issueCount.set('2008', 9)
    expect((await verify({ saved: { seqs: [5, head], read } })).findings).toMatchObject([{ code: 'state', seq: head }])
  })

  test('beside a server that goes on writing', async () => {
    const audit = openAudit(path)
    const bench = await startBench({ store: openSqlite(path) })
    const read = async () => {
      await bench.must(office, 'SubmitReports', { items: [item('B1', '2008-01-03', { issued: 9 })] })
      return { states: 0, finding: null }
    }
    expect((await verifyLog(audit, { more: read })).findings).toEqual([])
    audit.close()
    await bench.close()
  })
})
