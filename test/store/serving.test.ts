import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  truncateSync,
  linkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { askForCopy, doorOf } from '../../server/store/door.ts'
import { headFileOf, readHead } from '../../server/store/head.ts'
import { lockOf } from '../../server/store/lock.ts'
import { openServing, type Serving, ServingFault, type ServingOptions } from '../../server/store/serving.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { startWatch } from '../../server/store/watch.ts'
import { LogFault } from '../../shared/event.ts'
import { entry } from './contract.ts'

/** a small disk of one's own can be made */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0

let folder: string
let path: string
let state: string
/** what holds, by cause */
let causes: Map<string, string>
let open: Serving[]

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollout-serving-'))
  path = join(folder, 'data', 'log.db')
  state = join(folder, 'state')
  causes = new Map()
  open = []
})
afterEach(async () => {
  for (const serving of open) await serving.close()
  rmSync(folder, { recursive: true, force: true })
})

async function serve(options: Partial<ServingOptions> = {}): Promise<Serving> {
  const serving = await openServing({
    path,
    state,
    acceptOlder: null,
    now: () => new Date('2008-01-02T09:00:00Z'),
    report: (cause, fault) => (fault === null ? causes.delete(cause) : causes.set(cause, fault)),
    say: (line, about) => expect.fail(`${line} ${JSON.stringify(about)}`),
    everyMs: 10,
    ...options,
  })
  open.push(serving)
  return serving
}

async function stop(serving: Serving): Promise<void> {
  open.splice(open.indexOf(serving), 1)
  await serving.close()
}

const faultOf = (options: Partial<ServingOptions> = {}): Promise<unknown> =>
  serve(options).then(
    () => null,
    (error: unknown) => error,
  )

/** Writes `events` and stops. */
async function written(events: number): Promise<void> {
  const serving = await serve()
  await serving.store.append(0, [entry('command-1', 1, events)])
  await stop(serving)
}

function tamper(sql: string): void {
  const db = new DatabaseSync(path)
  db.exec(sql)
  db.close()
}

const mode = (file: string) => (statSync(file).mode & 0o777).toString(8)

describe('Z2 one server for a log', () => {
  test('a second one is kept out with a clear word; readers are not', async () => {
    const serving = await serve()
    await serving.store.append(0, [entry('command-1', 1, 2)])
    const fault = await faultOf()
    expect(fault).toBeInstanceOf(ServingFault)
    expect(String(fault)).toContain('another server is using it')
    const reader = openSqlite(path, { readOnly: true })
    expect(await reader.head()).toBe(2)
    await reader.close()
    expect(await serving.store.append(2, [entry('command-2', 3, 1)])).toHaveLength(1)
  })

  test('who has stopped, or was killed, keeps nobody out', async () => {
    await written(1)
    const holder = spawn(process.execPath, [
      '-e',
      `import { openServing } from '${join(import.meta.dirname, '../../server/store/serving.ts')}'
       await openServing({ path: ${JSON.stringify(path)}, state: null, acceptOlder: null, now: () => new Date(), report() {}, say() {} })
       console.log('here'); setInterval(() => {}, 1000)`,
    ])
    await once(holder.stdout, 'data')
    expect(String(await faultOf())).toContain('another server is using it')
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    expect(await (await serve()).store.head()).toBe(1)
  })

  test('nor by another name, such as a symbolic link', async () => {
    await serve()
    symlinkSync(path, join(folder, 'link.db'))
    expect(String(await faultOf({ path: join(folder, 'link.db'), state: null }))).toContain(
      'another server is using it',
    )
  })

  test('a log with a second name is not served: its side files would be doubled', async () => {
    await written(1)
    linkSync(path, join(folder, 'other.db'))
    expect(String(await faultOf())).toContain('has another name')
  })

  test('when the lock is taken away, nothing is written any more', async () => {
    const { store } = await serve()
    rmSync(lockOf(path))
    await expect(store.append(0, [entry('command-1', 1, 1)])).rejects.toThrow('another server could start')
    expect([...causes.keys()]).toEqual(['lockLost'])
    expect(await store.head()).toBe(0)
  })
})

