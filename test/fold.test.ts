import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { watchFold } from '../server/fold.ts'
import { createHealth, type Health } from '../server/health.ts'

describe('H8 what is on disk and not shown', () => {
  const load = { waiting: 0, shown: 10, head: 10 }
  let health: Health
  let watching: { stop(): void }
  beforeEach(() => {
    vi.useFakeTimers()
    Object.assign(load, { shown: 10, head: 10 })
    health = createHealth(() => Date.now())
    watching = watchFold({ load: () => ({ ...load }) }, health)
  })
  afterEach(() => {
    watching.stop()
    vi.useRealTimers()
  })
  const pass = (seconds: number) => vi.advanceTimersByTime(seconds * 1_000)
  const seen = () => health.causes().map(({ cause, fault }) => `${cause}: ${fault}`)

  test('for 5 s is a cause, which says how far behind, and goes with the delay', () => {
    pass(60)
    load.head = 14
    pass(5)
    expect(seen()).toEqual([])
    pass(2)
    expect(seen()).toEqual(['foldBehind: shown up to event 10 of 14'])
    load.shown = 14
    pass(1)
    expect(seen()).toEqual([])
  })

  test('is none while the log grows faster than is shown, as long as each event is shown within 5 s', () => {
    for (let i = 0; i < 60; i++) {
      load.head += 100
      load.shown = load.head - 250
      pass(1)
      expect(seen()).toEqual([])
    }
  })

  test('is one while what is shown moves, and an event waits for longer', () => {
    load.head = 1_000
    pass(1)
    for (let i = 0; i < 7; i++) {
      load.shown++
      pass(1)
    }
    expect(seen()).toEqual(['foldBehind: shown up to event 17 of 1000'])
  })

  test('is looked at no more after a stop', () => {
    load.head = 14
    watching.stop()
    pass(60)
    expect(seen()).toEqual([])
  })
})
