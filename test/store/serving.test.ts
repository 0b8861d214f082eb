import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  linkSync,
  mkdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { askForCopy, doorOf } from '../../server/store/door.ts'
import { headFileOf } from '../../server/store/head.ts'
import { lockOf } from '../../server/store/lock.ts'
import { type Serving, ServingFault } from '../../server/store/serving.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { startWatch } from '../../server/store/watch.ts'
import { entry } from './contract.ts'
import { servedLogs } from './servedLogs.ts'

/** a small disk of one's own can be made */
const mayMount = process.platform === 'linux' && process.getuid?.() === 0

const { place, serve, stop, stopAll, faultOf, written, tamper } = servedLogs()

const mode = (file: string) => (statSync(file).mode & 0o777).toString(8)

describe('Z2 one server for a log', () => {
  test('a second one is kept out with a clear word; readers are not', async () => {
    const serving = await serve()
    await serving.store.append(0, [entry('command-1', 1, 2)])
    const fault = await faultOf()
    expect(fault).toBeInstanceOf(ServingFault)
    expect(String(fault)).toContain('another server is using it')
    const reader = openSqlite(place.path, { readOnly: true })
    expect(await reader.head()).toBe(2)
    await reader.close()
    expect(await serving.store.append(2, [entry('command-2', 3, 1)])).toHaveLength(1)
  })

  test('who has stopped, or was killed, keeps nobody out', async () => {
    await written(1)
    const holder = spawn(process.execPath, [
      '-e',
      `import { openServing } from '${join(import.meta.dirname, '../../server/store/serving.ts')}'
       await openServing({ path: ${JSON.stringify(place.path)}, state: null, acceptOlder: null, now: () => new Date(), report() {}, say() {} })
       console.log('here'); setInterval(() => {}, 1000)`,
    ])
    try {
      await once(holder.stdout, 'data')
      expect(String(await faultOf())).toContain('another server is using it')
    } finally {
      holder.kill('SIGKILL')
    }
    await once(holder, 'exit')
    expect(await (await serve()).store.head()).toBe(1)
  })

  test('nor by another name, such as a symbolic link', async () => {
    await serve()
    symlinkSync(place.path, join(place.folder, 'link.db'))
    expect(String(await faultOf({ path: join(place.folder, 'link.db'), state: null }))).toContain(
      'another server is using it',
    )
  })

  test('a log with a second name is not served: its side files would be doubled', async () => {
    await written(1)
    linkSync(place.path, join(place.folder, 'other.db'))
    expect(String(await faultOf())).toContain('has another name')
  })

  test('when the lock is taken away, nothing is written any more', async () => {
    const { store } = await serve()
    rmSync(lockOf(place.path))
    await expect(store.append(0, [entry('command-1', 1, 1)])).rejects.toThrow('another server could start')
    expect([...place.causes.keys()]).toEqual(['lockLost'])
    expect(await store.head()).toBe(0)
  })
})

