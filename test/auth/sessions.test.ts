import { describe, expect, it } from 'vitest'
import { openAuth } from '../../server/auth/auth.ts'
import { ABSOLUTE_MS, IDLE_MS } from '../../server/auth/sessions.ts'
import { tokenHash } from '../../server/auth/tokens.ts'

const start = new Date('2008-01-10T00:00:00Z').getTime()

function setUp() {
  const clock = { ms: start }
  const auth = openAuth(':memory:', () => new Date(clock.ms))
  const ended: string[] = []
  auth.sessions.onEnded((hashes) => ended.push(...hashes))
  return { auth, clock, ended }
}

describe('sessions', () => {
  it('end after 12 hours without a request, and say so', async () => {
    const { auth, clock, ended } = setUp()
    const token = await auth.sessions.create('m1')
    clock.ms += IDLE_MS
    expect(await auth.sessions.byToken(token)).toEqual({ hash: tokenHash(token), member: 'm1' })
    clock.ms += IDLE_MS + 1
    expect(await auth.sessions.byToken(token)).toBeUndefined()
    expect(ended).toEqual([tokenHash(token)])
  })

  it('end after 7 days however busy they are', async () => {
    const { auth, clock } = setUp()
    const token = await auth.sessions.create('m1')
    while (clock.ms <= start + ABSOLUTE_MS) {
      expect(await auth.sessions.byToken(token)).toBeDefined()
      clock.ms += IDLE_MS / 2
    }
    expect(await auth.sessions.byToken(token)).toBeUndefined()
  })

  it('are pruned when nobody asks for them any more', async () => {
    const { auth, clock, ended } = setUp()
    const token = await auth.sessions.create('m1')
    clock.ms += IDLE_MS + 1
    const fresh = await auth.sessions.create('m2')
    await auth.prune()
    expect(ended).toEqual([tokenHash(token)])
    expect(await auth.sessions.byToken(fresh)).toBeDefined()
  })

  it('of one member end together, but for the one kept', async () => {
    const { auth, ended } = setUp()
    const [a, b, c] = [
      await auth.sessions.create('m1'),
      await auth.sessions.create('m1'),
      await auth.sessions.create('m2'),
    ]
    await auth.sessions.endMember('m1', tokenHash(a))
    expect(ended).toEqual([tokenHash(b)])
    expect(await auth.sessions.byToken(a)).toBeDefined()
    expect(await auth.sessions.byToken(c)).toBeDefined()
  })
})

describe('invitations', () => {
  it('expire after 7 days', async () => {
    const { auth, clock } = setUp()
    const token = await auth.invitations.create({ name: null, role: 'viewer', unit: 'C', by: 'm1' })
    expect(await auth.invitations.byToken(token)).toMatchObject({ role: 'viewer', unit: 'C', by: 'm1', name: null })
    clock.ms += 7 * 24 * 3_600_000
    expect(await auth.invitations.byToken(token)).toBeUndefined()
  })

  it('of the first start are renewed, not added: the earlier link is void', async () => {
    const { auth } = setUp()
    const one = await auth.invitations.first({ role: 'office', unit: 'C' })
    const first = await auth.invitations.byToken(one)
    const two = await auth.invitations.first({ role: 'office', unit: 'C' })
    expect(await auth.invitations.byToken(one)).toBeUndefined()
    expect((await auth.invitations.byToken(two))?.id).toBe(first?.id)
  })

  it('make one account at most, with a login that nobody else has in any case or width', async () => {
    const { auth } = setUp()
    const invite = async () =>
      (await auth.invitations.byToken(
        await auth.invitations.create({ name: null, role: 'viewer', unit: 'C', by: null }),
      ))!.id
    const id = await invite()
    expect(await auth.invitations.redeem(id, { member: 'm1', login: 'Wang', password: 'x' })).toBe('joined')
    expect(await auth.invitations.redeem(id, { member: 'm2', login: 'other', password: 'x' })).toBe('used')
    const next = await invite()
    expect(await auth.invitations.redeem(next, { member: 'm3', login: 'ｗANG', password: 'x' })).toBe('loginTaken')
    expect(await auth.invitations.redeem(next, { member: 'm3', login: 'li', password: 'x' })).toBe('joined')
    expect((await auth.accounts.byLogin('WANG'))?.member).toBe('m1')
  })
})
