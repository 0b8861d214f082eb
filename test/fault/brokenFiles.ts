/** Files of a server as its stop or its kill leaves them, to be damaged. */
import { cpSync, existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { openCheckpoints } from '../../server/archive/checkpoints.ts'
import { foldCode } from '../../server/archive/code.ts'
import { after, BEGINNING } from '../../server/archive/position.ts'
import { openAuth } from '../../server/auth/auth.ts'
import { checkpointsOf } from '../../server/build.ts'
import { emptyState, fold } from '../../server/live/state.ts'
import { headFileOf } from '../../server/store/head.ts'
import { openServing } from '../../server/store/serving.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import { chance } from '../support/chance.ts'
import { newId, office, PEOPLE, startBench } from '../support/core.ts'
import { disorder } from '../support/disorder.ts'
import { freshFold, logOf, rowsIn, SCOPES } from '../support/equation.ts'

/** A folder with the files of one server. */
export interface Files {
  folder: string
  data: string
  state: string
}

export interface Left extends Files {
  /** rows of every table, by its name */
  tables: Record<string, string>
  /** what the log folds to: rows by scope */
  rows: Map<string, WireRow[]>
}

const filesIn = (folder: string): Files => ({ folder, data: join(folder, 'log.db'), state: join(folder, 'state') })
const DAY = '2008-01-02'

/** A log of people in each other's way, accounts, links and saved states: after a stop, and after a kill beside a long `-wal`. */
export async function makeLeft(): Promise<{ stopped: Left; killed: Left; remove(): void }> {
  const root = mkdtempSync(join(tmpdir(), 'rollout-left-'))
  const files = filesIn(join(root, 'live'))
  const { act } = disorder(chance(4), DAY)
  const left = {} as Record<'stopped' | 'killed', Left>
  for (const how of ['stopped', 'killed'] as const) {
    const serving = await serve(files)
    const bench = await startBench({ store: serving.store, day: DAY })
    for (let n = 0; n < 60; n++) await act(bench)
    await fillAccounts(files.data, how === 'stopped')
    for (let n = 0; n < 20; n++) await act(bench)
    await fillAccounts(files.data, false)
    const events = await logOf(serving.store)
    const fresh = freshFold(events).state()
    const scopes = SCOPES.filter((scope) => bench.core.mayWatch(office, scope).length === 0)
    const rows = new Map(scopes.map((scope) => [scope, rowsIn(fresh, scope, events)]))
    if (how === 'stopped') saveStates(files, events)
    const copy = () => copyOf(files, join(root, how))
    // a kill closes nothing
    if (how === 'killed') copy()
    await bench.core.close()
    await serving.close()
    if (how === 'stopped') copy()
    const there = filesIn(join(root, how))
    const tables = tablesIn(there)
    if (tables === null) throw new Error('what was just written cannot be read')
    left[how] = { ...there, rows, tables }
  }
  return { ...left, remove: () => rmSync(root, { recursive: true, force: true }) }
}

const serve = ({ data, state }: Files) =>
  openServing({
    path: data,
    state,
    acceptOlder: null,
    now: () => new Date('2008-01-02T09:00:00Z'),
    report: () => undefined,
    say: () => undefined,
  })

async function fillAccounts(data: string, isFirst: boolean): Promise<void> {
  const auth = openAuth(data, () => new Date('2008-01-02T09:00:00Z'))
  for (const { id, name, role, unit } of PEOPLE) {
    if (role === 'system') continue
    const token = await auth.invitations.create({ name, role, unit, by: 'office' })
    const invitation = await auth.invitations.byToken(token)
    const password = `$argon2id$v=19$m=65536,t=3,p=4$${newId()}`
    if (isFirst) await auth.invitations.redeem(invitation!.id, { member: id, login: id, password })
    await auth.sessions.create(id, { address: '10.0.0.7', browser: 'Firefox', system: null })
    await auth.devices.remember(id, undefined)
  }
  await auth.close()
}

function saveStates({ data }: Files, events: Awaited<ReturnType<typeof logOf>>): void {
  const folder = checkpointsOf(data)
  const kept = openCheckpoints({
    folder,
    code: foldCode(),
    hashAt: async (seq) => events[seq - 1]?.hash,
    say: (line) => {
      throw new Error(line)
    },
  })
  const state = emptyState()
  let position = BEGINNING
  for (const event of events) {
    fold(state, event)
    position = after(position, event)
    if ([30, events.length - 5].includes(event.seq)) kept.save({ state, position })
  }
}

/** The same files in another folder, with all that is kept under their path. */
export function copyOf(from: Files, folder: string): Files {
  cpSync(from.folder, folder, { recursive: true, filter: (name) => !name.endsWith('.sock') })
  const to = filesIn(folder)
  renameSync(headFileOf(to.state, from.data), headFileOf(to.state, to.data))
  return to
}

/** Every row of every table, read from a copy, so that nothing is changed; null where it cannot be read. */
export function tablesIn(files: Files): Record<string, string> | null {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-read-'))
  try {
    for (const end of ['', '-wal']) if (existsSync(files.data + end)) cpSync(files.data + end, join(folder, `r${end}`))
    return readAll(join(folder, 'r'))
  } catch {
    return null
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const TABLES = ['event', 'command', 'life', 'account', 'session', 'device', 'reset', 'invitation']

function readAll(path: string): Record<string, string> {
  const db = new DatabaseSync(path)
  try {
    const rowsOf = (table: string) => JSON.stringify(db.prepare(`SELECT * FROM ${table} NOT INDEXED`).all())
    return Object.fromEntries(TABLES.map((table) => [table, rowsOf(table)]))
  } finally {
    db.close()
  }
}
