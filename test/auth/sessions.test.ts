import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { openAuth } from '../../server/auth/auth.ts'
import type { Change } from '../../server/auth/sessionRows.ts'
import type { Session } from '../../server/auth/session.ts'
import { ABSOLUTE_MS, IDLE_MS, openSessions } from '../../server/auth/sessions.ts'
import { forgetSessions } from '../../server/auth/db.ts'
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
  it('N1 end after 12 hours without a request, and say so', async () => {
    const { auth, clock, ended } = setUp()
    const token = await auth.sessions.create('m1')
    clock.ms += IDLE_MS
    expect(await auth.sessions.byToken(token)).toMatchObject({ hash: tokenHash(token), member: 'm1' })
    clock.ms += IDLE_MS + 1
    expect(await auth.sessions.byToken(token)).toBeUndefined()
    expect(ended).toEqual([tokenHash(token)])
  })

  it('N1 end after 7 days however busy they are', async () => {
    const { auth, clock } = setUp()
    const token = await auth.sessions.create('m1')
    while (clock.ms <= start + ABSOLUTE_MS) {
      expect(await auth.sessions.byToken(token)).toBeDefined()
      clock.ms += IDLE_MS / 2
    }
    expect(await auth.sessions.byToken(token)).toBeUndefined()
  })

  it('N1 are pruned when nobody asks for them any more', async () => {
    const { auth, clock, ended } = setUp()
    const token = await auth.sessions.create('m1')
    clock.ms += IDLE_MS + 1
    const fresh = await auth.sessions.create('m2')
    await auth.prune()
    expect(ended).toEqual([tokenHash(token)])
    expect(await auth.sessions.byToken(fresh)).toBeDefined()
  })

  it('N1 of one member end together, but for the one kept', async () => {
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

/** Sessions over a file that can be told to fail, and what it was told. */
function withFile() {
  const clock = { ms: start }
  const file = { full: false, mayWrite: true, writes: [] as Change['is'][][], faults: [] as unknown[] }
  const sessions = openSessions({
    rows: {
      all: () => [],
      write: (changes) => {
        if (file.full) throw new Error('database or disk is full')
        file.writes.push([...changes].map(({ is }) => is))
      },
      deleted: () => 0,
      hashes: () => new Set(),
    },
    now: () => new Date(clock.ms),
    mayWrite: () => file.mayWrite,
    failed: (fault) => file.faults.push(fault),
  })
  return { clock, file, sessions }
}

describe('what the file is told of sessions', () => {
  afterEach(() => vi.useRealTimers())

  it('N4 uses are written once a minute, together', async () => {
    vi.useFakeTimers()
    const { clock, file, sessions } = withFile()
    const tokens = [await sessions.create('m1'), await sessions.create('m2')]
    file.writes.length = 0
    for (let i = 0; i < 500; i++) {
      clock.ms += 100
      for (const token of tokens) await sessions.byToken(token, '10.0.0.1')
      vi.advanceTimersByTime(100)
    }
    expect(file.writes).toEqual([])
    vi.advanceTimersByTime(10_000)
    expect(file.writes).toEqual([['used', 'used']])
    vi.advanceTimersByTime(60_000)
    expect(file.writes).toHaveLength(1)
    await sessions.close()
  })

  it('N4 a full disk shuts nobody out, is said once, and is made up for when there is room', async () => {
    vi.useFakeTimers()
    const { clock, file, sessions } = withFile()
    const [early, leaves] = [await sessions.create('m1'), await sessions.create('m2')]
    file.full = true
    const late = await sessions.create('m3')
    await sessions.end(tokenHash(leaves))
    for (let minute = 0; minute < 5; minute++) {
      clock.ms += 60_000
      expect([await sessions.byToken(early), await sessions.byToken(late)]).not.toContain(undefined)
      expect(await sessions.byToken(leaves)).toBeUndefined()
      vi.advanceTimersByTime(60_000)
    }
    expect(file.faults).toHaveLength(1)
    file.full = false
    file.writes.length = 0
    vi.advanceTimersByTime(60_000)
    expect(file.writes).toEqual([['new', 'over', 'used']])
    await sessions.close()
  })

  it('N4 a file that may not be written is left alone', async () => {
    const { file, sessions } = withFile()
    file.mayWrite = false
    const token = await sessions.create('m1')
    expect(await sessions.byToken(token)).toBeDefined()
    await sessions.end(tokenHash(token))
    await sessions.close()
    expect(file.writes).toEqual([])
  })

  it('N4 a stop keeps the last uses', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'rollout-'))
    const clock = { ms: start }
    const open = () => openAuth(join(dir, 'r.db'), () => new Date(clock.ms))
    const before = open()
    const token = await before.sessions.create('m1', { address: '10.0.0.1', browser: 'Firefox', system: 'Linux' })
    clock.ms += 5_000
    await before.sessions.byToken(token, '10.0.0.2')
    await before.close()
    const after = open()
    const kept: Session = {
      ...{ hash: tokenHash(token), member: 'm1', address: '10.0.0.2', browser: 'Firefox', system: 'Linux' },
      ...{ created: start, seen: start + 5_000 },
    }
    expect(await after.sessions.ofMember('m1')).toEqual([kept])
    await after.close()
    forgetSessions(join(dir, 'r.db'))
    const restored = open()
    expect(await restored.sessions.byToken(token)).toBeUndefined()
    await restored.close()
    await rm(dir, { recursive: true })
  })

  it('N1 a member has a hundred at most: one more ends the one that was used least lately', async () => {
    const { clock, sessions } = withFile()
    const tokens: string[] = []
    for (let i = 0; i < 101; i++) {
      clock.ms++
      tokens.push(await sessions.create('m1'))
    }
    expect(await sessions.ofMember('m1')).toHaveLength(100)
    expect(await sessions.byToken(tokens[0]!)).toBeUndefined()
    await sessions.close()
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
