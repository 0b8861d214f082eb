import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { commandName, createOperator, scopeName } from '../server/operator.ts'
import { newId } from './support/core.ts'
import { runMain } from './support/mainProcess.ts'
import { codes, createClient, emitRaw } from './support/server.ts'

const secret = (name: string) => `Geheim-${name}-7f3a9c`
const PASSWORD = secret('password')
const WRONG = secret('wrong')
const IN_THE_NAME = secret('typedIntoTheName')
const TOKEN = secret('metrics-token')

type Line = Record<string, unknown> & { msg: string }

describe('the operator’s log of a run', { timeout: 90_000 }, () => {
  let dir: string
  let child: ChildProcess | undefined
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'rollout-log-'))
  })
  afterAll(async () => {
    child?.kill('SIGKILL')
    await rm(dir, { recursive: true })
  })

  it('H5 has a line for each failed sign-in and each refusal by policy, and no secret at any level', async () => {
    const main = runMain({ DATA: join(dir, 'r.db'), LOG_LEVEL: 'trace', METRICS_TOKEN: TOKEN })
    child = main.child
    const url = await main.url()
    const head = createClient(main.url, '')
    const stranger = createClient(main.url, '')
    const first = /\/join#([\w-]+)/.exec(main.out.out)![1]!
    const joining = { token: first, name: '主任', login: 'head', password: PASSWORD }
    const { me } = (await head.post('/api/v1/invitations/join', joining)).body as { me: { id: string; unit: string } }

    // sign-ins that fail, the password in the wrong field among them
    for (const login of ['head', IN_THE_NAME]) {
      const answer = await stranger.post('/api/v1/session', { login, password: WRONG })
      expect(codes(answer.body)).toEqual(['auth.wrong'])
    }
    await stranger.send('POST', '/api/v1/session', { body: `{"login":"head","password":"${WRONG}"` })
    await stranger.post('/api/v1/session', { login: 'head', password: { is: WRONG } })
    await stranger.post('/api/v1/session', { login: 'head', password: WRONG, [secret('field')]: 1 })

    // links, however they are spelled
    const person = { name: '乙', role: 'viewer', unit: me.unit }
    const link = (await head.post('/api/v1/invitations', person)).body.link as string
    const token = link.split('#')[1]!
    const paths = [
      `/join/${token}`,
      `/Join/${token}`,
      `/JOIN/${token}?t=${token}`,
      `//join/${token}`,
      `/%6Aoin/${token}`,
    ]
    paths.push(`/api/v1/invitations?token=${token}`, `/API/v1/Invitations?TOKEN=${token}`, `/api/v1/${token}`)
    paths.push(`/assets/../join/${token}`, `/reset/${token}`, `/metrics/${token}`, `/healthz/${token}`)
    for (const path of paths) await raw(url, 'GET', path)
    for (const path of paths) await raw(url, 'POST', path, { Origin: `http://${secret('origin')}` })

    // rights, by HTTP and live
    const viewer = createClient(main.url, '')
    const viewing = { token, name: '乙', login: 'viewer', password: PASSWORD }
    const second = (await viewer.post('/api/v1/invitations/join', viewing)).body as { me: { id: string } }
    const reset = (await head.post('/api/v1/resets', { member: second.me.id })).body.link as string
    await viewer.command('LockPeriod', { through: '2008-01-09' })
    const socket = await viewer.socket()
    const data = { member: secret('member'), name: '丙', role: 'viewer', unit: me.unit }
    await emitRaw(socket, 'command', { id: newId(), kind: 'AddMember', data })
    await emitRaw(socket, 'watch', 'people', 0)
    socket.close()
    await expect(stranger.socket()).rejects.toThrow()
    await expect(viewer.socket({ origin: 'http://other.example' })).rejects.toThrow()
    await stranger.get('/api/v1/changes?scope=people')
    await viewer.post('/api/v1/password', { current: WRONG, next: PASSWORD })
    await raw(url, 'GET', '/metrics', { Authorization: `Bearer ${TOKEN}` })
    await raw(url, 'GET', '/metrics', { Authorization: `Bearer ${secret('other-token')}`, Via: '1.1 proxy' })
    main.child.kill('SIGTERM')
    expect(await main.ended).toBe(0)

    const all = main.out.out + main.out.err
    const cookies = [head, viewer].map(({ cookie }) => cookie.split('=')[1]!)
    for (const hidden of ['Geheim', token, reset.split('#')[1]!, ...cookies]) expect(all).not.toContain(hidden)
    // printed once, which is what it is for
    expect(all.split(first)).toHaveLength(2)

    const lines = all.split('\n').flatMap((text) => (text.startsWith('{') ? [JSON.parse(text) as Line] : []))
    const of = (msg: string) => lines.filter((line) => line.msg === msg)
    const failed = of('sign-in failed')
    expect(failed.map(({ who, codes }) => [who, codes])).toEqual([
      [me.id, ['auth.wrong']],
      [null, ['auth.wrong']],
      [null, ['input.notJson']],
      [null, ['input.type']],
      [null, ['input.unknownField']],
    ])
    for (const line of failed) expect(line).toMatchObject({ level: 30, what: 'signIn', address: '127.0.0.1' })
    const refused = of('refused').map(({ what, who, codes }) => `${String(what)} ${String(who)} ${String(codes)}`)
    const viewerId = second.me.id
    for (const line of [
      // who may send no command at all is not read
      `command ${viewerId} may.not`,
      `command AddMember ${viewerId} may.not`,
      `watch people ${viewerId} may.not`,
      'connect null may.signIn',
      'connect null origin.foreign',
      'changes null may.signIn',
      'other null origin.foreign',
      `changePassword ${viewerId} auth.wrong`,
      'metrics null may.not',
    ])
      expect(refused).toContain(line)
    const handed = of('link handed out').map(({ what, who, address, for: to }) => ({ what, who, address, for: to }))
    const by = { who: me.id, address: '127.0.0.1' }
    expect(handed).toEqual([
      { what: 'invite', ...by, for: { role: 'viewer', unit: me.unit } },
      { what: 'resetLink', ...by, for: { member: viewerId } },
    ])
  })
})

