import { once } from 'node:events'
import { request } from 'node:http'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { item, districtA, office, viewer } from '../support/core.ts'
import { type MetricsOptions, serveMetrics } from '../../server/http/metrics.ts'
import { codes, type StartOptions, startServer, type TestServer, watch } from '../support/server.ts'

const TOKEN = 'a-token-of-25-characters!'

describe('metrics', () => {
  let test: TestServer
  afterEach(() => test.close())
  const start = async (options: StartOptions = {}) => {
    test = await startServer(options)
  }
  /** by a client that may send any header */
  const statusOf = async (headers: Record<string, string> = {}) => {
    const asked = request(`${test.url}/metrics`, { headers, agent: false }).end()
    const [answer] = (await once(asked, 'response')) as [{ statusCode: number; resume(): void }]
    answer.resume()
    return answer.statusCode
  }
  const valueOf = (text: string, name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')[1],
    )

  it('H4 count what is committed, sent, watched and refused, and tell how the process does', async () => {
    await start()
    const socket = await (await test.as(viewer)).socket()
    await watch(socket, 'unit:A')
    await watch(socket, 'issues')
    const before = (await test.stranger().get('/metrics')).text
    const patched = new Promise((resolve) => socket.once('patch', resolve))
    const district = await test.as(districtA)
    await district.command('SubmitReports', { items: [item('A1', '2008-01-10', { issued: 4 })] })
    await (await test.as(viewer)).command('LockPeriod', { through: '2008-01-09' })
    await test.stranger().get('/api/v1/changes?scope=issues')
    await patched
    test.server.health.set('diskFull', 'no room')

    const { status, headers, text } = await test.stranger().get('/metrics')
    expect(status).toBe(200)
    expect(headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/)
    const grown = (name: string) => valueOf(text, name) - valueOf(before, name)
    expect(grown('rollout_commands_total')).toBe(1)
    expect(grown('rollout_events_total')).toBe(1)
    expect(grown('rollout_commit_seconds_count')).toBe(1)
    expect(grown('rollout_patch_bytes_count')).toBeGreaterThan(0)
    expect(grown('rollout_sent_bytes_total')).toBeGreaterThan(50)
    expect(valueOf(text, 'rollout_sockets')).toBe(1)
    expect(valueOf(text, 'rollout_watchers')).toBe(2)
    expect(valueOf(text, 'rollout_queue_commands')).toBe(0)
    expect(valueOf(text, 'rollout_fold_lag_events')).toBe(0)
    expect(valueOf(text, 'rollout_refusals_total{code="may.not"}')).toBe(1)
    expect(valueOf(text, 'rollout_refusals_total{code="may.signIn"}')).toBe(1)
    expect(valueOf(text, 'rollout_unready{cause="diskFull"}')).toBe(1)
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds ')
    expect(text).toContain('process_resident_memory_bytes ')
    test.server.health.set('diskFull', null)
    expect((await test.stranger().get('/metrics')).text).not.toContain('rollout_unready{')
    socket.close()
  })

  it('H4 move with what waits, what is not shown, who leaves, and a loop that is held up', async () => {
    await start()
    const { core } = test.server
    const load = core.load
    core.load = () => ({ waiting: 7, shown: load().shown, head: load().shown + 3 })
    const socket = await (await test.as(viewer)).socket()
    await watch(socket, 'issues')
    const hold = performance.now() + 300
    while (performance.now() < hold);
    const { text } = await test.stranger().get('/metrics')
    expect(valueOf(text, 'rollout_queue_commands')).toBe(7)
    expect(valueOf(text, 'rollout_fold_lag_events')).toBe(3)
    expect(valueOf(text, 'nodejs_eventloop_lag_max_seconds')).toBeGreaterThan(0.2)
    core.load = load
    socket.close()
    await vi.waitFor(async () => {
      const { text: later } = await test.stranger().get('/metrics')
      const names = ['rollout_queue_commands', 'rollout_fold_lag_events', 'rollout_sockets', 'rollout_watchers']
      expect(names.map((name) => valueOf(later, name))).toEqual([0, 0, 0, 0])
    }, 5_000)
  })

  it('H4 are for this machine alone, which is nobody behind a proxy, told of or not, and no page of another name', async () => {
    await start({ config: { hosts: ['other.example'] } })
    expect(await statusOf()).toBe(200)
    for (const name of ['X-Forwarded-For', 'Forwarded', 'Via', 'X-Real-IP', 'X-Forwarded-Host'])
      expect([name, await statusOf({ [name]: '127.0.0.1' })]).toEqual([name, 403])
    expect(await statusOf({ Host: 'other.example' })).toBe(403)
    expect(await statusOf({ Authorization: `Bearer ${TOKEN}` })).toBe(200)
    expect((await (await test.as(office)).send('GET', '/metrics', { headers: { Via: 'x' } })).status).toBe(403)
    await test.close()
    await start({ config: { trustProxy: 1 } })
    expect(await statusOf()).toBe(403)
    await test.close()
    await start({ config: { origin: 'https://rollout.example' } })
    expect(await statusOf()).toBe(403)
  })

  it('H4 are for no other machine, whatever it calls this one', async () => {
    const rule = { origin: null, trustProxy: 0, hosts: [] } as unknown as MetricsOptions['rule']
    const serve = serveMetrics({ rule, token: null, type: 'text/plain', text: async () => 'figures' })
    const answerTo = async (remoteAddress: string) => {
      const req = { headers: { host: 'localhost' }, socket: { remoteAddress } }
      const ctx = { path: '/metrics', state: {}, req, set: () => undefined, body: {} as unknown }
      await serve(ctx as never, async () => undefined)
      return ctx.body === 'figures' ? ctx.body : codes(ctx.body)
    }
    for (const own of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])
      expect(await answerTo(own)).toBe('figures')
    for (const other of ['192.0.2.7', '::ffff:192.0.2.7', '2001:db8::1', ''])
      expect([other, await answerTo(other)]).toEqual([other, ['may.not']])
  })

  it('H4 are for whoever has the token', async () => {
    await start({ config: { trustProxy: 1, metricsToken: TOKEN } })
    const forwarded = { 'X-Forwarded-For': '203.0.113.7' }
    expect(await statusOf({ ...forwarded, Authorization: `Bearer ${TOKEN}` })).toBe(200)
    for (const Authorization of [
      '',
      'Bearer ',
      `Bearer ${TOKEN}x`,
      `Bearer ${TOKEN.slice(1)}`,
      `Basic ${TOKEN}`,
      TOKEN,
    ])
      expect([Authorization, await statusOf({ ...forwarded, Authorization })]).toEqual([Authorization, 403])
  })
})
