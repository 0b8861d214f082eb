/** Telephone numbers of members, over HTTP: whose they are to set and see, and that they can be erased. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { forgetPhones } from '../../server/auth/phoneBook.ts'
import { unequalTables } from '../../server/store/tables.ts'
import type { Actor } from '../../shared/policy.ts'
import { districtA, legal, office, viewer } from '../support/core.ts'
import { codes, startServer, type TestServer, watch } from '../support/server.ts'

const NUMBER = '0755-0000 3061'
let server: TestServer
beforeEach(async () => {
  server = await startServer()
})
afterEach(() => server.close())

const own = async (by: Actor): Promise<unknown> => (await (await server.as(by)).get('/api/v1/phones/own')).body.phone
const setOwn = async (by: Actor, phone: unknown) => (await server.as(by)).post('/api/v1/phones/own', { phone })
const set = async (by: Actor, member: string, phone: unknown) =>
  (await server.as(by)).post('/api/v1/phones', { member, phone })
const seen = async (by: Actor): Promise<unknown> => (await (await server.as(by)).get('/api/v1/phones')).body.phones
const officeOfA: Actor = { id: 'officeOfA', name: 'Office of A', role: 'office', unit: 'A' }
const addOfficeOfA = async () => {
  const { id: member, name, role, unit } = officeOfA
  await (await server.as(office)).command('AddMember', { member, name, role: role as 'office', unit })
}
/** bytes of every file of the folder */
const holds = (text: string): string[] => {
  const folder = dirname(server.file)
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && readFileSync(join(entry.parentPath, entry.name)).includes(text))
    .map(({ name }) => name)
}

describe('N25 N26 a number is set and erased', () => {
  test('by whose it is, and read by them', async () => {
    expect(await own(districtA)).toBeNull()
    expect((await setOwn(districtA, ' 0755–0000\u00a03061 ')).status).toBe(200)
    expect(await own(districtA)).toBe(NUMBER)
    const bad = await setOwn(districtA, 'at the desk')
    expect([bad.status, bad.body.refusals]).toEqual([400, [{ code: 'input.phone', at: 'phone' }]])
    expect(await own(districtA)).toBe(NUMBER)
    await setOwn(districtA, null)
    expect(await own(districtA)).toBeNull()
  })

  test('by the office that decides about the member, which sees no others', async () => {
    await addOfficeOfA()
    await set(office, districtA.id, NUMBER)
    await set(office, legal.id, '0755-0000 0009')
    expect(await own(districtA)).toBe(NUMBER)
    expect(await seen(office)).toEqual([
      { member: districtA.id, phone: NUMBER },
      { member: legal.id, phone: '0755-0000 0009' },
    ])
    expect(await seen(officeOfA)).toEqual([{ member: districtA.id, phone: NUMBER }])
    expect(codes((await set(officeOfA, legal.id, null)).body)).toEqual(['may.outsideUnit'])
    expect(codes((await set(officeOfA, 'districtB', null)).body)).toEqual(['may.outsideUnit'])
    for (const by of [districtA, legal, viewer]) {
      expect(codes((await set(by, districtA.id, null)).body)).toEqual(['may.not'])
      expect(codes((await (await server.as(by)).get('/api/v1/phones')).body)).toEqual(['may.not'])
    }
    expect(codes((await set(office, 'nobody', NUMBER)).body)).toEqual(['member.unknown'])
    await set(officeOfA, districtA.id, null)
    expect(await own(districtA)).toBeNull()
  })

  test('and no machine has one', async () => {
    const data = { member: 'machine.00000001', name: 'Machine', unit: 'A', rights: ['report' as const] }
    expect(await (await server.as(office)).command('AddMachine', data)).toMatchObject({ ok: true })
    expect(codes((await set(office, data.member, NUMBER)).body)).toEqual(['member.unknown'])
  })
})

describe('N27 a number can be erased', () => {
  test('it is in no event, no scope and no log, and gone from the files once it is erased', async () => {
    await set(office, districtA.id, NUMBER)
    const client = await server.as(office)
    for (const scope of ['people', `history:member/${districtA.id}`, 'silence:C']) {
      expect((await client.get(`/api/v1/changes?scope=${encodeURIComponent(scope)}`)).text).not.toContain('0000 3061')
      expect(JSON.stringify(await watch(await client.socket(), scope))).not.toContain('0000 3061')
    }
    const events = server.server.core.clock().seq
    await set(office, districtA.id, '0755-0000 4444')
    expect(server.server.core.clock().seq).toBe(events)
    // where it is, so that looking for it finds it
    expect(holds('0755-0000 4444')).not.toEqual([])
    await set(office, districtA.id, null)
    await server.server.close()
    expect([holds('0000 3061'), holds('0000 4444')]).toEqual([[], []])
    await server.restart()
  })

  test('the end of a member erases it, also while the server was away', async () => {
    await setOwn(districtA, NUMBER)
    await setOwn(viewer, '0755-0000 0002')
    await (await server.as(office)).command('EndMember', { member: districtA.id, reason: 'left' })
    // before it is erased nobody is shown it any more
    expect(await seen(office)).toEqual([{ member: viewer.id, phone: '0755-0000 0002' }])
    await forgetPhones(server.server.auth, server.server.core)
    expect(await server.server.auth.phones.all()).toEqual([{ member: viewer.id, phone: '0755-0000 0002' }])
    await server.server.auth.phones.set(districtA.id, NUMBER)
    await server.restart()
    expect(await server.server.auth.phones.byMember(districtA.id)).toBeNull()
    expect(await own(viewer)).toBe('0755-0000 0002')
  })
})

test('Z11 it is written twice, and shows where one was changed', async () => {
  await setOwn(districtA, NUMBER)
  const db = new DatabaseSync(server.file)
  expect(unequalTables(db)).toEqual([])
  const row = db.prepare("SELECT copy FROM phone WHERE member = 'districtA'").get()
  expect(row?.copy).toBe(`'districtA' '${NUMBER}'`)
  db.close()
})
