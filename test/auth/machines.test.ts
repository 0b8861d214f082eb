/** Tokens of machines, over HTTP: what they open, to whom they are given, and when they end. */
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { API, type MachineLine, type Route } from '../../shared/protocol/api.ts'
import { forgetSessions } from '../../server/auth/db.ts'
import { districtA, districtB, item, newId, office, viewer } from '../support/core.ts'
import { codes, MORNING, type Reply, startServer, type TestServer, watch } from '../support/server.ts'

const DAY = '2008-01-10'
let server: TestServer
beforeEach(async () => {
  server = await startServer()
})
afterEach(() => server.close())

type Made = { member: string; token: string }
const make = async (by = districtA, more: object = {}): Promise<Made> => {
  const client = await server.as(by)
  const { body } = await client.post('/api/v1/machines', { name: newId(), unit: 'A', rights: ['report'], ...more })
  expect(body).toMatchObject({ token: expect.stringMatching(/^rollout_[\w-]{43}$/) as string })
  return body as unknown as Made
}
const ask = (token: string, method: string, path: string, body?: unknown): Promise<Reply> =>
  server.stranger().send(method, path, {
    headers: { authorization: `Bearer ${token}` },
    ...(body === undefined ? {} : { body }),
  })
const send = (token: string, kind: string, data: unknown): Promise<Reply> =>
  ask(token, 'POST', '/api/v1/commands', { id: newId(), kind, data })
const report = (token: string, unit = 'A1', values = { accepted: 3, issued: 1 }) =>
  send(token, 'SubmitReports', { items: [item(unit, DAY, values)] })
const watchFor = (token: string, scope: string) =>
  ask(token, 'GET', `/api/v1/changes?scope=${encodeURIComponent(scope)}`)
const listed = async (by = districtA): Promise<MachineLine[]> =>
  (await (await server.as(by)).get('/api/v1/machines')).body.machines as MachineLine[]

/** What each opens, by hand from M10 and N14: `+` let in, else the code. */
const OPENS: Record<'report' | 'read', Record<string, string>> = {
  report: {
    'WithdrawReports A1': '+',
    'SubmitReports A1': '+',
    'SubmitReports B1': 'may.outsideUnit',
    'ApproveReports A1': 'may.not',
    'SettleDispute A1': 'may.not',
    'LogIssue A1': 'may.not',
    'AddMember A1': 'may.not',
    'AddMachine A1': 'may.not',
    'watch unit:A1': 'may.not',
    'watch sheet:A1/2008-01-10': 'may.not',
  },
  read: {
    'SubmitReports A1': 'may.not',
    'AddMachine A1': 'may.not',
    'watch programme': '+',
    'watch unit:C': '+',
    'watch sheet:A1/2008-01-10': '+',
    'watch sheet:B1/2008-01-10': 'may.not',
    'watch people': 'may.not',
  },
}
const dataOf = (kind: string, unit: string): unknown => {
  const at = { unit, day: DAY }
  const inputs: Record<string, unknown> = {
    SubmitReports: { items: [item(unit, DAY, { accepted: 2 })] },
    WithdrawReports: { items: [{ ...at, basedOn: 0 }], reason: 'x' },
    ApproveReports: { items: [{ ...at, versions: { accepted: 1 } }] },
    SettleDispute: { ...at, values: { accepted: 1 }, basedOn: 1, reason: 'x' },
    LogIssue: { title: '?', text: '?', category: 'fee', unit, from: DAY, to: null, article: null, counters: [] },
    AddMember: { member: newId(), name: newId(), role: 'viewer', unit },
    AddMachine: { member: 'machine.99999999', name: newId(), unit, rights: ['read'] },
  }
  return inputs[kind]
}

describe('M10 N14 what a token opens', () => {
  test.each(['report', 'read'] as const)('%s', async (right) => {
    const { token } = await make(districtA, { rights: [right] })
    for (const [what, sign] of Object.entries(OPENS[right])) {
      const [kind = '', where = ''] = what.split(' ')
      const { body } = kind === 'watch' ? await watchFor(token, where) : await send(token, kind, dataOf(kind, where))
      expect([what, codes(body)[0] ?? '+']).toEqual([what, sign])
    }
  })

  test('no other route, and no live connection', async () => {
    const { token } = await make(office, { unit: 'C', rights: ['report', 'read'] })
    const open = ['changes', 'spans', 'programme', 'command']
    for (const route of Object.keys(API) as Route[]) {
      const { method, path } = API[route]
      const { body, status } = await ask(token, method, path, method === 'POST' ? {} : undefined)
      if (open.includes(route)) expect([route, codes(body)]).not.toContain('auth.tokenNotHere')
      else expect([route, status, codes(body)]).toEqual([route, 403, ['auth.tokenNotHere']])
    }
    await expect(server.stranger().socket({ authorization: `Bearer ${token}` })).rejects.toThrow()
    // nor in an address
    const inAddress = await server.stranger().get(`/api/v1/changes?scope=programme&token=${token}`)
    expect(codes(inAddress.body)).toEqual(['may.signIn'])
  })

  test('a cookie beside it is not looked at', async () => {
    const client = await server.as(office)
    const reply = await client.send('GET', '/api/v1/changes?scope=people', {
      headers: { authorization: 'Bearer rollout_none' },
    })
    expect([reply.status, codes(reply.body)]).toEqual([401, ['auth.token']])
    // and what is no bearer is not ours: a proxy may ask for a password of its own
    const basic = await client.send('GET', '/api/v1/changes?scope=people', { headers: { authorization: 'Basic eA==' } })
    expect(basic.status).toBe(200)
  })
})

