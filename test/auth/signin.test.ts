import { argon2 } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { districtA, districtB, legal, office, viewer } from '../support/core.ts'
import { closed, codes, PASSWORD, startServer, type TestServer } from '../support/server.ts'

// the hash function itself: what an answer costs is counted, not timed
vi.mock('node:crypto', { spy: true })
const argon = vi.mocked(argon2)

describe('signing in and out', () => {
  let test: TestServer
  beforeAll(async () => {
    test = await startServer()
    await test.account(districtA, 'Wang')
    await test.account(districtB, 'li')
    await test.account(legal, 'chen')
  })
  afterAll(() => test.close())

  const signIn = (login: string, password = PASSWORD, client = test.stranger()) =>
    client.post('/api/v1/session', { login, password })

  it('sets a cookie that scripts and other sites never see', async () => {
    const reply = await signIn(' wANG ')
    expect(reply.status).toBe(200)
    expect(reply.body.me).toEqual({
      id: 'districtA',
      name: 'District A',
      role: 'district',
      unit: 'A',
      tasks: ['report', 'review'],
      login: 'Wang',
    })
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^sid=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/),
      expect.stringMatching(/^did=[\w-]{43}; Path=\/; Max-Age=15552000; HttpOnly; SameSite=Strict$/),
    ])
    expect(reply.headers.get('cache-control')).toContain('no-store')
  })

  it('N11 refuses a wrong name and a wrong password alike, after the same work', async () => {
    const said: unknown[] = []
    const workOf = async (login: string) => {
      argon.mockClear()
      const { status, body, headers } = await signIn(login, 'wrong password')
      expect([status, body]).toEqual([401, { ok: false, refusals: [{ code: 'auth.wrong' }] }])
      said.push([...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)))
      return argon.mock.calls.map(([algorithm, { memory, passes, parallelism, tagLength }]) => ({
        algorithm,
        memory,
        passes,
        parallelism,
        tagLength,
      }))
    }
    const known = await workOf('li')
    expect(known).toHaveLength(1)
    expect(await workOf('nobody')).toEqual(known)
    expect(said[1]).toEqual(said[0])
  })

  it('N8 stops guessing with the seconds to wait, even for the right password', async () => {
    for (let i = 0; i < 6; i++) await signIn('guessed', 'x')
    const reply = await signIn('guessed', 'x')
    expect([reply.status, codes(reply.body)]).toEqual([429, ['auth.tooMany']])
    expect(Number(reply.headers.get('retry-after'))).toBeLessThanOrEqual(60)
    expect((await signIn('wang')).status).toBe(200)
  })

  it('N2 gives a new session each time and ends the one before', async () => {
    const client = test.stranger()
    await signIn('wang', PASSWORD, client)
    const before = client.cookie
    await signIn('wang', PASSWORD, client)
    expect(client.cookie).not.toBe(before)
    const old = test.stranger()
    old.cookie = before
    expect((await old.get('/api/v1/session')).body.me).toBeNull()
  })

  it('N1 ends the session and its live connection at once on signing out', async () => {
    const client = test.stranger()
    await signIn('wang', PASSWORD, client)
    const { cookie } = client
    const socket = await client.socket()
    let notified = false
    socket.on('signedOut', () => (notified = true))
    const gone = closed(socket)
    const reply = await client.send('DELETE', '/api/v1/session')
    expect(reply.headers.getSetCookie()).toEqual(['sid=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict'])
    await gone
    expect(notified).toBe(true)
    client.cookie = cookie
    expect((await client.get('/api/v1/changes?scope=programme')).status).toBe(401)
    await expect(client.socket()).rejects.toThrow()
  })

  it('N1 N2 ends all sessions when the password changes, and begins another here', async () => {
    const [here, there] = [test.stranger(), test.stranger()]
    await signIn('chen', PASSWORD, here)
    await signIn('chen', PASSWORD, there)
    const before = here.cookie
    const [own, goes] = [await here.socket(), await there.socket()]
    const wrong = await here.post('/api/v1/password', { current: 'not this one', next: 'another good one' })
    expect(wrong.body.refusals).toEqual([{ code: 'auth.wrong', at: 'current' }])
    const short = await here.post('/api/v1/password', { current: PASSWORD, next: 'short' })
    expect(codes(short.body)).toEqual(['auth.passwordShort'])
    const common = await here.post('/api/v1/password', { current: PASSWORD, next: 'Password2008' })
    expect(common.body.refusals).toEqual([{ code: 'auth.passwordCommon', at: 'next' }])
    const gone = Promise.all([closed(own), closed(goes)])
    const order: string[] = []
    own.on('signedOut', () => order.push('other tabs hear'))
    expect((await here.post('/api/v1/password', { current: PASSWORD, next: 'another good one' })).status).toBe(200)
    order.push('the browser has the new cookie')
    await gone
    expect(order).toEqual(['the browser has the new cookie', 'other tabs hear'])
    expect(here.cookie).not.toBe(before)
    const stolen = test.stranger()
    stolen.cookie = before
    expect((await stolen.get('/api/v1/session')).body.me).toBeNull()
    const again = await here.socket()
    expect((await here.get('/api/v1/session')).body.me).not.toBeNull()
    expect((await there.get('/api/v1/session')).body.me).toBeNull()
    expect((await signIn('chen')).status).toBe(401)
    expect((await signIn('chen', 'another good one')).status).toBe(200)
    again.close()
  })

  it('N1 closes out a member who has ended, and their live connection', async () => {
    await test.account(viewer, 'guest')
    const client = test.stranger()
    await signIn('guest', PASSWORD, client)
    const gone = closed(await client.socket())
    const answer = await (await test.as(office)).command('EndMember', { member: 'viewer', reason: 'left' })
    expect(answer.ok).toBe(true)
    await gone
    expect((await client.get('/api/v1/changes?scope=programme')).status).toBe(401)
    expect(codes((await signIn('guest')).body)).toEqual(['auth.wrong'])
  })

  it('N1 ends a live connection whose session has run out', async () => {
    const client = await test.as(office)
    const gone = closed(await client.socket())
    const { now } = test.clock
    test.clock.now = new Date(now.getTime() + 13 * 3_600_000)
    await test.server.auth.prune()
    await gone
    test.clock.now = now
  })
})

