import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../server/core/core.ts'
import { API, type Route } from '../../shared/protocol/api.ts'
import { districtA, districtB, item, office, viewer } from '../support/core.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import { codes, MORNING, startServer, type TestServer } from '../support/server.ts'

const JSON_TYPE = { 'content-type': 'application/json' }

describe('the REST table', () => {
  let test: TestServer
  beforeAll(async () => {
    test = await startServer()
  })
  afterAll(() => test.close())

  for (const route of Object.keys(API) as Route[]) {
    const { method, path, access } = API[route]
    if (access === 'open') continue
    it(`${route}: nobody is let in without a session`, async () => {
      for (const cookie of ['', 'sid=', 'sid=unknown', 'other=1']) {
        const client = test.stranger()
        client.cookie = cookie
        const reply = await client.send(method, path, method === 'POST' ? { body: {} } : {})
        expect([reply.status, codes(reply.body)]).toEqual([401, ['may.signIn']])
      }
    })
    it(`${route}: a session that has ended is none`, async () => {
      const client = await test.as(office)
      test.clock.now = new Date(MORNING.getTime() + 13 * 3_600_000)
      const reply = await client.send(method, path, method === 'POST' ? { body: {} } : {})
      test.clock.now = MORNING
      expect(reply.status).toBe(401)
    })
  }

  for (const route of Object.keys(API) as Route[]) {
    const { method, path } = API[route]
    if (method === 'GET') continue
    it(`${route}: a page from elsewhere is refused, whatever it carries`, async () => {
      for (const origin of [
        'https://evil.example',
        'null',
        `${test.url}.evil.example`,
        test.url.replace('http', 'https'),
      ]) {
        const client = await test.as(office)
        const reply = await client.send(method, path, { body: method === 'POST' ? {} : undefined, headers: { origin } })
        expect([reply.status, codes(reply.body)]).toEqual([403, ['origin.foreign']])
      }
      const client = await test.as(office)
      const own = await client.send(method, path, {
        body: method === 'POST' ? {} : undefined,
        headers: { origin: test.url },
      })
      expect(codes(own.body)).not.toContain('origin.foreign')
    })
  }

  it('answers unknown paths and methods in kind', async () => {
    const client = await test.as(office)
    const unknown = await client.get('/api/v1/nothing')
    expect([unknown.status, codes(unknown.body)]).toEqual([404, ['route.unknown']])
    const method = await client.send('PUT', '/api/v1/session')
    expect([method.status, codes(method.body), method.headers.get('allow')]).toEqual([
      405,
      ['route.method'],
      'GET, POST, DELETE',
    ])
  })

  it('checks queries and bodies by the table, with every fault and its place', async () => {
    const client = await test.as(office)
    const query = await client.get('/api/v1/changes?since=-1&what=1')
    expect(query.status).toBe(400)
    expect(query.body.refusals).toMatchObject([
      { code: 'input.required', at: 'scope' },
      { code: 'input.invalid', at: 'since' },
      { code: 'input.unknownField', params: { name: 'what' } },
    ])
    expect((await client.get('/api/v1/changes?scope=programme&scope=issues')).status).toBe(400)
    const body = await client.post('/api/v1/session', { login: 7 })
    expect(body.body.refusals).toMatchObject([
      { code: 'input.type', at: 'login' },
      { code: 'input.required', at: 'password' },
    ])
  })

  it('takes JSON bodies only', async () => {
    const client = await test.as(office)
    for (const [body, headers] of [
      ['{"id":', JSON_TYPE],
      ['', JSON_TYPE],
      ['{}', { 'content-type': 'text/plain' }],
      ['id=1', { 'content-type': 'application/x-www-form-urlencoded' }],
      ['{"__proto__":{"role":"office"}}', JSON_TYPE],
    ] as const) {
      const reply = await client.send('POST', '/api/v1/commands', { body, headers })
      expect([reply.status, codes(reply.body)]).toEqual([400, ['input.notJson']])
    }
    const text = await client.send('POST', '/api/v1/commands', { body: '"text"', headers: JSON_TYPE })
    expect([text.status, codes(text.body)]).toEqual([400, ['input.type']])
  })

  it('H10 a body is as small as its route: 4 kB to sign in, 8 MB for sheets', async () => {
    const client = await test.as(office)
    const kb = (n: number) => `{"pad":"${'x'.repeat(n * 1024)}"}`
    const post = (path: string, body: string) => client.send('POST', path, { body, headers: JSON_TYPE })
    for (const path of ['/api/v1/session', '/api/v1/password', '/api/v1/invitations']) {
      expect(codes((await post(path, kb(3))).body)).toContain('input.required')
      expect(codes((await post(path, kb(4))).body)).toEqual(['input.tooLarge'])
    }
    expect(codes((await post('/api/v1/commands', kb(7 * 1024))).body)).toContain('input.required')
    // somebody else: the one before is paid for first (H17)
    const other = await test.as(districtB)
    const tooLarge = await other.send('POST', '/api/v1/commands', { body: kb(8 * 1024), headers: JSON_TYPE })
    expect([tooLarge.status, codes(tooLarge.body)]).toEqual([413, ['input.tooLarge']])
  })

  it('L13 a number in an address is decimal digits alone, and given once', async () => {
    const client = await test.as(office)
    const fault = async (query: string) => {
      const { status, body } = await client.get(`/api/v1/changes?scope=programme&${query}`)
      return [query, status, codes(body).join()]
    }
    for (const name of ['since', 'asOf'])
      for (const text of ['', '1e3', '%2012', '12%20', '+5', '%2B5', '-1', '0x10', '1.0', '１', '1'.repeat(16), 'NaN'])
        expect(await fault(`${name}=${text}`)).toEqual([`${name}=${text}`, 400, 'input.invalid'])
    for (const twice of ['since=1&since=2', 'since=1&since=1', 'asOf=1&asOf=1']) {
      const [, status, code] = await fault(twice)
      expect([twice, status]).toEqual([twice, 400])
      expect(code).toMatch(/^input\.(type|invalid)$/)
    }
    expect(await fault('since=012')).toEqual(['since=012', 200, ''])
  })

  it('gives the rows of a scope, kept by nobody', async () => {
    const client = await test.as(viewer)
    const all = await client.get('/api/v1/changes?scope=unit:C')
    expect(all.body).toMatchObject({ scope: 'unit:C', from: 0 })
    expect(all.headers.get('cache-control')).toBe('private, no-store')
    const later = await client.get(`/api/v1/changes?scope=unit:C&since=${String(all.body.to)}`)
    expect(later.body.rows).toEqual([])
    const unknown = await client.get('/api/v1/changes?scope=unit:X')
    expect([unknown.status, codes(unknown.body)]).toEqual([404, ['scope.unknown']])
    const denied = await client.get('/api/v1/changes?scope=sheet:A/2008-01-10')
    expect([denied.status, codes(denied.body)]).toEqual([403, ['may.not']])
  })

  it('V1 gives the rows of a scope as of a seq or a moment, to those who may see them now', async () => {
    const client = await test.as(viewer)
    const { body } = await client.get('/api/v1/changes?scope=programme&asOf=1')
    expect(body).toMatchObject({ scope: 'programme', to: 1, reset: true })
    const moment = await client.get(`/api/v1/changes?scope=programme&asOf=${MORNING.toISOString()}`)
    expect(moment.body).toMatchObject({ scope: 'programme', reset: true })
    for (const asOf of ['yesterday', '2008-01-10', '-1', '1.5', ''])
      expect([asOf, codes((await client.get(`/api/v1/changes?scope=programme&asOf=${asOf}`)).body)]).toEqual([
        asOf,
        ['input.invalid'],
      ])
    const early = await client.get('/api/v1/changes?scope=programme&asOf=0')
    expect([early.status, codes(early.body)]).toEqual([422, ['asOf.beforeOpening']])
    const late = await client.get('/api/v1/changes?scope=programme&asOf=1000000')
    expect([late.status, codes(late.body)]).toEqual([422, ['asOf.future']])
    const denied = await client.get('/api/v1/changes?scope=people&asOf=1')
    expect([denied.status, codes(denied.body)]).toEqual([403, ['may.not']])
  })

  it('gives the programme by its hash: packed, and kept for ever by the browser alone', async () => {
    const client = await test.as(viewer)
    const { body } = await client.get('/api/v1/changes?scope=programme')
    const hash = (body.rows as WireRow[])[0]![1] as string
    for (const encoding of ['br', 'gzip', 'identity', 'br']) {
      const headers = { 'accept-encoding': encoding }
      const reply = await client.send('GET', `/api/v1/programme?hash=${hash}`, { headers })
      expect(reply.body.programme).toMatchObject({ key: test.server.core.setting()!.programme.key })
      expect(reply.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
      expect(reply.headers.get('vary')).toContain('Accept-Encoding')
      expect(reply.headers.get('content-encoding') ?? 'identity').toBe(encoding)
    }
    const unknown = await client.get('/api/v1/programme?hash=0123')
    expect([unknown.status, unknown.headers.get('cache-control')]).toEqual([404, 'no-store'])
  })

  it('V10 gives a month of days under its address, kept for ever, and none under an address that this log never gave', async () => {
    const own = await startServer()
    const client = await own.as(office)
    const late = item('B1', '2008-01-09', { issued: 3 }, { type: 'late', reason: 'no electricity' })
    await client.command('SubmitReports', { items: [late] })
    await own.server.core.dispatch({ id: 'begin-march', kind: 'BeginDay', data: { day: '2008-03-20' } }, SYSTEM)
    const { body } = await client.get('/api/v1/changes?scope=unit:B1')
    const address = (body.rows as WireRow[]).find(([key]) => key === 'h200801')![1] as string
    const span = (of: string, month = '2008-01', unit = 'B1') =>
      client.get(`/api/v1/spans?scope=unit:${unit}&month=${month}&address=${of}`)
    const reply = await span(address)
    expect(reply.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    expect(reply.body.days).not.toHaveLength(0)
    const [version, seq, hash] = address.split('-')
    for (const other of [`${version}-${seq}-ffffffff`, `9${version}-${seq}-${hash}`, `${version}-2-${hash}`]) {
      const unknown = await span(other)
      expect([other, unknown.status, unknown.headers.get('cache-control')]).toEqual([other, 404, 'no-store'])
    }
    expect((await span(address, '2008-01', 'X')).status).toBe(404)
    for (const month of ['january', '2008-13', '2008-1'])
      expect(codes((await span(seq!, month)).body)).toEqual(['input.invalid', 'input.invalid'])
    await own.close()
  })

  it('answers a command with its seq, the same for the same id, and refuses the rest with a fitting status', async () => {
    const client = await test.as(districtA)
    const submit = { items: [item('A1', '2008-01-10', { accepted: 12, issued: 3 })] }
    const first = await client.post('/api/v1/commands', { id: 'command-1', kind: 'SubmitReports', data: submit })
    expect([first.status, first.body.ok]).toEqual([200, true])
    expect(first.body.happened).toEqual([{ subject: 'report/A1/2008-01-10', version: first.body.seq }])
    const again = await client.post('/api/v1/commands', { id: 'command-1', kind: 'SubmitReports', data: submit })
    expect(again.body).toEqual(first.body)
    const reused = await client.post('/api/v1/commands', {
      id: 'command-1',
      kind: 'SubmitReports',
      data: { items: [item('A2', '2008-01-10', { issued: 1 })] },
    })
    expect([reused.status, codes(reused.body)]).toEqual([409, ['command.idReused']])
    const future = await client.post('/api/v1/commands', {
      id: 'command-2',
      kind: 'SubmitReports',
      data: { items: [item('A1', '2008-01-11', { issued: 1 })] },
    })
    expect([future.status, future.body.ok, codes(future.body)]).toEqual([422, false, ['report.future']])
    const denied = await client.command('LockPeriod', { through: '2008-01-09' })
    expect(codes(denied)).toEqual(['may.not'])
    const history = await client.get('/api/v1/changes?scope=history:report/A1/2008-01-10')
    expect(history.body.rows).toHaveLength(1)
  })
})