/** By a client that sends a path as it is. */
function raw(url: string, method: string, path: string, headers: Record<string, string> = {}): Promise<void> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path, headers, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve())
    })
    asked.on('error', reject).end()
  })
}

describe('names in the operator’s lines', () => {
  it('H5 are those of our tables', () => {
    expect(commandName({ kind: 'LockPeriod' })).toBe('command LockPeriod')
    for (const input of [{ kind: WRONG }, { kind: 'toString' }, { kind: { is: WRONG } }, WRONG, null, undefined])
      expect(commandName(input)).toBe('command')
    expect(scopeName('sheet:A1/2008-01-10')).toBe('watch sheet:A1/2008-01-10')
    for (const scope of [WRONG, `unit:${'A'.repeat(65)}`, 'unit:a b', 7, null]) expect(scopeName(scope)).toBe('watch')
  })

  it('H5 every refusal is counted, and those that say what is right have no line', () => {
    const counted: string[] = []
    const lines: object[] = []
    const log = { info: (about: object, line: string) => void lines.push({ ...about, line }) }
    const operator = createOperator({ log: log as never, count: (code) => void counted.push(code) })
    const asked = { what: 'command SubmitReports', who: 'm1', address: '192.0.2.1' }
    operator.refused(asked, [{ code: 'report.negative' }, { code: 'input.invalid' }])
    operator.refused(asked, [
      { code: 'may.outsideUnit', params: { unit: 'A1' } },
      { code: 'may.outsideUnit', params: { unit: 'A2' } },
    ])
    operator.refused(asked, [{ code: 'may.outsideUnit', params: { unit: 'typed, not a key' } }])
    expect(counted).toHaveLength(5)
    expect(lines).toEqual([
      { ...asked, codes: ['may.outsideUnit'], unit: 'A1', line: 'refused' },
      { ...asked, codes: ['may.outsideUnit'], line: 'refused' },
    ])
  })
})