describe('Z3 the files are for nobody else', () => {
  test('all are made with mode 600, and those of earlier are given it', async () => {
    const first = await serve()
    await first.store.append(0, [entry('command-1', 1, 1)])
    const files = [path, `${path}-wal`, `${path}-shm`, lockOf(path), headFileOf(state, path), doorOf(state, path)]
    expect(files.map(mode)).toEqual(files.map(() => '600'))
    expect([join(folder, 'data'), state].map(mode)).toEqual(['700', '700'])
    await stop(first)
    chmodSync(path, 0o644)
    await serve()
    expect(files.slice(0, 3).map(mode)).toEqual(['600', '600', '600'])
  })
})

describe('Z4 the head is kept outside the file', () => {
  test('soon after the first event, and at the stop', async () => {
    const serving = await serve()
    const file = headFileOf(state, path)
    expect(readHead(file)).toMatchObject({ seq: 0 })
    await serving.store.append(0, [entry('command-1', 1, 2)])
    await vi.waitFor(() => expect(readHead(file)).toMatchObject({ seq: 2 }), 1_000)
    await serving.store.append(2, [entry('command-2', 3, 1)])
    await stop(serving)
    const kept = readHead(file)!
    expect(kept.seq).toBe(3)
    const again = await serve()
    expect(kept.hash).toBe((await again.store.read(2, 1))[0]!.hash)
    expect(again.kept()).toEqual(kept)
  })

  test('no file and no head is an empty start, and so is a file without a head', async () => {
    expect(await (await serve()).store.head()).toBe(0)
    await stop(open[0]!)
    await written(3)
    rmSync(state, { recursive: true })
    expect(await (await serve()).store.head()).toBe(3)
  })

  test('a head without its file is no start', async () => {
    await written(3)
    rmSync(path)
    const fault = await faultOf()
    expect(String(fault)).toContain('there is no log in it, but the server had got to event 3')
    expect(existsSync(path)).toBe(false)
    expect(await (await serve({ acceptOlder: 0 })).store.head()).toBe(0)
  })

  test('nor is a file behind its head, unless somebody says which', async () => {
    await written(3)
    copyFileSync(path, join(folder, 'copy'))
    const serving = await serve()
    await serving.store.append(3, [entry('command-2', 4, 2)])
    await stop(serving)
    copyFileSync(join(folder, 'copy'), path)
    expect(String(await faultOf())).toMatch(/it ends at event 3, but the server had got to event 5.*--accept-older 3/)
    expect(String(await faultOf({ acceptOlder: 2 }))).toContain('--accept-older 3')
    expect(await (await serve({ acceptOlder: 3 })).store.head()).toBe(3)
    await stop(open[0]!)
    expect(await (await serve()).store.head()).toBe(3)
  })

  test('nor is another log of the same length or longer', async () => {
    await written(3)
    rmSync(path)
    const other = openSqlite(path)
    await other.append(0, [entry('command-9', 1, 5)])
    await other.close()
    expect(String(await faultOf())).toContain('event 3 is another one')
  })

  test('finding R13: a WAL cut before its first commit is no empty start', async () => {
    const serving = await serve()
    await serving.store.append(0, [entry('command-1', 1, 3)])
    await vi.waitFor(() => expect(readHead(headFileOf(state, path))).toMatchObject({ seq: 3 }), 1_000)
    // as a kill leaves it: not closed
    for (const end of ['', '-wal']) copyFileSync(path + end, join(folder, `killed${end}`))
    await stop(serving)
    for (const end of ['', '-wal']) copyFileSync(join(folder, `killed${end}`), path + end)
    truncateSync(`${path}-wal`, 40)
    expect(String(await faultOf())).toContain('there is no log in it, but the server had got to event 3')
    expect(statSync(`${path}-wal`).size).toBe(40)
  })

  test('a head that is damaged is no start either', async () => {
    await written(3)
    const file = headFileOf(state, path)
    writeFileSync(file, readFileSync(file, 'utf8').replace('3', '1'))
    expect(String(await faultOf())).toContain('is damaged')
    expect(await (await serve({ acceptOlder: 3 })).store.head()).toBe(3)
  })

  test('where it cannot be kept there is no start', async () => {
    writeFileSync(state, 'a file, not a folder')
    expect(await faultOf()).toMatchObject({ setting: 'STATE' })
  })
})

