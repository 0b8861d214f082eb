/** Invitations that wait, and lists of people, over HTTP; and whose work they are when it is handed over. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { PendingInvitation } from '../../shared/protocol/api.ts'
import { districtA, newId, office, otherA } from '../support/core.ts'
import { codes, PASSWORD, startServer, type TestServer } from '../support/server.ts'

let server: TestServer
beforeEach(async () => {
  server = await startServer()
})
afterEach(() => server.close())

const officeOfA = { id: 'officeOfA', name: 'Office of A', role: 'office' as const, unit: 'A' }
const pending = async (by = office): Promise<PendingInvitation[]> =>
  (await (await server.as(by)).get('/api/v1/invitations')).body.invitations as PendingInvitation[]
const invite = async (name: string, more: object = {}, by = office): Promise<string> => {
  const client = await server.as(by)
  const { body } = await client.post('/api/v1/invitations', { name, role: 'district', unit: 'A', ...more })
  return String(body.link).split('#')[1]!
}
const many = async (rows: unknown[], dryRun = false) =>
  (await server.as(office)).post('/api/v1/invitations/many', { rows, dryRun })
const join = (token: string, login: string) =>
  server.stranger().post('/api/v1/invitations/join', { token, name: 'x', login, password: PASSWORD })
const row = (name: string, more: object = {}) => ({ name, role: 'district', unit: 'A', ...more })

describe('N16 invitations that wait', () => {
  test('are seen by who could have made them, without their links, and are gone when used', async () => {
    await (
      await server.as(office)
    ).command('AddMember', { member: officeOfA.id, name: officeOfA.name, role: 'office', unit: 'A' })
    const token = await invite('Ann', { tasks: ['review'] })
    await invite('Root', { role: 'office', unit: 'C' })
    const [first] = (await pending()).filter(({ name }) => name === 'Ann')
    expect(first).toMatchObject({ role: 'district', unit: 'A', tasks: ['review'], by: office.name })
    expect(JSON.stringify(await pending())).not.toContain(token)
    expect((await join(token, 'ann')).status).toBe(200)
    expect((await pending()).map(({ name }) => name)).toEqual(['Root'])
    // and Ann has the tasks that were named
    const me = [...(await server.server.core.changes(office, 'people', 0).then((r) => (r.ok ? r.value.rows : [])))]
    expect(JSON.stringify(me.find((r) => r.includes('Ann')))).toContain('["review"]')
  })

  test('are withdrawn: the link is void, for good', async () => {
    const token = await invite('Ann')
    const [ann] = await pending()
    const district = await server.as(districtA)
    const denied = await district.post('/api/v1/invitations/withdraw', { invitation: ann!.invitation })
    expect(codes(denied.body)).toEqual(['may.not'])
    await (await server.as(office)).post('/api/v1/invitations/withdraw', { invitation: ann!.invitation })
    expect(await pending()).toEqual([])
    expect(codes((await join(token, 'ann')).body)).toEqual(['auth.linkUsed'])
  })
})

describe('N17 a list of people', () => {
  test('a dry run names all that is wrong by its row, and invites nobody', async () => {
    await invite('Waiting')
    const rows = [
      row('Ann'),
      row('ann '),
      row('Bert', { unit: 'Z' }),
      row(districtA.name),
      row('Waiting'),
      row('Vera', { role: 'viewer', tasks: ['report'] }),
    ]
    const { body } = await many(rows, true)
    expect((body.refusals as { at: string; code: string }[]).map(({ at, code }) => `${at} ${code}`)).toEqual([
      'rows.1.name input.duplicate',
      'rows.2.unit unit.unknown',
      'rows.3.name member.nameTaken',
      'rows.4.name member.invited',
      'rows.5.tasks member.noTask',
    ])
    expect(codes((await many(rows)).body)).toEqual(codes(body))
    expect((await many([row('Ann'), row('Bert')], true)).body).toEqual({ links: [] })
    expect(await pending()).toHaveLength(1)
  })

  test('invites all of it, with a link for each row', async () => {
    const { body } = await many([row('Ann'), row('Bert', { tasks: ['report'] })])
    const links = body.links as string[]
    expect(links).toHaveLength(2)
    expect((await pending()).map(({ name }) => name).sort()).toEqual(['Ann', 'Bert'])
    expect((await join(links[1]!.split('#')[1]!, 'bert')).body).toMatchObject({ me: { name: 'Bert' } })
  })
})

test('F31 N27 a number of the list is that of whoever joins, and is nowhere else', async () => {
  const { body } = await many([row('Ann', { phone: '0755－0000 3061' }), row('Bert')])
  const [ann, bert] = (body.links as string[]).map((link) => link.split('#')[1]!)
  expect(JSON.stringify(await pending())).not.toContain('3061')
  await join(ann!, 'ann')
  await join(bert!, 'bert')
  const { body: book } = await (await server.as(office)).get('/api/v1/phones')
  expect((book.phones as { phone: string }[]).map(({ phone }) => phone)).toEqual(['0755-0000 3061'])
  expect(codes((await many([row('Cleo', { phone: 'call me' })], true)).body)).toEqual(['input.phone'])
})

test('M12 invitations of who handed their work over hold on, and those of who only ended do not', async () => {
  const boss = await server.as(office)
  for (const id of ['first', 'second', 'third'])
    await boss.command('AddMember', { member: id, name: id, role: 'office', unit: 'A' })
  const [of1, of3] = await Promise.all(
    ['first', 'third'].map((id) => invite(newId(), { unit: 'A1' }, { ...officeOfA, id, name: id })),
  )
  expect(await boss.command('HandOver', { from: 'first', to: 'second', reason: 'retired' })).toMatchObject({ ok: true })
  await boss.command('EndMember', { member: 'third', reason: 'retired' })
  expect((await join(of1!, 'new-one')).status).toBe(200)
  expect(codes((await join(of3!, 'new-two')).body)).toEqual(['auth.linkUsed'])
})

test('M12 the successor has the tasks of both, and both histories say so', async () => {
  const boss = await server.as(office)
  await boss.command('AssignTasks', { member: otherA.id, tasks: ['review'], reason: 'split' })
  await boss.command('AssignTasks', { member: districtA.id, tasks: ['report'], reason: 'split' })
  await boss.command('HandOver', { from: districtA.id, to: otherA.id, reason: 'moved away' })
  expect(server.server.core.actor(otherA.id)).toMatchObject({ tasks: ['report', 'review'] })
  expect(server.server.core.actor(districtA.id)).toBeUndefined()
  for (const [id, type] of [
    [otherA.id, 'WorkTakenOver'],
    [districtA.id, 'WorkHandedOver'],
  ]) {
    const { body } = await boss.get(`/api/v1/changes?scope=history:member/${id}`)
    expect(JSON.stringify(body)).toContain(type)
  }
})
