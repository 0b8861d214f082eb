import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Task } from '../../shared/domain/roles.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Patch, Proof } from '../../shared/view/patch.ts'
import { MESSAGE_BYTES } from '../../shared/protocol/socket.ts'
import { districtA, districtB, item, legal, newId, office, viewer } from '../support/core.ts'
import { tinyProgramme } from '../support/programme.ts'
import { rowKey } from '../../shared/view/wire.ts'
import { codes, emitRaw, type Live, startServer, type TestServer, watch } from '../support/server.ts'

const DAY = '2008-01-10'

describe('live connections', () => {
  let test: TestServer
  const open: Live[] = []
  beforeAll(async () => {
    test = await startServer()
  })
  afterAll(async () => {
    for (const socket of open) socket.close()
    await test.close()
  })

  const connect = async (actor: Actor, headers = {}) => {
    const socket = await (await test.as(actor)).socket(headers)
    open.push(socket)
    return socket
  }

  it('are refused without a session and from a foreign page', async () => {
    await expect(test.stranger().socket()).rejects.toThrow()
    const forged = test.stranger()
    forged.cookie = 'sid=forged'
    await expect(forged.socket()).rejects.toThrow()
    const { host } = new URL(test.url)
    for (const origin of ['https://evil.example', 'null', `https://${host}`, `${test.url}0`])
      await expect(connect(office, { origin })).rejects.toThrow()
    expect((await connect(office, { origin: test.url })).connected).toBe(true)
  })

  it('are WebSocket only', async () => {
    const client = await test.as(office)
    const reply = await client.get('/socket.io/?EIO=4&transport=polling')
    expect(reply.status).toBe(400)
  })

  it('answer a watch with the rows since then, and send each change once to all who watch', async () => {
    const [a, b] = [await connect(districtA), await connect(viewer)]
    const first = await watch(a, 'unit:A')
    if (!first.ok) throw new Error(JSON.stringify(first))
    expect(first.patch).toMatchObject({ scope: 'unit:A', from: 0 })
    const held = await watch(b, 'unit:A', first.patch.to)
    expect(held).toMatchObject({ ok: true, patch: { rows: [] } })
    // watching again asks for what is missing; it does not double what comes
    await watch(b, 'unit:A', first.patch.to)
    const patches: Patch[] = []
    b.on('patch', (patch) => patches.push(patch))
    const come = new Promise<void>((resolve) => a.once('patch', () => resolve()))
    const answer = await a.emitWithAck('command', {
      id: newId(),
      kind: 'SubmitReports',
      data: { items: [item('A1', DAY, { accepted: 9, issued: 4 })] },
    })
    await come
    const proof = await new Promise<Proof>((resolve) => b.once('proof', resolve))
    if (!answer.ok) throw new Error(JSON.stringify(answer))
    expect(answer.happened).toEqual([{ subject: `report/A1/${DAY}`, version: answer.seq }])
    expect(proof).toMatchObject({ next: 50, heads: [['unit:A', answer.seq, expect.stringMatching(/^[0-9a-f]{16}$/)]] })
    const units = test.server.core.setting()!.units
    const sums = rowKey.sums(units.index('A1'))
    expect(patches.filter((p) => p.rows.some(([key]) => key === sums))).toHaveLength(1)
  })

  it('stop sending a scope that is no longer watched', async () => {
    const socket = await connect(viewer)
    await watch(socket, 'unit:B')
    socket.emit('unwatch', 'unit:B')
    socket.emit('unwatch', 'unit:never')
    // what was said until both were heard
    await socket.emitWithAck('clock')
    let heard = 0
    socket.on('patch', () => heard++)
    socket.on('proof', () => heard++)
    await (await test.as(districtB)).command('SubmitReports', { items: [item('B1', DAY, { issued: 1 })] })
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(heard).toBe(0)
  })

  it('G19 tell each connection of a member that their tasks are others now, and nobody else', async () => {
    const heard: string[] = []
    const listen = async (name: string, actor: Actor) =>
      (await connect(actor)).on('tasksChanged', () => heard.push(name))
    await listen('first', districtA)
    await listen('second', districtA)
    await listen('other', districtB)
    const boss = await test.as(office)
    const assign = (tasks: Task[]) =>
      boss.command('AssignTasks', { member: districtA.id, tasks, reason: 'reviews from now on' })
    expect(await assign(['review'])).toMatchObject({ ok: true })
    await vi.waitFor(() => expect(heard.toSorted()).toEqual(['first', 'second']))
    // what stays as it is changes nothing
    await assign(['review'])
    expect(await assign(['report', 'review'])).toMatchObject({ ok: true })
    await vi.waitFor(() => expect(heard.toSorted()).toEqual(['first', 'first', 'second', 'second']))
    expect(
      await boss.command('AddMember', { member: 'leaver', name: 'Leaver', role: 'district', unit: 'B' }),
    ).toMatchObject({
      ok: true,
    })
    expect(await boss.command('HandOver', { from: 'leaver', to: districtB.id, reason: 'moved' })).toMatchObject({
      ok: true,
    })
    await vi.waitFor(() => expect(heard.slice(4)).toEqual(['other']))
  })

  const sheet = (unit: string) => `sheet:${unit}/${DAY}`
  const SHEETS = ['C', 'A', 'B', 'A1', 'B1'].map(sheet)
  const EVERYWHERE = ['programme', 'issues', 'unit:C', 'unit:A', 'unit:B', 'unit:A1', 'unit:B1']
  const NOT_EVERYBODY = ['people', ...SHEETS]
  const ALLOWED: [Actor, string[]][] = [
    [office, NOT_EVERYBODY],
    [districtA, [sheet('A'), sheet('A1')]],
    [districtB, [sheet('B'), sheet('B1')]],
    [legal, [...SHEETS]],
    [viewer, [sheet('B'), sheet('B1')]],
  ]
  for (const [actor, allowed] of ALLOWED)
    it(`show ${actor.id} what it may watch and refuse the rest, by socket and by HTTP alike`, async () => {
      const socket = await connect(actor)
      const client = await test.as(actor)
      for (const scope of [...EVERYWHERE, ...NOT_EVERYBODY]) {
        const may = EVERYWHERE.includes(scope) || allowed.includes(scope)
        expect([scope, ...codes(await watch(socket, scope))]).toEqual(may ? [scope] : [scope, 'may.not'])
        const reply = await client.get(`/api/v1/changes?scope=${scope}`)
        expect([scope, ...codes(reply.body)]).toEqual(may ? [scope] : [scope, 'may.not'])
      }
      for (const scope of ['unit:X', 'unit', 'sheet:', 'sheet:A', 'people:A', 'nothing'])
        expect(codes(await watch(socket, scope))).toEqual(['scope.unknown'])
    })

  it('give a command the same answer as HTTP does', async () => {
    const socket = await connect(districtA)
    const client = await test.as(districtA)
    const commands = [
      { id: newId(), kind: 'SubmitReports', data: { items: [item('A2', DAY, { accepted: 5, issued: 2 })] } },
      { id: newId(), kind: 'SubmitReports', data: { items: [item('B1', DAY, { issued: -1 })] } },
      {
        id: newId(),
        kind: 'SubmitReports',
        data: { items: [item('B1', DAY, { issued: 1 }), item('A1', '2009-01-01', { issued: 1 })] },
      },
      { id: newId(), kind: 'LockPeriod', data: { through: '2008-01-09' } },
      { id: newId(), kind: 'Nonsense', data: {} },
      { id: 'short', kind: 'LockPeriod', data: {} },
      null,
      [],
    ]
    for (const command of commands) {
      const answer = await socket.emitWithAck('command', command)
      expect((await client.post('/api/v1/commands', command)).body).toEqual(answer)
      expect(await socket.emitWithAck('command', command)).toEqual(answer)
    }
  })

  it('answer events of any shape, and live on', async () => {
    const socket = await connect(office)
    for (const args of [
      [],
      [1],
      [null, null],
      ['unit:C', -1],
      ['unit:C', 1.5],
      ['unit:C', '0'],
      [{}, []],
      ['x'.repeat(500), 0],
    ])
      expect(await emitRaw(socket, 'watch', ...args)).toEqual({ ok: false, refusals: expect.any(Array) })
    for (const args of [[], [undefined], [{}, {}], [{ id: 1 }]])
      expect(await emitRaw(socket, 'command', ...args)).toEqual({ ok: false, refusals: expect.any(Array) })
    const raw = socket as unknown as { emit(event: string, ...args: unknown[]): void }
    raw.emit('watch')
    raw.emit('watch', 'unit:C', 0)
    raw.emit('command', { id: newId(), kind: 'LockPeriod', data: { through: '2008-01-02' } })
    raw.emit('unwatch')
    raw.emit('unwatch', {})
    raw.emit('nonsense', 1)
    expect((await watch(socket, 'unit:C')).ok).toBe(true)
    expect((await test.stranger().get('/healthz')).status).toBe(200)
  })

  it('watch 64 scopes at most', async () => {
    const { units } = tinyProgramme()
    const more = Array.from({ length: 60 }, (_, i) => ({ ...units.find((u) => u.code === 'A1')!, code: `A${i + 10}` }))
    const wide = await startServer({ programme: { units: [...units, ...more] } })
    const socket = await (await wide.as(office)).socket()
    const scopes = [...units, ...more].map((u) => `unit:${u.code}`)
    for (const scope of scopes.slice(0, 64)) expect((await watch(socket, scope)).ok).toBe(true)
    expect(codes(await watch(socket, scopes[64]!))).toEqual(['input.tooMany'])
    expect((await watch(socket, scopes[0]!)).ok).toBe(true)
    socket.emit('unwatch', scopes[0]!)
    expect((await watch(socket, scopes[64]!)).ok).toBe(true)
    socket.close()
    await wide.close()
  })

  it('S14 are 64 of a session at most', async () => {
    const client = await test.as(office)
    const sockets = await Promise.all(Array.from({ length: 64 }, () => client.socket()))
    await expect(client.socket()).rejects.toThrow('auth.tooMany')
    const other = await (await test.as(office)).socket()
    sockets[0]!.close()
    await vi.waitFor(async () => sockets.push(await client.socket()))
    for (const socket of [other, ...sockets]) socket.close()
  })

  it.each([
    ['is larger than 128 kB', 'x'.repeat(MESSAGE_BYTES)],
    ['has an attachment, which nothing that clients say has', Buffer.from('a')],
  ])('H16 are closed when a message %s', async (_, input) => {
    const socket = await connect(office)
    const gone = new Promise<string>((resolve) => socket.once('disconnect', resolve))
    socket.emit('command', input, () => undefined)
    await gone
    expect((await test.stranger().get('/healthz')).status).toBe(200)
  })
})
