/** However a session ends: from then on it is nobody's, and its live connections are closed within a second. */
import { DatabaseSync } from 'node:sqlite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ABSOLUTE_MS, IDLE_MS } from '../../server/auth/sessions.ts'
import { districtA, districtB, legal, office, otherA, viewer } from '../support/core.ts'
import type { Actor } from '../../shared/policy.ts'
import { type Client, closed, MORNING, PASSWORD, startServer, type TestServer, watch } from '../support/server.ts'

describe('N1 a session that ends', () => {
  let test: TestServer
  beforeAll(async () => {
    test = await startServer()
    for (const actor of [districtA, districtB, legal, otherA, viewer]) await test.account(actor, actor.id)
  })
  afterAll(() => test.close())

  const signIn = async (actor: Actor) => {
    const client = test.stranger()
    const { status } = await client.post('/api/v1/session', { login: actor.id, password: PASSWORD })
    expect(status).toBe(200)
    return client
  }
  const lines = async (client: Client) =>
    (await client.get('/api/v1/sessions')).body.sessions as { session: string; here: boolean }[]

  const WAYS: [title: string, actor: Actor, end: (theirs: Client) => Promise<unknown>][] = [
    ['by signing out', districtA, (theirs) => theirs.send('DELETE', '/api/v1/session')],
    [
      'by signing it out from another',
      districtA,
      async () => {
        const other = await signIn(districtA)
        for (const { session, here } of await lines(other))
          if (!here) await other.post('/api/v1/sessions/end', { session })
      },
    ],
    ['by signing out everywhere', districtB, async () => (await signIn(districtB)).send('DELETE', '/api/v1/sessions')],
    [
      'by a change of the password elsewhere',
      legal,
      async () => (await signIn(legal)).post('/api/v1/password', { current: PASSWORD, next: 'another good one' }),
    ],
    [
      'by a reset of the password',
      otherA,
      async () => {
        const { body } = await (await test.as(office)).post('/api/v1/resets', { member: otherA.id })
        const token = String(body.link).split('#')[1]!
        expect(
          (await test.stranger().post('/api/v1/resets/redeem', { token, password: 'another good one' })).status,
        ).toBe(200)
      },
    ],
    [
      'by signing in again in its place',
      districtB,
      (theirs) => theirs.post('/api/v1/session', { login: 'districtB', password: PASSWORD }),
    ],
    [
      'by the end of the member',
      viewer,
      async () => (await test.as(office)).command('EndMember', { member: 'viewer', reason: 'left' }),
    ],
    [
      'by somebody who deletes it in the file',
      districtA,
      async () => {
        const db = new DatabaseSync(test.file)
        db.exec("DELETE FROM session WHERE member = 'districtA'")
        db.close()
      },
    ],
    ['by its age', districtA, async () => (test.clock.now = new Date(MORNING.getTime() + ABSOLUTE_MS + 1))],
    ['by lying idle', districtB, async () => (test.clock.now = new Date(test.clock.now.getTime() + IDLE_MS + 1))],
  ]
  for (const [title, actor, end] of WAYS)
    it(`${title} is nobody's, and its live connections are closed within a second`, async () => {
      const theirs = await signIn(actor)
      const { cookie } = theirs
      const sockets = [await theirs.socket(), await theirs.socket()]
      const gone = Promise.all(sockets.map((socket) => closed(socket, 3_000)))
      let at = 0
      void gone.then(() => (at = performance.now()))
      await end(theirs)
      const ended = performance.now()
      await gone
      expect(at - ended).toBeLessThan(1_000)
      const stolen = test.stranger()
      stolen.cookie = cookie
      expect((await stolen.get('/api/v1/changes?scope=programme')).status).toBe(401)
      await expect(stolen.socket()).rejects.toThrow()
    })
})

it('N3 a person sees their own sessions, with place and last use, and ends none of others', async () => {
  const test = await startServer({ config: { trustProxy: 1 } })
  await test.account(districtA, 'wang')
  await test.account(districtB, 'li')
  const enter = async (login: string, address: string, agent: string) => {
    const client = test.stranger()
    const headers = { 'x-forwarded-for': address, 'user-agent': agent }
    await client.send('POST', '/api/v1/session', { body: { login, password: PASSWORD }, headers })
    return client
  }
  const phone = await enter('wang', '10.0.0.1', 'Mozilla/5.0 (Linux; Android 14) Chrome/142 Mobile Safari/537.36')
  const desk = await enter('wang', '10.0.0.2', 'Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/145.0')
  const foreign = await enter('li', '10.0.0.3', 'curl/8')
  test.clock.now = new Date(MORNING.getTime() + 60_000)
  await phone.send('GET', '/api/v1/session', { headers: { 'x-forwarded-for': '10.0.0.9' } })
  test.clock.now = new Date(MORNING.getTime() + 120_000)
  const began = MORNING.getTime()
  const { body } = await desk.send('GET', '/api/v1/sessions', { headers: { 'x-forwarded-for': '10.0.0.2' } })
  const id = expect.stringMatching(/^[0-9a-f]{16}$/)
  expect(body.sessions).toEqual([
    {
      session: id,
      here: true,
      address: '10.0.0.2',
      browser: 'Firefox',
      system: 'Windows',
      began,
      used: began + 120_000,
    },
    {
      session: id,
      here: false,
      address: '10.0.0.9',
      browser: 'Chrome',
      system: 'Android',
      began,
      used: began + 60_000,
    },
  ])
  for (const { session } of body.sessions as { session: string }[])
    await foreign.post('/api/v1/sessions/end', { session })
  expect((await desk.get('/api/v1/sessions')).body.sessions).toHaveLength(2)
  await test.close()
})

it('N3 a live connection is a use from where it comes: when it is made, and with what is asked over it', async () => {
  const test = await startServer({ config: { trustProxy: 1 } })
  const client = await test.as(districtA)
  const from = (address: string) => ({ 'x-forwarded-for': address })
  const used = async () => (await test.server.auth.sessions.ofMember(districtA.id)).map(({ address }) => address)
  await client.send('GET', '/api/v1/session', { headers: from('10.0.0.1') })
  const socket = await client.socket(from('10.0.0.7'))
  expect(await used()).toEqual(['10.0.0.7'])
  await client.send('GET', '/api/v1/session', { headers: from('10.0.0.2') })
  expect(await used()).toEqual(['10.0.0.2'])
  await watch(socket, 'programme')
  expect(await used()).toEqual(['10.0.0.7'])
  socket.close()
  await test.close()
})

it('N5 a page is told for how long its session lasts at most', async () => {
  const test = await startServer()
  await test.account(districtA, 'wang')
  const client = test.stranger()
  const entered = await client.post('/api/v1/session', { login: 'wang', password: PASSWORD })
  expect(entered.body.endsIn).toBe(ABSOLUTE_MS)
  test.clock.now = new Date(MORNING.getTime() + 3_600_000)
  expect((await client.get('/api/v1/session')).body.endsIn).toBe(ABSOLUTE_MS - 3_600_000)
  expect((await test.stranger().get('/api/v1/session')).body.endsIn).toBeNull()
  await test.close()
})
