import { describe, expect, it } from 'vitest'
import { freshnessAt, isClosed, isOld } from '../../client/stores/freshness.ts'
import { createPageClock, createServerClock } from '../../client/sync/clock.ts'
import { look, settle, world } from './world.ts'

describe('what a page may claim', () => {
  const proven = { seq: 1, at: 0, due: 5_000, suspect: false }

  it('S11 is live until a proof is overdue by more than a second, stale from ten seconds without one', () => {
    expect(freshnessAt(0, proven, 0, 0)).toBe('live')
    expect(freshnessAt(6_000, proven, 0, 0)).toBe('live')
    expect(freshnessAt(6_001, proven, 0, 0)).toBe('checking')
    expect(freshnessAt(9_999, proven, 0, 1)).toBe('checking')
    expect(freshnessAt(10_000, proven, 0, 0)).toBe('stale')
    expect(freshnessAt(10_000, proven, 0, 1)).toBe('offline')
  })

  it('S11 is offline as soon as the browser says so, and a second after the connection went, however new the last proof is', () => {
    expect(freshnessAt(0, proven, 0, Infinity)).toBe('offline')
    expect(freshnessAt(900, proven, 0, 999)).toBe('live')
    expect(freshnessAt(1_000, proven, 0, 1_000)).toBe('offline')
    expect([isOld(9_999, proven, 0), isOld(10_000, proven, 0)]).toEqual([false, true])
  })

  it('S11 is checking while a difference is being mended, however new the last proof is', () => {
    expect(freshnessAt(0, { ...proven, suspect: true }, 0, 0)).toBe('checking')
  })

  it('S11 is not live before anything is watched, and stale when that lasts', () => {
    const nothing = { seq: 0, at: null, due: Infinity, suspect: false }
    expect(freshnessAt(0, nothing, 0, 0)).toBe('checking')
    expect(freshnessAt(10_000, nothing, 0, 1)).toBe('offline')
  })

  it('S20 is closed by what the server says of itself, as long as that is not out of date', () => {
    for (const trouble of ['damaged', 'closed'] as const) {
      expect([isClosed(trouble, 'live'), isClosed(trouble, 'checking')]).toEqual([true, true])
      expect([isClosed(trouble, 'stale'), isClosed(trouble, 'offline')]).toEqual([false, false])
    }
    expect([isClosed('behind', 'live'), isClosed(null, 'live')]).toEqual([false, false])
  })

  it('S11 is never live by a proof that was held up on the way', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    look(feed, 's')
    await settle()
    await server.pass(8_000)
    server.proof('s', { sent: 500 })
    expect(freshnessAt(8_000, feed.proven(), 0, 0)).toBe('checking')
    server.proof('s')
    expect(freshnessAt(8_000, feed.proven(), 0, 0)).toBe('live')
  })
})

describe('the clock of the page', () => {
  function clocks() {
    const at = { monotonic: 1_000, wall: 1_000_000 }
    return { at, now: createPageClock({ monotonic: () => at.monotonic, wall: () => at.wall }) }
  }

  it('S11 is not moved by a wall clock that is set back, or forward by little', () => {
    const { at, now } = clocks()
    at.wall -= 3_600_000
    expect(now()).toBe(1_000)
    at.monotonic += 500
    at.wall += 1_500
    expect(now()).toBe(1_500)
  })

  it('S11 goes on through a sleep in which the monotonic clock stood still', () => {
    const { at, now } = clocks()
    at.wall += 60_000
    expect(now()).toBe(61_000)
    at.monotonic += 100
    at.wall += 100
    expect(now()).toBe(61_100)
  })
})

describe('the clock of the server', () => {
  it('S11 places a moment no later than it can have been', () => {
    const clock = createServerClock()
    expect(clock.earliest(50_000, 1_000)).toBe(-Infinity)
    // asked at 1,000, answered 50,000, at 1,040: the server was between 48,960 and 49,000 ahead
    clock.answered(1_000, 50_000, 1_040)
    expect(clock.width()).toBe(40)
    expect(clock.earliest(50_000, 1_040)).toBe(1_000)
    expect(clock.earliest(58_000, 9_100)).toBe(9_000)
  })

  it('S11 keeps the closest measurement, for five minutes', () => {
    const clock = createServerClock()
    clock.answered(1_000, 50_000, 1_040)
    clock.answered(2_000, 51_000, 2_900)
    expect(clock.width()).toBe(40)
    clock.answered(3_000, 52_005, 3_010)
    expect(clock.width()).toBe(10)
    clock.answered(304_000, 352_900, 304_400)
    expect(clock.width()).toBe(400)
  })

  it('S11 forgets what cannot be: something that came before it was sent', () => {
    const clock = createServerClock()
    clock.answered(1_000, 50_000, 1_040)
    expect(clock.earliest(60_000, 2_000)).toBe(-Infinity)
    expect(clock.width()).toBe(Infinity)
  })
})