describe('M11 who gives it', () => {
  test('who reports for the unit, for no more than that, and with no name twice', async () => {
    const district = await server.as(districtA)
    const of = (unit: string, name = newId()) =>
      district.post('/api/v1/machines', { name, unit, rights: ['report', 'read'] })
    expect(codes((await of('B1')).body)).toEqual(['may.outsideUnit'])
    expect(codes((await of('C')).body)).toEqual(['may.outsideUnit'])
    expect(codes((await of('A1', districtA.name)).body)).toEqual(['member.nameTaken'])
    expect(codes((await of('A1')).body)).toEqual([])
    const watching = await server.as(viewer)
    const none = await watching.post('/api/v1/machines', { name: 'x', unit: 'A1', rights: ['read'] })
    expect(codes(none.body)).toEqual(['may.not'])
  })

  test('D8 what it gave is its own: who changes it without having seen it disputes', async () => {
    const { token, member } = await make()
    expect((await report(token)).body).toMatchObject({ ok: true })
    await (
      await server.as(districtA)
    ).command('SubmitReports', { items: [item('A1', DAY, { accepted: 9, issued: 1 })] })
    const { body } = await (await server.as(districtA)).get(`/api/v1/changes?scope=history:report/A1/${DAY}`)
    expect(JSON.stringify(body)).toContain(member)
    expect(JSON.stringify(body)).toContain('ReportDisputed')
  })

  test('nobody has an id that looks like a machine', async () => {
    const answer = await (
      await server.as(office)
    ).command('AddMember', {
      ...{ member: 'machine.12345678', name: 'Robot', role: 'viewer', unit: 'A' },
    })
    expect(codes(answer)).toEqual(['member.exists'])
  })
})

describe('N15 a token ends', () => {
  test('with its machine, at once and for ever', async () => {
    const { token, member } = await make()
    const ended = await (await server.as(districtA)).command('EndMachine', { member, reason: 'replaced' })
    expect(ended).toMatchObject({ ok: true })
    expect(await report(token)).toMatchObject({ status: 401 })
    expect(await listed()).toEqual([])
    await server.restart()
    expect(codes((await report(token)).body)).toEqual(['auth.token'])
  })

  test('by another one, and on its day', async () => {
    const { token, member } = await make(districtA, { days: 30 })
    const client = await server.as(districtA)
    const renewed = (await client.post('/api/v1/machines/token', { member, days: 1 })).body as unknown as Made
    expect(codes((await report(token)).body)).toEqual(['auth.token'])
    expect((await report(renewed.token)).status).toBe(200)
    server.clock.now = new Date(MORNING.getTime() + 25 * 3_600_000)
    expect(codes((await report(renewed.token)).body)).toEqual(['auth.token'])
    const other = await server.as(districtB)
    expect(codes((await other.post('/api/v1/machines/token', { member })).body)).toEqual(['may.outsideUnit'])
    expect(codes((await other.post('/api/v1/machines/token', { member: districtA.id })).body)).toEqual([
      'member.unknown',
    ])
  })

  test('when a backup is put back', async () => {
    const { token } = await make()
    await server.server.close()
    forgetSessions(server.file)
    await server.restart()
    expect(codes((await report(token)).body)).toEqual(['auth.token'])
    expect(await listed()).toMatchObject([{ created: null, by: null }])
  })

  test('its last use is shown, and kept at a stop', async () => {
    const { token, member } = await make()
    expect(await listed()).toMatchObject([{ member, by: districtA.name, used: null, expires: null }])
    await report(token)
    const used = { member, used: MORNING.getTime(), address: expect.stringContaining('127.0.0.1') as string }
    expect(await listed()).toMatchObject([used])
    await server.restart()
    expect(await listed()).toMatchObject([used])
    expect(await listed(districtB)).toEqual([])
  })

  test('it is nowhere in the file, nor in the log of the operator', async () => {
    const { token } = await make()
    await server.server.close()
    const file = readFileSync(server.file)
    expect(file.includes(token)).toBe(false)
    expect(file.includes(token.slice('rollout_'.length))).toBe(false)
    await server.restart()
  })
})

describe('N14 guessing', () => {
  test('after 60 unknown ones the network is told to wait, and a right one is let in', async () => {
    const { token } = await make()
    for (let i = 0; i < 60; i++) expect((await report(`rollout_${i}`)).status).toBe(401)
    const late = await report('rollout_61')
    expect([late.status, codes(late.body)]).toEqual([429, ['auth.tooMany']])
    expect((await report(token)).status).toBe(200)
  })
})

test('N1 a machine cannot be signed in as, with or without a demonstration', async () => {
  const { member } = await make()
  const demo = await startServer({ demo: { people: () => [] } })
  const made = (await (await demo.as(districtA)).post('/api/v1/machines', { name: 'm', unit: 'A', rights: ['read'] }))
    .body as unknown as Made
  expect(codes((await demo.stranger().post('/api/v1/session/demo', { member: made.member })).body)).toEqual([
    'member.unknown',
  ])
  await demo.close()
  expect(codes((await (await server.as(office)).post('/api/v1/resets', { member })).body)).toEqual(['auth.noAccount'])
})

test('Y2 who is let in by a session sees what machines give, live', async () => {
  const { token } = await make()
  const socket = await (await server.as(office)).socket()
  expect(codes(await watch(socket, 'people'))).toEqual([])
  await report(token)
  socket.close()
})