describe('Z5 what is looked at before every start', () => {
  test.each([
    ['a changed value near the end', `UPDATE event SET data = replace(data, '3', '4') WHERE seq = 3`, 'damaged'],
    ['a missing event', 'DELETE FROM event WHERE seq = 2', 'damaged'],
    ['an answer that was changed', `UPDATE command SET fingerprint = 'x'`, 'damaged'],
    ['an answer that is missing', 'DELETE FROM command', 'damaged'],
    ['a type that is not known', `UPDATE event SET type = 'ReportSung' WHERE seq = 1`, 'unknown'],
    ['a version that is not known', 'UPDATE event SET v = 9 WHERE seq = 1', 'unknown'],
  ])('%s', async (_, change, reason) => {
    await written(3)
    tamper(change)
    const before = readFileSync(path)
    const fault = await faultOf()
    expect(fault).toBeInstanceOf(LogFault)
    expect(fault).toMatchObject({ reason })
    expect(readFileSync(path).equals(before)).toBe(true)
  })

  test.each([
    ['a dropped table', 'DROP TABLE command', 'its table or index "command" is missing'],
    ['a changed table', 'ALTER TABLE event ADD COLUMN more TEXT', 'its table or index "event" was changed'],
    ['a format of another version', 'PRAGMA user_version = 3', 'format 3'],
  ])('%s', async (_, change, words) => {
    await written(3)
    tamper(change)
    expect(String(await faultOf())).toContain(words)
  })

  test('something that is no database', async () => {
    await written(3)
    writeFileSync(path, 'x'.repeat(9_000))
    const fault = await faultOf()
    expect(fault).toBeInstanceOf(ServingFault)
    expect(String(fault)).toContain('is damaged')
  })
})

