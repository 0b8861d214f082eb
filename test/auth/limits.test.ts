import { describe, expect, it, vi } from 'vitest'
import { createLimits } from '../../server/auth/limits.ts'

/** Tries of somebody whose password is right or wrong, and whether they were compared. */
function setUp() {
  const limits = createLimits()
  let compared = 0
  const attempt = async (account: string, address: string, more: { right?: boolean; known?: string } = {}) => {
    const { right = false, known = null } = more
    const answer = await limits.attempt({ account, address, known }, async () => {
      compared++
      return right
    })
    return answer.ok ? (answer.value ? 'in' : 'wrong') : Number(answer.refusals[0]!.params!.seconds)
  }
  return { attempt, compared: () => compared }
}
const address = (i: number) => `10.1.${i >> 8}.${i & 255}`

describe('limits on guessing', () => {
  it('N8 stop one account from one address for a minute at most, and nobody else', async () => {
    const { attempt } = setUp()
    for (let i = 0; i < 6; i++) expect(await attempt('wang', '10.0.0.1')).toBe('wrong')
    const seconds = await attempt('wang', '::ffff:10.0.0.1', { right: true })
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect(await attempt('wang', '10.0.0.2', { right: true })).toBe('in')
    expect(await attempt('li', '10.0.0.1', { right: true })).toBe('in')
  })

  it('N8 forget mistakes once the password is right', async () => {
    const { attempt } = setUp()
    for (let round = 0; round < 3; round++) {
      for (let i = 0; i < 5; i++) expect(await attempt('wang', '10.0.0.1')).toBe('wrong')
      expect(await attempt('wang', '10.0.0.1', { right: true })).toBe('in')
    }
  })

  it('N8 1,000 tries on an account from 200 addresses: twenty are compared', async () => {
    const { attempt, compared } = setUp()
    for (let i = 0; i < 1_000; i++) await attempt('wang', address(i % 200))
    expect(compared()).toBe(20)
    expect(await attempt('wang', '10.9.9.9', { right: true })).toBeGreaterThan(60)
  })

  it('N8 whoever waits as long as they were told, a quarter of an hour at most, is let in while the guessing goes on', async () => {
    vi.useFakeTimers()
    const { attempt } = setUp()
    let guesses = 0
    const guessFor = async (seconds: number) => {
      for (let i = 0; i < seconds; i++) {
        await attempt('wang', address(guesses++ % 200))
        vi.advanceTimersByTime(1_000)
      }
    }
    for (const already of [60, 300, 1_000]) {
      await guessFor(already)
      const told = Number(await attempt('wang', '203.0.113.1', { right: true }))
      expect(told).toBeLessThanOrEqual(900)
      await guessFor(told)
      expect(await attempt('wang', '203.0.113.1', { right: true })).toBe('in')
    }
    vi.useRealTimers()
  })

  it('N9 meanwhile a browser that the account knows is let in, and has an allowance of its own', async () => {
    const { attempt } = setUp()
    for (let i = 0; i < 1_000; i++) await attempt('wang', address(i % 200))
    expect(await attempt('wang', address(7), { right: true, known: 'browser' })).toBe('in')
    for (let i = 0; i < 6; i++) expect(await attempt('wang', address(7), { known: 'browser' })).toBe('wrong')
    expect(await attempt('wang', address(7), { right: true, known: 'browser' })).toBeGreaterThan(0)
    expect(await attempt('wang', address(7), { right: true, known: 'other' })).toBe('in')
  })

  it('N10 after 40 misses behind one address, others there are let in at their first try; who missed waits', async () => {
    const { attempt, compared } = setUp()
    for (let i = 0; i < 40; i++) expect(await attempt(`guessed${i}`, '10.0.0.1')).toBe('wrong')
    expect(await attempt('guessed1', '10.0.0.1')).toBeGreaterThan(0)
    expect(compared()).toBe(40)
    for (let i = 0; i < 60; i++) expect(await attempt(`colleague${i}`, '10.0.0.1', { right: true })).toBe('in')
    // one miss, and the next try is a minute later
    expect(await attempt('late', '10.0.0.1')).toBe('wrong')
    expect(await attempt('late', '10.0.0.1')).toBeGreaterThan(1)
    expect(await attempt('guessed1', '10.0.0.2', { right: true })).toBe('in')
  })

  it('N10 tries behind a crowded address are compared one at a time', async () => {
    const { attempt, compared } = setUp()
    const all = await Promise.all(Array.from({ length: 500 }, (_, i) => attempt(`u${i}`, '10.0.0.1')))
    expect(compared()).toBe(41)
    expect(all.filter((answer) => answer === 1)).toHaveLength(459)
  })

  it('N10 count a whole IPv6 network as one address', async () => {
    const { attempt } = setUp()
    for (let i = 0; i < 40; i++) await attempt(`u${i}`, `2001:db8:0:1::${i.toString(16)}`)
    expect(await attempt('u1', '2001:db8:0:1::ffff')).toBeGreaterThan(0)
    expect(await attempt('u1', '2001:db8:0:2::1')).toBe('wrong')
  })

  it('H2 N10 refuse what waits when the server stops, and finish what has begun', async () => {
    const limits = createLimits()
    let begun = 0
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const compare = () => {
      begun++
      return promise
    }
    const tries = [1, 2, 3].map((i) => limits.attempt({ account: `u${i}`, address: address(i), known: null }, compare))
    await new Promise((next) => setImmediate(next))
    limits.hurry()
    tries.push(limits.attempt({ account: 'late', address: address(9), known: 'browser' }, compare))
    for (const one of tries.slice(1))
      expect(await one).toMatchObject({ refusals: [{ code: 'server.closing', params: { seconds: 5 } }] })
    resolve(true)
    expect(await tries[0]).toEqual({ ok: true, value: true })
    expect(begun).toBe(1)
  })

  it('N10 compare one password of strangers at a time and one of those who are known; a long line is turned away', async () => {
    const limits = createLimits()
    let [running, most] = [0, 0]
    const release: (() => void)[] = []
    const slow = async () => {
      most = Math.max(most, ++running)
      await new Promise<void>((done) => release.push(done))
      running--
      return false
    }
    const strangers = Array.from({ length: 300 }, (_, i) =>
      limits.attempt({ account: `u${i}`, address: address(i), known: null }, slow),
    )
    const known = limits.attempt({ account: 'wang', address: address(1), known: 'browser' }, slow)
    let settled = 0
    for (const one of [...strangers, known]) void one.then(() => settled++)
    while (settled < 301) {
      release.splice(0).forEach((done) => done())
      await new Promise((next) => setImmediate(next))
    }
    expect(most).toBe(2)
    expect((await Promise.all(strangers)).filter((answer) => answer.ok)).toHaveLength(201)
  })
})
