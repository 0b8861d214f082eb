import { describe, expect, it } from 'vitest'
import { createLimits } from '../../server/auth/limits.ts'

describe('limits on guessing', () => {
  it('stop one account from one address for a minute at most, and nobody else', async () => {
    const limits = createLimits()
    for (let i = 0; i < 6; i++) expect((await limits.attempt('wang', '10.0.0.1')).ok).toBe(true)
    const refused = await limits.attempt('wang', '::ffff:10.0.0.1')
    if (refused.ok) throw new Error('let through')
    expect(refused.refusals[0]!.code).toBe('auth.tooMany')
    const seconds = Number(refused.refusals[0]!.params!.seconds)
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
    expect((await limits.attempt('wang', '10.0.0.2')).ok).toBe(true)
    expect((await limits.attempt('li', '10.0.0.1')).ok).toBe(true)
  })

  it('forget mistakes once the password is right', async () => {
    const limits = createLimits()
    for (let round = 0; round < 5; round++) {
      for (let i = 0; i < 5; i++) expect((await limits.attempt('wang', '10.0.0.1')).ok).toBe(true)
      await limits.resetAttempts('wang', '10.0.0.1')
    }
  })

  it('count a whole IPv6 network as one address', async () => {
    const limits = createLimits()
    let through = 0
    for (let i = 0; i < 60; i++) if ((await limits.attempt(`u${i}`, `2001:db8:0:1::${i.toString(16)}`)).ok) through++
    expect(through).toBe(40)
    expect((await limits.attempt('u1', '2001:db8:0:2::1')).ok).toBe(true)
  })
})