describe('Z6 what becomes of the file of a running server', () => {
  const refuses = (store: Serving['store'], seq: number) =>
    expect(store.append(seq, [entry(`command-${seq + 100}`, seq + 1, 1)])).rejects.toThrow()

  test.each(['', '-wal', '-shm'])(
    '"%s" deleted: nothing is acknowledged any more, and reading goes on',
    async (end) => {
      const serving = await serve()
      const { store } = serving
      await store.append(0, [entry('command-1', 1, 2)])
      rmSync(path + end)
      await vi.waitFor(() => expect([...causes.keys()]).toEqual(['fileGone']), 1_000)
      expect(serving.mayWrite()).toBe(false)
      await refuses(store, 2)
      expect(await store.read(0, 10)).toHaveLength(2)
    },
  )

  test('replaced, and it does not heal by itself', async () => {
    const { store } = await serve()
    await store.append(0, [entry('command-1', 1, 2)])
    renameSync(path, `${path}.old`)
    copyFileSync(`${path}.old`, path)
    await refuses(store, 2)
    await vi.waitFor(() => expect([...causes.keys()]).toEqual(['fileReplaced']), 1_000)
    renameSync(`${path}.old`, path)
    await new Promise((resume) => setTimeout(resume, 50))
    await refuses(store, 2)
    expect([...causes.keys()]).toEqual(['fileReplaced'])
  })

  test('deleted: a copy can be asked for, of all that the server holds', async () => {
    const serving = await serve()
    await serving.store.append(0, [entry('command-1', 1, 2)])
    for (const end of ['', '-wal', '-shm']) rmSync(path + end)
    await vi.waitFor(() => expect(causes.size).toBe(1), 1_000)
    const copy = join(folder, 'copy.db')
    expect(await askForCopy(doorOf(state, path), copy)).toBe(true)
    await stop(serving)
    const store = openSqlite(copy)
    expect(await store.read(0, 10)).toHaveLength(2)
    await store.close()
  })

  test('the side files of another log at its path are left alone at the stop', async () => {
    const serving = await serve()
    await serving.store.append(0, [entry('command-1', 1, 2)])
    for (const end of ['', '-wal', '-shm']) renameSync(path + end, `${path}.old${end}`)
    const other = openSqlite(path)
    await other.append(0, [entry('command-9', 1, 5)])
    await stop(serving)
    expect(statSync(`${path}-wal`).size).toBeGreaterThan(1_000)
    expect(await other.head()).toBe(5)
    await other.close()
  })

  test('read-only: it heals when its cause does', async () => {
    const { store } = await serve()
    chmodSync(path, 0o400)
    await vi.waitFor(() => expect([...causes.keys()]).toEqual(['readOnly']), 1_000)
    await refuses(store, 0)
    chmodSync(path, 0o600)
    await vi.waitFor(() => expect(causes.size).toBe(0), 1_000)
    expect(await store.append(0, [entry('command-1', 1, 1)])).toHaveLength(1)
  })

  test.skipIf(!mayMount)('full: it heals when there is room again (needs root, for a small disk)', async () => {
    const disk = join(folder, 'disk')
    mkdirSync(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk])
    try {
      path = join(disk, 'log.db')
      const { store } = await serve()
      await store.append(0, [entry('command-1', 1, 2)])
      const free = statfsSync(disk)
      writeFileSync(join(disk, 'ballast'), Buffer.alloc((free.bavail - 1) * free.bsize))
      await vi.waitFor(() => expect([...causes.keys()]).toEqual(['diskFull']), 1_000)
      await refuses(store, 2)
      expect(await store.read(0, 10)).toHaveLength(2)
      rmSync(join(disk, 'ballast'))
      await vi.waitFor(() => expect(causes.size).toBe(0), 1_000)
      expect(await store.append(2, [entry('command-2', 3, 1)])).toHaveLength(1)
      await stop(open[0]!)
    } finally {
      for (const serving of [...open]) await stop(serving)
      execFileSync('umount', [disk])
    }
  })

  test('a refusal of the database itself ends with the first write that it takes', async () => {
    const seen: string[] = []
    let takes = false
    const watch = startWatch({
      path: (await serve(), path),
      lock: { fault: () => null },
      report: (cause, fault) => seen.push(`${cause} ${fault !== null}`),
      probe: () => {
        if (!takes) throw new Error('database or disk is full')
      },
      everyMs: 5,
    })
    watch.refused(Object.assign(new Error('database or disk is full'), { errcode: 13 }))
    expect(() => watch.check()).toThrow('database or disk is full')
    await new Promise((resume) => setTimeout(resume, 30))
    expect(seen).toEqual(['diskFull true'])
    takes = true
    await vi.waitFor(() => expect(seen).toEqual(['diskFull true', 'diskFull false']))
    watch.check()
    watch.stop()
  })

  test('an answer that is found to be damaged stops all writing', async () => {
    const { store } = await serve()
    await store.append(0, [entry('command-1', 1, 2)])
    tamper(`UPDATE command SET actor = 'x'`)
    await expect(store.answers(['command-1'])).rejects.toThrow('damaged')
    expect([...causes.keys()]).toEqual(['logDamaged'])
    await refuses(store, 2)
    expect(await store.read(0, 10)).toHaveLength(2)
  })
})
