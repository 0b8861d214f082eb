import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { API } from '../../shared/protocol/api.ts'
import { join } from '../../server/auth/joining.ts'
import type { Core } from '../../server/core/core.ts'
import type { Patch } from '../../shared/view/patch.ts'
import type { MemberRow, VersionRow } from '../../shared/view/rows.ts'
import { decodeRow, type WireRow } from '../../shared/view/wire.ts'
import { districtA, office } from '../support/core.ts'
import { codes, PASSWORD, startServer, type TestServer } from '../support/server.ts'

const tokenOf = (link: unknown) => String(link).split('/join#')[1]!

function peopleOf(core: Core): MemberRow[] {
  const { rows } = JSON.parse(core.live.changesText('people', 0)) as Patch
  return rows.map((row) => decodeRow(row, core.setting()!.units) as MemberRow)
}

describe('joining', () => {
  let test: TestServer
  beforeEach(async () => {
    test = await startServer()
  })
  afterEach(() => test.close())

  const invite = async (more = {}) => {
    const reply = await (
      await test.as(office)
    ).post('/api/v1/invitations', { name: 'Zhao', role: 'district', unit: 'A', ...more })
    expect(reply.status).toBe(200)
    return tokenOf(reply.body.link)
  }
  const joining = (token: string, more = {}) =>
    test
      .stranger()
      .post('/api/v1/invitations/join', { token, name: 'Zhao', login: 'zhao', password: PASSWORD, ...more })

  it('shows what the link is for, makes the account and signs in', async () => {
    const token = await invite()
    const client = test.stranger()
    const shown = await client.post('/api/v1/invitations/open', { token })
    expect(shown.body).toEqual({ name: 'Zhao', role: 'district', unit: 'A', unitName: { zh: 'Unit A', en: 'Unit A' } })
    const joined = await client.post('/api/v1/invitations/join', {
      token,
      name: 'x',
      login: 'zhao',
      password: PASSWORD,
    })
    expect(joined.body.me).toMatchObject({ name: 'Zhao', role: 'district', unit: 'A', login: 'zhao' })
    expect((await client.get('/api/v1/session')).body.me).toMatchObject({ login: 'zhao' })
    expect((await client.post('/api/v1/invitations/open', { token })).status).toBe(410)
    expect(codes((await joining(token, { login: 'other' })).body)).toEqual(['auth.linkUsed'])
  })

  it('is recorded as the act of whoever invited', async () => {
    const client = test.stranger()
    const token = await invite()
    const { body } = await client.post('/api/v1/invitations/join', {
      token,
      name: 'x',
      login: 'zhao',
      password: PASSWORD,
    })
    const id = (body.me as { id: string }).id
    const history = await (await test.as(office)).get(`/api/v1/changes?scope=history:member/${id}`)
    const [added] = (history.body.rows as WireRow[]).map(
      (row) => decodeRow(row, test.server.core.setting()!.units) as VersionRow,
    )
    expect(added).toMatchObject({ type: 'MemberAdded', by: { id: 'office' } })
  })

  it('says all that is wrong at once, and the link stays good', async () => {
    await test.account(districtA, 'Wang')
    const token = await invite()
    expect(codes((await joining(token, { login: 'wANG', password: 'short' })).body)).toEqual([
      'auth.loginTaken',
      'auth.passwordShort',
    ])
    expect((await joining(token)).status).toBe(200)
  })

  it.each([
    ['common', 'Password2008', 'auth.passwordCommon'],
    ['what the programme is called', 'Tiny programme 2008', 'auth.passwordCommon'],
    ['their name', 'Zhao 2008-09', 'auth.passwordOwnName'],
    ['their login', 'old.harbour-99', 'auth.passwordOwnName'],
  ])('N6 is refused with a password that is %s', async (_, password, code) => {
    const token = await invite()
    expect(codes((await joining(token, { login: 'Old.Harbour', password })).body)).toContain(code)
    expect((await joining(token)).status).toBe(200)
  })

  it('N11 is no way to find out who has an account', async () => {
    await test.account(districtA, 'wang')
    const token = await invite()
    for (let i = 0; i < 6; i++)
      expect(codes((await joining(token, { login: 'WANG' })).body)).toEqual(['auth.loginTaken'])
    const late = await joining(token, { login: 'wang' })
    expect([late.status, codes(late.body)]).toEqual([429, ['auth.tooMany']])
    // and without a link nothing is said at all
    for (const login of ['wang', 'nobody'])
      expect(codes((await joining('no such link', { login })).body)).toEqual(['auth.linkUsed'])
    expect((await joining(await invite(), { login: 'other' })).status).toBe(200)
  })

  it('by two people at once makes one account and one member', async () => {
    const token = await invite()
    const before = peopleOf(test.server.core).length
    const replies = await Promise.all(['one', 'two', 'three'].map((login) => joining(token, { login, name: login })))
    expect(replies.map((r) => r.status).sort()).toEqual([200, 410, 410])
    expect(peopleOf(test.server.core)).toHaveLength(before + 1)
  })

  it('works again after a crash between the member and the account', async () => {
    const token = await invite()
    const { auth, core } = test.server
    const input = { token, name: 'Zhao', login: 'zhao', password: PASSWORD }
    const crashing: Pick<Core, 'actor' | 'heir' | 'dispatch'> = {
      heir: core.heir,
      actor: core.actor,
      dispatch: async (...args) => {
        await core.dispatch(...args)
        throw new Error('crash')
      },
    }
    await expect(join(auth, crashing, input)).rejects.toThrow('crash')
    const members = peopleOf(core).length
    await test.restart()
    expect((await joining(token, { login: 'zhao2' })).status).toBe(200)
    expect(peopleOf(test.server.core)).toHaveLength(members)
  })

  it('is no longer possible once whoever invited has left', async () => {
    const boss = test.stranger()
    const token = await invite({ name: 'Boss', role: 'office', unit: 'C' })
    await boss.post('/api/v1/invitations/join', { token, name: 'x', login: 'boss', password: PASSWORD })
    const { body } = await boss.post('/api/v1/invitations', { name: 'Late', role: 'viewer', unit: 'B' })
    const me = (await boss.get('/api/v1/session')).body.me as { id: string }
    await (await test.as(office)).command('EndMember', { member: me.id, reason: 'left' })
    expect(codes((await joining(tokenOf(body.link))).body)).toEqual(['auth.linkUsed'])
  })

  it('is offered only by those who may add members, and only for units that exist', async () => {
    const body = { name: 'Zhao', role: 'district', unit: 'A' }
    expect((await (await test.as(districtA)).post('/api/v1/invitations', body)).status).toBe(403)
    const unknown = await (await test.as(office)).post('/api/v1/invitations', { ...body, unit: 'X' })
    expect(codes(unknown.body)).toEqual(['unit.unknown'])
  })
})