describe('a demonstration', () => {
  it('offers its people and signs in as anybody in it', async () => {
    const test = await startServer({ demo: { people: () => ['office', 'districtA', 'nobody'] } })
    const client = test.stranger()
    const info = await client.get('/api/v1/session')
    expect(info.body.demo).toEqual([
      { id: 'office', name: 'Office', role: 'office', unit: 'C', unitName: { zh: 'Unit C', en: 'Unit C' } },
      { id: 'districtA', name: 'District A', role: 'district', unit: 'A', unitName: { zh: 'Unit A', en: 'Unit A' } },
    ])
    const reply = await client.post('/api/v1/session/demo', { member: 'districtB' })
    expect(reply.body.me).toMatchObject({ id: 'districtB', login: 'districtB' })
    expect(codes((await client.post('/api/v1/session/demo', { member: 'nobody' })).body)).toEqual(['member.unknown'])
    await test.close()
  })

  it('is not there in real use', async () => {
    const test = await startServer()
    const reply = await test.stranger().post('/api/v1/session/demo', { member: 'office' })
    expect([reply.status, codes(reply.body)]).toEqual([404, ['route.unknown']])
    expect((await test.stranger().get('/api/v1/session')).body.demo).toBeNull()
    await test.close()
  })
})

describe('behind a proxy that ends TLS', () => {
  it('marks the cookie Secure and takes only the public origin as its own', async () => {
    const origin = 'https://rollout.example'
    const test = await startServer({ config: { origin }, demo: { people: () => [] } })
    const signIn = (from: string) =>
      test.stranger().send('POST', '/api/v1/session/demo', { body: { member: 'office' }, headers: { origin: from } })
    expect((await signIn(origin)).headers.getSetCookie()[0]).toMatch(/; Secure$/)
    expect((await signIn(test.url)).status).toBe(403)
    const invited = await (await test.as(office)).post('/api/v1/invitations', { name: 'x', role: 'viewer', unit: 'A' })
    expect(invited.body.link).toMatch(/^https:\/\/rollout\.example\/join#[\w-]{43}$/)
    await test.close()
  })

  it('believes forwarding headers only when told to', async () => {
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'rollout.example' }
    for (const [trustProxy, secure] of [
      [0, false],
      [1, true],
    ] as const) {
      const test = await startServer({ config: { trustProxy, hosts: ['rollout.example'] }, demo: { people: () => [] } })
      const reply = await test.stranger().send('POST', '/api/v1/session/demo', { body: { member: 'office' }, headers })
      expect(reply.headers.getSetCookie()[0]!.endsWith('; Secure')).toBe(secure)
      await test.close()
    }
  })
})
