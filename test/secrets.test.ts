/** Everything that is secret or typed is marked and sent to every route and event, in every place; the log is then searched for the mark. */
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ROUTES } from '../client/sync/routes.ts'
import { SOCKET_EVENTS } from '../shared/protocol/socket.ts'
import { runMain } from './support/mainProcess.ts'
import { createClient, emitRaw } from './support/server.ts'

let n = 0
/** A fresh one each time, so that one that shows can be found. */
const secret = () => `Geheim-${++n}-7f3a9c1e`
/** Fields that some route has, each with what nobody may see. */
const FIELDS = ['token', 'login', 'password', 'current', 'next', 'name', 'member', 'role', 'unit', 'session', 'scope']
FIELDS.push('since', 'asOf', 'month', 'address', 'hash', 'id', 'kind', 'data', 'text', 'reason', 'phone', '__proto__')
const filled = (fields = FIELDS) => Object.fromEntries(fields.map((name) => [name, secret()]))
/** A live connection that names the prototype is closed before it is heard (H12). */
const spoken = () => filled(FIELDS.filter((name) => name !== '__proto__'))
const HEADERS = [
  'Cookie',
  'Authorization',
  'Origin',
  'Referer',
  'User-Agent',
  'X-Forwarded-For',
  'X-Request-Id',
  'Accept',
]
/** Spelled so that no filter by path would know it. */
const oddly = (path: string) => path.replace(/[a-z]/g, (c, at: number) => (at % 2 === 0 ? c.toUpperCase() : c))

let dir: string
let child: ChildProcess | undefined
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'rollout-secrets-'))
})
afterAll(async () => {
  child?.kill('SIGKILL')
  await rm(dir, { recursive: true })
})

it('H5 nothing that was typed, and no password, token, cookie or link, stands in the log at any level', async () => {
  const main = runMain({ DATA: join(dir, 'r.db'), LOG_LEVEL: 'trace', METRICS_TOKEN: secret() })
  child = main.child
  const url = await main.url()
  const first = /\/join#([\w-]+)/.exec(main.out.out)![1]!
  const head = createClient(main.url, '')
  const password = secret()
  const body = { token: first, name: '主任', login: 'head', password }
  const { me } = (await head.post('/api/v1/invitations/join', body)).body as { me: { id: string; unit: string } }

  // what works: an invitation, a link for a new password, a sign-in with it
  const hidden: string[] = []
  const tokenOf = (link: unknown) => {
    const token = String(link).split('#')[1]!
    hidden.push(token)
    return token
  }
  const person = { name: '乙', role: 'viewer', unit: me.unit }
  const invited = tokenOf((await head.post('/api/v1/invitations', person)).body.link)
  const other = createClient(main.url, '')
  const joining = { token: invited, name: '乙', login: 'other', password: secret() }
  const joined = await other.post('/api/v1/invitations/join', joining)
  const { id: member } = joined.body.me as { id: string }
  const token = tokenOf((await head.post('/api/v1/resets', { member })).body.link)
  await other.post('/api/v1/resets/open', { token })
  const chosen = secret()
  expect((await other.post('/api/v1/resets/redeem', { token, password: chosen })).status).toBe(200)
  expect((await other.post('/api/v1/session', { login: 'other', password: chosen })).status).toBe(200)
  hidden.push(
    ...[head, other].flatMap(({ cookie, device }) => [cookie, device].map((part) => part.split('=')[1] ?? '')),
  )

  // and what does not: everything, in every place, by nobody and by somebody
  for (const cookie of ['', head.cookie])
    for (const { method, path } of Object.values(ROUTES))
      // by signing out the rest would be nobody's
      for (const at of method === 'DELETE' && cookie !== '' ? [] : [path, oddly(path), `${path}/${secret()}`]) {
        const query = new URLSearchParams(filled()).toString()
        await raw(url, method, `${at}?${query}`, { Cookie: cookie }, JSON.stringify(filled()))
        await raw(url, method, at, { Cookie: cookie }, `{"password":"${secret()}`)
        await raw(url, method, at, { ...headers(), ...(cookie === '' ? {} : { Cookie: cookie }) }, secret())
      }
  for (const path of [
    '/join',
    '/reset',
    '/Join',
    '//reset',
    '/metrics',
    '/healthz',
    '/readyz',
    '/assets',
    '/socket.io',
  ])
    for (const at of [`${path}/${invited}`, `${path}?t=${token}`, `${path}/${secret()}`])
      for (const method of ['GET', 'POST', 'PUT', 'OPTIONS']) await raw(url, method, at, headers())
  const socket = await head.socket({ 'User-Agent': secret() })
  for (const event of Object.keys(SOCKET_EVENTS).filter((name) => name !== 'unwatch'))
    for (const said of [[spoken(), secret()], [secret(), 0], [{ id: `id-${n}`, kind: secret(), data: spoken() }]])
      await emitRaw(socket, event, ...said)
  await emitRaw(socket, 'command', { id: `id-${n}-0`, kind: 'AddMember', data: spoken() })
  await expect(emitRaw(socket, 'watch', filled(), 0)).rejects.toThrow('disconnected')
  await expect(createClient(main.url, `sid=${secret()}`).socket()).rejects.toThrow()
  main.child.kill('SIGTERM')
  expect(await main.ended).toBe(0)

  const log = main.out.out + main.out.err
  expect(log.split('\n').length).toBeGreaterThan(300)
  expect(log.split('\n').filter((line) => /geheim/i.test(decodeURIComponent(line.replaceAll('%', '%25'))))).toEqual([])
  for (const text of hidden.filter((text) => text !== '')) expect(log.includes(text), text).toBe(false)
  // printed once, which is what it is for
  expect(log.split(first)).toHaveLength(2)
}, 90_000)

const headers = () => Object.fromEntries(HEADERS.map((name) => [name, secret()]))

/** By a client that sends what it is told; a connection that is cut is an answer as well. */
function raw(url: string, method: string, path: string, headers: Record<string, string>, body = ''): Promise<void> {
  const { hostname, port } = new URL(url)
  const sent = { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)), ...headers }
  return new Promise((resolve) => {
    const asked = request({ hostname, port, method, path, headers: sent, agent: false }, (answer) => {
      answer.resume().on('end', () => resolve())
    })
    asked.on('error', () => resolve()).end(body)
  })
}
