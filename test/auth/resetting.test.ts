import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { districtA, districtB, legal, office, otherA } from '../support/core.ts'
import { codes, PASSWORD, startServer, type TestServer } from '../support/server.ts'

const NEXT = 'another good one'

describe('N7 a new password by a link from the office', () => {
  let test: TestServer
  beforeEach(async () => {
    test = await startServer()
    await test.account(districtA, 'wang')
    await test.account(office, 'head')
  })
  afterEach(() => test.close())

  const link = async (member = districtA.id, by = office) => (await test.as(by)).post('/api/v1/resets', { member })
  const tokenFor = async (member?: string, by = office) => {
    const { status, body } = await link(member, by)
    expect(status).toBe(200)
    return /^http:\/\/127\.0\.0\.1:\d+\/reset#([\w-]{43})$/.exec(String(body.link))![1]!
  }
  const open = (token: string) => test.stranger().post('/api/v1/resets/open', { token })
  const redeem = (token: string, password = NEXT) => test.stranger().post('/api/v1/resets/redeem', { token, password })
  const signIn = (password: string) => test.stranger().post('/api/v1/session', { login: 'wang', password })

  it('says whose it is, sets the password once, and signs in', async () => {
    const token = await tokenFor()
    expect((await open(token)).body).toEqual({ name: 'District A', login: 'wang' })
    expect((await signIn(PASSWORD)).status).toBe(200)
    const client = test.stranger()
    const reply = await client.post('/api/v1/resets/redeem', { token, password: NEXT })
    expect(reply.body.me).toMatchObject({ id: 'districtA', login: 'wang' })
    expect((await client.get('/api/v1/session')).body.me).toMatchObject({ id: 'districtA' })
    expect([(await signIn(PASSWORD)).status, (await signIn(NEXT)).status]).toEqual([401, 200])
    for (const again of [await open(token), await redeem(token)])
      expect([again.status, codes(again.body)]).toEqual([410, ['auth.linkUsed']])
  })

  it('by two at once is set by one', async () => {
    const token = await tokenFor()
    const replies = await Promise.all([redeem(token, 'the first of them'), redeem(token, 'the second of them')])
    expect(replies.map((reply) => reply.status).sort()).toEqual([200, 410])
  })

  it('is void after a day, after a newer one, and after the password was changed', async () => {
    const [first, second] = [await tokenFor(), await tokenFor()]
    expect((await open(first)).status).toBe(410)
    expect((await open(second)).status).toBe(200)
    const { now } = test.clock
    test.clock.now = new Date(now.getTime() + 24 * 3_600_000)
    expect((await open(second)).status).toBe(410)
    test.clock.now = now
    const member = await test.as(districtA)
    expect((await member.post('/api/v1/password', { current: PASSWORD, next: NEXT })).status).toBe(200)
    expect((await redeem(second)).status).toBe(410)
  })

  it('is void once whoever handed it out, or the member, has left', async () => {
    await (await test.as(office)).command('AddMember', { member: 'second', name: 'Second', role: 'office', unit: 'C' })
    const second = { id: 'second', name: 'Second', role: 'office', unit: 'C' } as const
    const [byThem, forThem] = [await tokenFor(districtA.id, second), await tokenFor(districtA.id)]
    expect((await open(byThem)).status).toBe(410)
    const last = await tokenFor(districtA.id, second)
    await (await test.as(office)).command('EndMember', { member: 'second', reason: 'left' })
    for (const token of [byThem, forThem, last]) expect((await open(token)).status).toBe(410)
    const again = await tokenFor()
    await (await test.as(office)).command('EndMember', { member: districtA.id, reason: 'left' })
    expect((await redeem(again)).status).toBe(410)
  })

  it('is refused a password that may not be chosen, and stays good', async () => {
    const token = await tokenFor()
    expect(codes((await redeem(token, 'short')).body)).toEqual(['auth.passwordShort'])
    expect(codes((await redeem(token, 'qwertyuiop')).body)).toEqual(['auth.passwordCommon'])
    expect(codes((await redeem(token, 'District A 12')).body)).toEqual(['auth.passwordOwnName'])
    expect((await redeem(token)).status).toBe(200)
  })

  it('is handed out by who may add the member, for others than themselves, who have a password', async () => {
    for (const by of [districtA, districtB, legal]) expect(codes((await link(otherA.id, by)).body)).toEqual(['may.not'])
    expect(codes((await link(office.id)).body)).toEqual(['member.self'])
    expect(codes((await link('unknown')).body)).toEqual(['member.unknown'])
    expect(codes((await link(legal.id)).body)).toEqual(['auth.noAccount'])
    await test.account(legal, 'chen')
    const admin = await test.as(office)
    await admin.command('AddMember', { member: 'headA', name: 'Head A', role: 'office', unit: 'A' })
    const headA = { id: 'headA', name: 'Head A', role: 'office', unit: 'A' } as const
    expect((await link(districtA.id, headA)).status).toBe(200)
    expect(codes((await link(districtB.id, headA)).body)).toEqual(['may.outsideUnit'])
    expect(codes((await link(office.id, headA)).body)).toEqual(['may.outsideUnit'])
    await admin.command('AddMember', { member: 'legalA', name: 'Legal A', role: 'legal', unit: 'A' })
    expect(codes((await link('legalA', headA)).body)).toEqual(['may.beyondOwn'])
  })
})
