/** A file that cannot be written any more, under a running server. */
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { openAuth } from '../../server/auth/auth.ts'
import { districtA, office } from '../support/core.ts'
import { codes, PASSWORD, startServer } from '../support/server.ts'

it('N4 a file that refuses every write keeps nobody from signing in, reading and signing out', async () => {
  const test = await startServer()
  await test.account(districtA, 'wang')
  const before = await test.as(office)
  const db = new DatabaseSync(test.file)
  for (const table of ['session', 'device'])
    for (const act of ['INSERT', 'UPDATE', 'DELETE'])
      db.exec(`CREATE TRIGGER ${act}_${table} BEFORE ${act} ON ${table} BEGIN SELECT RAISE(ABORT, 'full'); END`)
  db.close()
  const client = test.stranger()
  const entered = await client.post('/api/v1/session', { login: 'wang', password: PASSWORD })
  expect([entered.status, client.device]).toEqual([200, ''])
  for (const one of [before, client]) expect((await one.get('/api/v1/changes?scope=programme')).status).toBe(200)
  const { cookie } = client
  expect((await client.send('DELETE', '/api/v1/session')).status).toBe(200)
  client.cookie = cookie
  expect((await client.get('/api/v1/changes?scope=programme')).status).toBe(401)
  await test.close()
})

it('N4 what must last is refused while the file may not be written', async () => {
  const test = await startServer()
  await test.account(districtA, 'wang')
  const admin = await test.as(office)
  const invited = await admin.post('/api/v1/invitations', { name: 'Zhao', role: 'viewer', unit: 'A' })
  const reset = await admin.post('/api/v1/resets', { member: 'districtA' })
  const [link, token] = [String(invited.body.link).split('#')[1]!, String(reset.body.link).split('#')[1]!]
  const member = await test.as(districtA)
  test.server.auth.mayWrite = () => false
  for (const reply of [
    await admin.post('/api/v1/invitations', { name: 'Li', role: 'viewer', unit: 'A' }),
    await admin.post('/api/v1/resets', { member: 'districtA' }),
    await member.post('/api/v1/password', { current: PASSWORD, next: 'another good one' }),
    await test.stranger().post('/api/v1/resets/redeem', { token, password: 'another good one' }),
    await test
      .stranger()
      .post('/api/v1/invitations/join', { token: link, name: 'Zhao', login: 'zhao', password: PASSWORD }),
  ])
    expect([reply.status, codes(reply.body)]).toEqual([503, ['store.readOnly']])
  await test.close()
})

it('N9 of a browser that could not be remembered nothing is set', async () => {
  let may = true
  const auth = openAuth(':memory:', () => new Date(0), { mayWrite: () => may })
  const token = await auth.devices.remember('m1', undefined)
  expect(await auth.devices.known('m1', token!)).not.toBeNull()
  expect(await auth.devices.known('m2', token!)).toBeNull()
  may = false
  expect(await auth.devices.remember('m1', token!)).toBeNull()
  await auth.close()
})
