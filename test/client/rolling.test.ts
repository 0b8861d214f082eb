import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { easeOut, useRolling } from '../../client/ui/rolling.ts'

/** A browser's clock and frames, 20 ms apart. */
function browser(reduced: boolean) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
  vi.stubGlobal('matchMedia', () => ({ matches: reduced }))
  vi.stubGlobal('document', { hidden: false })
  vi.stubGlobal('requestAnimationFrame', (step: (now: number) => void) =>
    Number(setTimeout(() => step(performance.now()), 20)),
  )
  vi.stubGlobal('cancelAnimationFrame', (id: number) => clearTimeout(id))
}

describe('a rolling figure', () => {
  beforeEach(() => browser(false))
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const roll = () => {
    const value = ref(100)
    const shown = effectScope().run(() => useRolling(value))!
    return { value, shown }
  }

  it('eases out from start to end', () => {
    expect([easeOut(-1), easeOut(0), easeOut(1), easeOut(2)]).toEqual([0, 0, 1, 1])
    expect(easeOut(0.5)).toBeGreaterThan(0.5)
  })

  it('passes between the values and arrives exactly', async () => {
    const { value, shown } = roll()
    value.value = 1_000
    await nextTick()
    vi.advanceTimersByTime(200)
    expect(shown.value).toBeGreaterThan(100)
    expect(shown.value).toBeLessThan(1_000)
    vi.advanceTimersByTime(300)
    expect(shown.value).toBe(1_000)
  })

  it('rolls at most once a second, and the last value arrives', async () => {
    const { value, shown } = roll()
    value.value = 200
    await nextTick()
    vi.advanceTimersByTime(500)
    for (const next of [300, 400, 500]) {
      value.value = next
      await nextTick()
      vi.advanceTimersByTime(100)
    }
    expect(shown.value).toBe(200)
    vi.advanceTimersByTime(1_000)
    expect(shown.value).toBe(500)
  })

  it('takes up what came while it rolled', async () => {
    const { value, shown } = roll()
    value.value = 200
    await nextTick()
    vi.advanceTimersByTime(100)
    value.value = 300
    await nextTick()
    vi.advanceTimersByTime(2_000)
    expect(shown.value).toBe(300)
  })

  it('comes back to where it was', async () => {
    const { value, shown } = roll()
    value.value = 200
    await nextTick()
    vi.advanceTimersByTime(100)
    value.value = 100
    await nextTick()
    vi.advanceTimersByTime(2_000)
    expect(shown.value).toBe(100)
  })

  it('changes at once where motion is not wanted', async () => {
    browser(true)
    const { value, shown } = roll()
    value.value = 900
    await nextTick()
    vi.advanceTimersByTime(0)
    expect(shown.value).toBe(900)
  })
})