it('N12 no route takes a token, a password or a login in its address', () => {
  const inAddress = Object.values(API).filter(({ method }) => method !== 'POST')
  const fields = inAddress.flatMap(({ input }) => ('shape' in input ? Object.keys(input.shape) : ['?']))
  expect(fields).toContain('scope')
  expect(fields.filter((field) => ['?', 'token', 'login', 'password', 'current', 'next'].includes(field))).toEqual([])
})

describe('the first start', () => {
  it('gives a link on every start until somebody has joined by one', async () => {
    const test = await startServer({ people: false })
    const first = test.server.firstLink
    expect(first).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/join#[\w-]{43}$/)
    await test.restart()
    const second = test.server.firstLink
    expect(second).not.toBe(first)
    const client = test.stranger()
    const input = { name: 'Head', login: 'head', password: PASSWORD }
    const stale = await client.post('/api/v1/invitations/join', { ...input, token: tokenOf(first) })
    expect(codes(stale.body)).toEqual(['auth.linkUsed'])
    const joined = await client.post('/api/v1/invitations/join', { ...input, token: tokenOf(second) })
    expect(joined.body.me).toMatchObject({ name: 'Head', role: 'office', unit: 'C', login: 'head' })
    await test.restart()
    expect(test.server.firstLink).toBeNull()
    expect((await client.get('/api/v1/session')).body.me).toMatchObject({ login: 'head' })
    await test.close()
  })

  it('makes one account when two people use the link at once', async () => {
    const test = await startServer({ people: false })
    const token = tokenOf(test.server.firstLink)
    const replies = await Promise.all(
      ['one', 'two'].map((name) =>
        test.stranger().post('/api/v1/invitations/join', { token, name, login: name, password: PASSWORD }),
      ),
    )
    expect(replies.map((r) => r.status).sort()).toEqual([200, 410])
    const joined = replies.find((r) => r.status === 200)!.body.me
    expect(peopleOf(test.server.core).map((p) => p.name)).toEqual([(joined as { name: string }).name])
    await test.close()
  })

  it('gives none in a demonstration', async () => {
    const test = await startServer({ people: false, demo: { people: () => [] } })
    expect(test.server.firstLink).toBeNull()
    await test.close()
  })
})
