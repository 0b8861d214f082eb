/** The first start of a programme: what whoever sets it up reads, and what is left behind where it does not start. */
import type { ChildProcess } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { copyOf, type Folder } from './programs/folder.ts'
import { runMain } from './support/mainProcess.ts'

describe('a start', { timeout: 180_000 }, () => {
  let dir: string
  let folder: Folder
  const running = new Set<ChildProcess>()
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'first-start-'))
    folder = copyOf()
  })
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL')
    running.clear()
  })
  afterAll(async () => {
    folder.remove()
    await rm(dir, { recursive: true })
  })

  /** starts on a data file, reads what it prints, and stops it */
  const start = async (file: string, ...args: string[]) => {
    const main = runMain({ DATA: join(dir, file) }, args)
    running.add(main.child)
    const ended = await Promise.race([main.ended, main.url().then(() => 'listens' as const)])
    if (ended === 'listens') {
      main.child.kill('SIGTERM')
      await main.ended
    }
    return { ended, out: main.out.out, err: main.out.err }
  }

  test('O8 of a programme that is over says so, and the three ways on', async () => {
    const { out } = await start('over.db')
    expect(out).toContain('ended on 2009-12-31: no day begins, and nothing can be reported.')
    for (const way of ['npm start -- --day 2007-09-12', 'npm run demo', 'npm run programme -- new'])
      expect(out).toContain(way)
  })

  test('O8 of one that has not begun says when it does', async () => {
    folder.edit('programme.json', (text) =>
      text.replace('2026-11-02', '2999-01-01').replace('2027-06-30', '2999-12-31'),
    )
    const { out } = await start('early.db', '--program', folder.path)
    expect(out).toContain('begins on 2999-01-01: until then nothing can be reported.')
    // what is written there can be given as it is
    expect(out).toContain(`DATA=./data/trial.db npm start -- --program ${folder.path} --day 2999-01-01`)
    folder.edit('programme.json', (text) =>
      text.replace('2999-01-01', '2026-11-02').replace('2999-12-31', '2027-06-30'),
    )
  })

  test('C23 on a chosen day begins it, goes on from there at the next start, and takes no day of another calendar', async () => {
    const first = await start('tried.db', '--day', '2008-03-14')
    expect(first.out).toContain('It is 2008-03-14 here: this store is for trying')
    expect((await start('tried.db')).out).toContain('It is 2008-03-14 here')
    expect((await start('tried.db', '--day', '2008-03-17')).out).toContain('It is 2008-03-17 here')
    expect((await start('tried.db', '--day', '2008-03-14')).out).toContain('It is 2008-03-17 here')
    const wrong = await start('never.db', '--day', '2020-01-01')
    expect([wrong.ended, wrong.err]).toEqual([
      1,
      expect.stringContaining('--day: 2020-01-01 is no day of "shenzhen-2008"'),
    ])
    expect(existsSync(join(dir, 'never.db'))).toBe(false)
    const real = await start('over.db', '--day', '2008-03-14')
    expect([real.ended, real.err]).toEqual([1, expect.stringContaining('goes by the calendar')])
    expect((await start('none.db', '--day', 'soon')).err).toContain('--day: "soon" is no day')
  })

  test('O8 a fault is said in the words of the check, and leaves no store behind', async () => {
    for (const [from, to] of [
      ['"Asia/Shanghai"', '"Asia/Shenzhen"'],
      ['"17:30"', '"99:99"'],
      ['"threshold": 0.9', '"threshold": -1'],
    ] as const) {
      folder.edit('programme.json', (text) => text.replace(from, to))
      const { ended, err } = await start('faulty.db', '--program', folder.path)
      expect(ended).toBe(1)
      for (const line of folder.faults()) expect(err).toContain(line)
      expect(existsSync(join(dir, 'faulty.db'))).toBe(false)
      folder.edit('programme.json', (text) => text.replace(to, from))
    }
  })

  test('O8 what is suspicious is said, and it starts', async () => {
    folder.edit('programme.json', (text) => text.replace('"threshold": 0.9', '"threshold": 60.5'))
    const { ended, out } = await start('odd.db', '--program', folder.path)
    expect([ended, out]).toEqual(['listens', expect.stringContaining(folder.doubts()[0]!)])
    folder.edit('programme.json', (text) => text.replace('"threshold": 60.5', '"threshold": 0.9'))
  })

  test('O8 a store keeps its programme, and says in which parts the folder differs by now', async () => {
    expect((await start('kept.db', '--program', folder.path)).out).not.toContain('says otherwise')
    expect((await start('kept.db', '--program', folder.path)).out).not.toContain('says otherwise')
    const before = readFileSync(join(folder.path, 'units.csv'), 'utf8')
    folder.edit('units.csv', (text) => text.replace('Elm', 'Beech'))
    folder.edit('bases.csv', (text) => text.replace(',600,', ',620,'))
    const { ended, out } = await start('kept.db', '--program', folder.path)
    expect([ended, out]).toEqual(['listens', expect.stringContaining('than this store, in: units, bases.')])
    folder.write('units.csv', before)
  })
})
