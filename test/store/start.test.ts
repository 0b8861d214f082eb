import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import { openAuth } from '../../server/auth/auth.ts'
import { headFileOf, keepHead, readHead } from '../../server/store/head.ts'
import { ServingFault } from '../../server/store/serving.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { LogFault } from '../../shared/event.ts'
import { entry } from './contract.ts'
import { servedLogs } from './servedLogs.ts'

const { place, serve, stop, faultOf, written, tamper, flipText } = servedLogs()

describe('Z4 the head is kept outside the file', () => {
  test('with every acknowledgement, and at the stop', async () => {
    const serving = await serve()
    const file = headFileOf(place.state, place.path)
    expect(readHead(file)).toMatchObject({ seq: 0 })
    await serving.store.append(0, [entry('command-1', 1, 2)])
    expect(readHead(file)).toMatchObject({ seq: 2 })
    await serving.store.append(2, [entry('command-2', 3, 1)])
    expect(readHead(file)).toMatchObject({ seq: 3 })
    await stop(serving)
    const kept = readHead(file)!
    expect(kept.seq).toBe(3)
    const again = await serve()
    expect(kept.hash).toBe((await again.store.read(2, 1))[0]!.hash)
    expect(again.kept()).toEqual(kept)
  })

  test('a log that is cut by a single event after a kill is no start', async () => {
    const serving = await serve()
    await serving.store.append(0, [entry('command-1', 1, 3)])
    const whole = statSync(`${place.path}-wal`).size
    await serving.store.append(3, [entry('command-2', 4, 1)])
    for (const end of ['', '-wal']) copyFileSync(place.path + end, join(place.folder, `killed${end}`))
    const head = readFileSync(headFileOf(place.state, place.path))
    await stop(serving)
    for (const end of ['', '-wal']) copyFileSync(join(place.folder, `killed${end}`), place.path + end)
    writeFileSync(headFileOf(place.state, place.path), head)
    truncateSync(`${place.path}-wal`, whole)
    expect(String(await faultOf())).toContain('it ends at event 3, but the server had got to event 4')
  })

  test('what is kept is made anew when somebody takes it away', async () => {
    const file = headFileOf(place.state, place.path)
    let seq = 0
    const keeper = await keepHead({
      file,
      path: place.path,
      head: () => ({ seq, hash: 'x' }),
      now: () => new Date(0),
      // taken away once more while it is made
      failed: () => undefined,
      everyMs: 5,
    })
    for (const away of [file, place.state]) {
      rmSync(away, { recursive: true })
      seq++
      keeper.grown()
      await vi.waitFor(() => expect(readHead(file)).toMatchObject({ seq }))
    }
    await keeper.stop()
    expect(readHead(file)).toMatchObject({ seq })
  })

  test('where it cannot be kept while the server runs, that is said once, and again after it could', async () => {
    const file = headFileOf(place.state, place.path)
    const said: string[] = []
    const keeper = await keepHead({
      file,
      path: place.path,
      head: () => ({ seq: 1, hash: 'x' }),
      now: () => new Date(0),
      failed: (error) => said.push(String(error)),
      everyMs: 5,
    })
    for (let times = 1; times <= 2; times++) {
      rmSync(place.state, { recursive: true })
      writeFileSync(place.state, 'a file, not a folder')
      await vi.waitFor(() => expect(said).toHaveLength(times))
      await new Promise((resume) => setTimeout(resume, 30))
      expect(said).toHaveLength(times)
      rmSync(place.state)
      await vi.waitFor(() => expect(readHead(file)).toMatchObject({ seq: 1 }))
    }
    await keeper.stop()
  })

  test('no file and no head is an empty start, and so is a file without a head', async () => {
    expect(await (await serve()).store.head()).toBe(0)
    await stop()
    await written(3)
    rmSync(place.state, { recursive: true })
    expect(await (await serve({ say: () => undefined })).store.head()).toBe(3)
  })

  test('a head without its file is no start', async () => {
    await written(3)
    rmSync(place.path)
    const fault = await faultOf()
    expect(String(fault)).toContain('no log is there, but the server had got to event 3')
    expect(existsSync(place.path)).toBe(false)
    expect(await (await serve({ acceptOlder: 0 })).store.head()).toBe(0)
  })

  test('nor is a file behind its head, unless somebody says which', async () => {
    await written(3)
    copyFileSync(place.path, join(place.folder, 'copy'))
    const serving = await serve()
    await serving.store.append(3, [entry('command-2', 4, 2)])
    await stop(serving)
    copyFileSync(join(place.folder, 'copy'), place.path)
    expect(String(await faultOf())).toMatch(/it ends at event 3, but the server had got to event 5.*--accept-older 3/)
    expect(String(await faultOf({ acceptOlder: 2 }))).toContain('--accept-older 3')
    expect(await (await serve({ acceptOlder: 3 })).store.head()).toBe(3)
    await stop()
    expect(await (await serve()).store.head()).toBe(3)
  })

  test('nor is another log of the same length or longer', async () => {
    await written(3)
    rmSync(place.path)
    const other = openSqlite(place.path)
    await other.append(0, [entry('command-9', 1, 5)])
    await other.close()
    expect(String(await faultOf())).toContain('event 3 is another one')
  })

  test('finding R13: a WAL cut before its first commit is no empty start', async () => {
    const serving = await serve()
    await serving.store.append(0, [entry('command-1', 1, 3)])
    // as a kill leaves it: not closed
    for (const end of ['', '-wal']) copyFileSync(place.path + end, join(place.folder, `killed${end}`))
    await stop(serving)
    for (const end of ['', '-wal']) copyFileSync(join(place.folder, `killed${end}`), place.path + end)
    truncateSync(`${place.path}-wal`, 40)
    expect(String(await faultOf())).toContain('no log is there, but the server had got to event 3')
    expect(statSync(`${place.path}-wal`).size).toBe(40)
  })

  test('a head that is damaged is no start either', async () => {
    await written(3)
    const file = headFileOf(place.state, place.path)
    writeFileSync(file, readFileSync(file, 'utf8').replace('3', '1'))
    expect(String(await faultOf())).toContain('is damaged')
    expect(String(await faultOf({ acceptOlder: 99 }))).toContain('--accept-older 3')
    expect(await (await serve({ acceptOlder: 3 })).store.head()).toBe(3)
  })

  test('where it cannot be kept there is no start', async () => {
    await written(3)
    rmSync(place.state, { recursive: true })
    writeFileSync(place.state, 'a file, not a folder')
    for (const acceptOlder of [null, 3]) {
      const fault = await faultOf({ acceptOlder })
      expect(fault).toMatchObject({ setting: 'STATE' })
      expect(String(fault)).toContain('STATE names a folder that it may read and write')
      // which would help nothing
      expect(String(fault)).not.toContain('--accept-older')
    }
  })

  test('a log of which nothing was kept starts, and the operator is told that nothing vouches for it', async () => {
    const said: [string, object][] = []
    const say = (line: string, about: object) => void said.push([line, about])
    await stop(await serve({ say }))
    await written(3)
    rmSync(place.state, { recursive: true })
    await stop(await serve({ say }))
    expect(said).toEqual([
      [expect.stringContaining('nothing outside the file vouches for the log'), { data: place.path, seq: 3 }],
    ])
    // it is kept from then on, and who wants none is told nothing
    await stop(await serve({ say }))
    await stop(await serve({ say, state: null }))
    expect(said).toHaveLength(1)
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
    const before = readFileSync(place.path)
    const fault = await faultOf()
    expect(fault).toBeInstanceOf(LogFault)
    expect(fault).toMatchObject({ reason })
    expect(readFileSync(place.path).equals(before)).toBe(true)
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

  test('Z11 a row of another table in the file that is not what was written', async () => {
    await written(3)
    const auth = openAuth(place.path, () => new Date('2008-01-02T09:00:00Z'))
    await auth.invitations.create({ name: null, role: 'district', unit: '440308', by: 'office' })
    await auth.close()
    await stop(await serve())
    flipText('440308', '440300')
    expect(String(await faultOf())).toContain('a row is not what was written, in: invitation')
  })

  test('a definition that lost its sense', async () => {
    await written(3)
    flipText('copy IS NOT', 'cop9 IS NOT')
    expect(String(await faultOf())).toContain('"life_damaged" was changed')
    await stop(await serve({ path: join(place.folder, 'accounts.db') }))
    const auth = openAuth(join(place.folder, 'accounts.db'), () => new Date(0))
    await auth.close()
    flipText('copy IS NOT', 'cop9 IS NOT', join(place.folder, 'accounts.db'))
    expect(String(await faultOf({ path: join(place.folder, 'accounts.db') }))).toMatch(
      /is damaged \(no such column: cop9\)/,
    )
  })

  test('something that cannot be opened at all', async () => {
    mkdirSync(place.path, { recursive: true })
    const fault = await faultOf()
    expect(fault).toMatchObject({ setting: 'DATA' })
    expect(String(fault)).toContain('cannot be used')
  })

  test('something that is no database', async () => {
    await written(3)
    writeFileSync(place.path, 'x'.repeat(9_000))
    const fault = await faultOf()
    expect(fault).toBeInstanceOf(ServingFault)
    expect(String(fault)).toContain('is damaged')
  })
})