describe('Z3 the files are for nobody else', () => {
  test('all are made with mode 600, and those of earlier are given it', async () => {
    const first = await serve()
    await first.store.append(0, [entry('command-1', 1, 1)])
    const files = [
      place.path,
      `${place.path}-wal`,
      `${place.path}-shm`,
      lockOf(place.path),
      headFileOf(place.state, place.path),
      doorOf(place.state, place.path),
    ]
    expect(files.map(mode)).toEqual(files.map(() => '600'))
    expect([join(place.folder, 'data'), place.state].map(mode)).toEqual(['700', '700'])
    await stop(first)
    chmodSync(place.path, 0o644)
    await serve()
    expect(files.slice(0, 3).map(mode)).toEqual(['600', '600', '600'])
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
      rmSync(place.path + end)
      await vi.waitFor(() => expect([...place.causes.keys()]).toEqual(['fileGone']), 1_000)
      expect(serving.mayWrite()).toBe(false)
      await refuses(store, 2)
      expect(await store.read(0, 10)).toHaveLength(2)
    },
  )

  test('replaced, and it does not heal by itself', async () => {
    const { store } = await serve()
    await store.append(0, [entry('command-1', 1, 2)])
    renameSync(place.path, `${place.path}.old`)
    copyFileSync(`${place.path}.old`, place.path)
    await refuses(store, 2)
    await vi.waitFor(() => expect([...place.causes.keys()]).toEqual(['fileReplaced']), 1_000)
    renameSync(`${place.path}.old`, place.path)
    await new Promise((resume) => setTimeout(resume, 50))
    await refuses(store, 2)
    expect([...place.causes.keys()]).toEqual(['fileReplaced'])
  })

  test('deleted: a copy can be asked for, of all that the server holds', async () => {
    const serving = await serve()
    await serving.store.append(0, [entry('command-1', 1, 2)])
    for (const end of ['', '-wal', '-shm']) rmSync(place.path + end)
    await vi.waitFor(() => expect(place.causes.size).toBe(1), 1_000)
    const refused: unknown = await serving.store.alive('2008-01-02T09:01:00Z').catch((error: unknown) => error)
    // every beat of the clock would leave one in the operator's log
    expect(refused).toMatchObject({ name: 'Suspended', stack: '' })
    const copy = join(place.folder, 'copy.db')
    expect(await askForCopy(doorOf(place.state, place.path), copy)).toBe(true)
    await stop(serving)
    const store = openSqlite(copy)
    expect(await store.read(0, 10)).toHaveLength(2)
    await store.close()
  })

  test('the side files of another log at its place.path are left alone at the stop', async () => {
    const serving = await serve()
    await serving.store.append(0, [entry('command-1', 1, 2)])
    for (const end of ['', '-wal', '-shm']) renameSync(place.path + end, `${place.path}.old${end}`)
    const other = openSqlite(place.path)
    await other.append(0, [entry('command-9', 1, 5)])
    await stop(serving)
    expect(statSync(`${place.path}-wal`).size).toBeGreaterThan(1_000)
    expect(await other.head()).toBe(5)
    await other.close()
  })

  test('read-only: it heals when its cause does', async () => {
    const { store } = await serve()
    chmodSync(place.path, 0o400)
    await vi.waitFor(() => expect([...place.causes.keys()]).toEqual(['readOnly']), 1_000)
    await refuses(store, 0)
    chmodSync(place.path, 0o600)
    await vi.waitFor(() => expect(place.causes.size).toBe(0), 1_000)
    expect(await store.append(0, [entry('command-1', 1, 1)])).toHaveLength(1)
  })

  test.skipIf(!mayMount)('full: it heals when there is room again (needs root, for a small disk)', async () => {
    const disk = join(place.folder, 'disk')
    mkdirSync(disk)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', disk])
    try {
      place.path = join(disk, 'log.db')
      const { store } = await serve()
      await store.append(0, [entry('command-1', 1, 2)])
      const free = statfsSync(disk)
      writeFileSync(join(disk, 'ballast'), Buffer.alloc((free.bavail - 1) * free.bsize))
      await vi.waitFor(() => expect([...place.causes.keys()]).toEqual(['diskFull']), 1_000)
      await refuses(store, 2)
      expect(await store.read(0, 10)).toHaveLength(2)
      // room for a moment is none: whoever else fills the disk goes on
      truncateSync(join(disk, 'ballast'), statSync(join(disk, 'ballast')).size - 1_200_000)
      await new Promise((resume) => setTimeout(resume, 200))
      expect([...place.causes.keys()]).toEqual(['diskFull'])
      rmSync(join(disk, 'ballast'))
      await vi.waitFor(() => expect(place.causes.size).toBe(0), 1_000)
      expect(await store.append(2, [entry('command-2', 3, 1)])).toHaveLength(1)
      await stop()
    } finally {
      await stopAll()
      execFileSync('umount', [disk])
    }
  })

  test('a refusal of the database itself ends with the first write that it takes', async () => {
    const seen: string[] = []
    let takes = false
    const watch = startWatch({
      path: (await serve(), place.path),
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
    expect([...place.causes.keys()]).toEqual(['logDamaged'])
    await refuses(store, 2)
    expect(await store.read(0, 10)).toHaveLength(2)
  })
})
