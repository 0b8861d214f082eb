import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useRested } from '../../../client/ui/rested.ts'

describe('what is drawn less often than it changes', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  const rested = () => {
    const source = ref(0)
    const scope = effectScope()
    return { source, scope, shown: scope.run(() => useRested(source, 300))! }
  }

  it('is there at once after quiet, then once in a while, and the last is always shown', async () => {
    const { source, shown } = rested()
    const seen: number[] = []
    for (let i = 1; i <= 100; i++) {
      source.value = i
      await nextTick()
      if (seen.at(-1) !== shown.value) seen.push(shown.value)
      await vi.advanceTimersByTimeAsync(10)
    }
    expect(seen[0]).toBe(1)
    expect(seen.length).toBeLessThanOrEqual(5)
    await vi.advanceTimersByTimeAsync(300)
    expect(shown.value).toBe(100)
    await vi.advanceTimersByTimeAsync(1_000)
    source.value = 101
    await nextTick()
    expect(shown.value).toBe(101)
  })

  it('G7 goes on when the clock of the machine is set back', async () => {
    const { source, shown } = rested()
    source.value = 1
    await nextTick()
    vi.setSystemTime(Date.now() - 3_600_000)
    source.value = 2
    await nextTick()
    await vi.advanceTimersByTimeAsync(300)
    expect(shown.value).toBe(2)
  })

  it('has no timer left when its page is gone', async () => {
    const { source, scope } = rested()
    source.value = 1
    await nextTick()
    scope.stop()
    expect(vi.getTimerCount()).toBe(0)
  })
})
