import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { newId } from './support/core.ts'
import { runMain } from './support/mainProcess.ts'
import { createClient, PASSWORD } from './support/server.ts'

describe('the server as a process', { timeout: 60_000 }, () => {
  let dir: string
  const running = new Set<ChildProcess>()
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'rollout-'))
  })
  afterEach(() => {
    for (const child of running) child.kill('SIGKILL')
    running.clear()
  })
  afterAll(() => rm(dir, { recursive: true }))

  const run = (env: Record<string, string>, args: string[] = []) => {
    const main = runMain(env, args)
    running.add(main.child)
    return main
  }

  it('keeps what it has acknowledged through kill -9, and prints the first link until it is used', async () => {
    const DATA = join(dir, 'kept.db')
    const first = run({ DATA })
    const client = createClient(first.url, '')
    await first.url()
    const token = /\/join#([\w-]+)/.exec(first.out.out)![1]!
    const joined = await client.post('/api/v1/invitations/join', {
      token,
      name: '主任',
      login: 'head',
      password: PASSWORD,
    })
    expect(joined.status).toBe(200)
    const me = joined.body.me as { unit: string }
    const socket = await client.socket()
    const data = { member: 'kept', name: '留', role: 'viewer' as const, unit: me.unit }
    const answer = await socket.emitWithAck('command', { id: newId(), kind: 'AddMember', data })
    first.child.kill('SIGKILL')
    expect(answer.ok).toBe(true)
    await first.ended
    socket.close()

    const second = run({ DATA })
    const again = createClient(second.url, client.cookie)
    expect((await again.get('/api/v1/changes?scope=people')).text).toContain('["mkept","留","viewer"')
    expect(second.out.out).not.toContain('/join#')
    second.child.kill('SIGTERM')
    expect(await second.ended).toBe(0)
  })

  it('lists every fault by name and gives up without a stack trace', async () => {
    const { out, ended } = run({ PORT: 'x', LOG_LEVEL: 'y' })
    expect(await ended).toBe(1)
    expect(out.err).toMatch(/PORT: "x"/)
    expect(out.err).toMatch(/LOG_LEVEL: "y"/)
    expect(out.err).not.toContain('    at ')
  })

  it('says so when the programme or the file cannot be used', async () => {
    const missing = run({ DATA: join(dir, 'a.db') }, ['--program', join(dir, 'nowhere')])
    expect(await missing.ended).toBe(1)
    expect(missing.out.err).toMatch(/PROGRAM: .*nowhere.*programme\.json/)
    const text = join(dir, 'text.db')
    await writeFile(text, 'no database, but long enough to be taken for one'.repeat(20))
    const wrong = run({ DATA: text })
    expect(await wrong.ended).toBe(1)
    expect(wrong.out.err).toMatch(/DATA: .*not a database/)
    const below = run({ DATA: join(text, 'a.db') })
    expect(await below.ended).toBe(1)
    expect(below.out.err).toMatch(/DATA: .*cannot be used.*Look at its disk and its rights/)
    for (const { out } of [missing, wrong, below]) expect(out.err).not.toContain('    at ')
  })

  it('L11 says so, and serves nothing, when the log holds what this version does not understand', async () => {
    const DATA = join(dir, 'newer.db')
    const first = run({ DATA })
    await first.url()
    first.child.kill('SIGTERM')
    await first.ended
    const db = new DatabaseSync(DATA)
    db.exec("UPDATE event SET type = 'DayRepeated', v = 3 WHERE seq = 2")
    db.close()
    const second = run({ DATA })
    expect(await second.ended).toBe(1)
    expect(second.out.err).toMatch(/DATA: .*newer\.db: event 2 is "DayRepeated" in version 3/)
    expect(second.out.err).not.toContain('    at ')
  })
})
