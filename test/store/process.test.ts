/** The server as people start it, and what becomes of its file. */
import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { lockOf } from '../../server/store/lock.ts'
import { newId } from '../support/core.ts'
import { type MainProcess, runMain, settingsOf } from '../support/mainProcess.ts'
import { type Client, codes, createClient, PASSWORD } from '../support/server.ts'

const run = promisify(execFile)
const node = join(import.meta.dirname, '../../node_modules/.bin/node')

/** ms within which a server has noticed */
const NOTICED = { timeout: 1_000, interval: 20 }

let folder: string
let DATA: string
let running: MainProcess[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollout-main-'))
  DATA = join(folder, 'log.db')
  running = []
})
afterEach(async () => {
  for (const main of running) main.child.kill('SIGKILL')
  for (const main of running) await main.ended
  rmSync(folder, { recursive: true, force: true })
})

function start(...args: string[]): MainProcess {
  const main = runMain({ DATA }, args)
  running.push(main)
  return main
}

async function stop(main: MainProcess): Promise<void> {
  main.child.kill('SIGTERM')
  expect(await main.ended).toBe(0)
}

/** Why there is no start. */
async function refused(...args: string[]): Promise<string> {
  const { ended, out } = start(...args)
  expect(await ended).toBe(1)
  expect(out.err).toMatch(/^The server cannot start:\n/)
  expect(out.err).not.toContain('    at ')
  return out.err
}

/** Uses the link of the first start. */
async function joinFirst(main: MainProcess): Promise<Client> {
  const client = createClient(main.url, '')
  await main.url()
  const token = /\/join#?\/?([\w-]+)/.exec(main.out.out)![1]!
  const joined = await client.post('/api/v1/invitations/join', {
    token,
    name: '主任',
    login: 'head',
    password: PASSWORD,
  })
  expect(joined.status).toBe(200)
  return client
}

const add = (client: Client, member: string) =>
  client.command('AddMember', { member, name: member, role: 'viewer', unit: '440300' })
const causes = async (client: Client) => (await client.get('/readyz')).body.causes
const people = async (client: Client): Promise<string> => {
  const { status, text } = await client.get('/api/v1/changes?scope=people')
  expect(status).toBe(200)
  return text
}

const tool = (name: string, ...args: string[]) =>
  run(node, [join(import.meta.dirname, `../../server/tools/${name}.ts`), ...args], { env: settingsOf({ DATA }) })

describe('the file of a real server', { timeout: 120_000 }, () => {
  test('Z2 finding R1: a second server does not start and says why; verify and backup work beside the first', async () => {
    const main = start()
    const client = await joinFirst(main)
    expect(await refused()).toContain('another server is using it')
    expect((await add(client, 'after')).ok).toBe(true)
    expect((await tool('verify')).stdout).toContain('The log is whole.')
    expect((await tool('backup', join(folder, 'saved'))).stdout).toContain('all that the running server holds')
  })

  test('Z6 finding R4: deleted, nothing is acknowledged within a second, reading goes on, and a backup brings all back', async () => {
    const main = start()
    const client = await joinFirst(main)
    expect((await add(client, 'before')).ok).toBe(true)
    for (const end of ['', '-wal', '-shm']) rmSync(DATA + end)
    await vi.waitFor(async () => expect(await causes(client)).toEqual(['fileGone']), NOTICED)
    expect(codes(await add(client, 'late'))).toEqual(['store.readOnly'])
    expect(await people(client)).toContain('"mbefore"')
    const saved = join(folder, 'saved')
    await tool('backup', saved)
    await stop(main)
    expect(await refused()).toMatch(/no log is there, but the server had got to event \d+.*--accept-older 0/)
    expect((await tool('restore', saved)).stdout).toContain('Everybody signs in anew.')
    const again = start()
    const anew = createClient(again.url, '')
    expect((await anew.post('/api/v1/session', { login: 'head', password: PASSWORD })).status).toBe(200)
    expect(await people(anew)).toContain('"mbefore"')
    expect(await people(anew)).not.toContain('"mlate"')
  })

  test('Z6 finding R5: read-only heals; replaced, or without its lock, it does not', async () => {
    const client = await joinFirst(start())
    chmodSync(DATA, 0o400)
    await vi.waitFor(async () => expect(await causes(client)).toEqual(['readOnly']), NOTICED)
    expect(codes(await add(client, 'late'))).toEqual(['store.readOnly'])
    expect(await people(client)).not.toContain('"mlate"')
    chmodSync(DATA, 0o600)
    await vi.waitFor(async () => expect(await causes(client)).toEqual([]), NOTICED)
    expect((await add(client, 'healed')).ok).toBe(true)
    renameSync(lockOf(DATA), `${lockOf(DATA)}.away`)
    await vi.waitFor(async () => expect(await causes(client)).toEqual(['lockLost']), NOTICED)
    expect(codes(await add(client, 'late'))).toEqual(['store.readOnly'])
    renameSync(DATA, `${DATA}.away`)
    copyFileSync(`${DATA}.away`, DATA)
    await vi.waitFor(async () => expect(await causes(client)).toEqual(['fileReplaced', 'lockLost']), NOTICED)
    renameSync(`${DATA}.away`, DATA)
    renameSync(`${lockOf(DATA)}.away`, lockOf(DATA))
    await vi.waitFor(async () => expect(await causes(client)).toEqual(['fileReplaced']), NOTICED)
    expect(codes(await add(client, newId()))).toEqual(['store.readOnly'])
    expect(await people(client)).toContain('"mhealed"')
  })
})
