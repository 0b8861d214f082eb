// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { usePresent } from '../../../client/stores/present.ts'
import { useRolling } from '../../../client/ui/rolling.ts'

let reduced = false

describe('a rolling figure', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    setActivePinia(createPinia())
    reduced = false
    vi.stubGlobal('matchMedia', (query: string) => ({
      matches: reduced && query.includes('reduce'),
      media: query,
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    }))
    Object.defineProperty(document, 'visibilityState', { value: 'visible', configurable: true })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  const roll = () => {
    const value = ref(100)
    const shown = effectScope().run(() => useRolling(value))!
    return { value, shown }
  }

  it('passes between the values and arrives exactly', async () => {
    const { value, shown } = roll()
    value.value = 1_000
    await nextTick()
    await vi.advanceTimersByTimeAsync(200)
    expect(shown.value).toBeGreaterThan(100)
    expect(shown.value).toBeLessThan(1_000)
    await vi.advanceTimersByTimeAsync(300)
    expect(shown.value).toBe(1_000)
  })

  it('U18 is there at once with a new day, so that no figure stands under the date of another', async () => {
    const present = usePresent()
    present.today = '2008-02-20'
    const { value, shown } = roll()
    value.value = 1_000
    await nextTick()
    await vi.advanceTimersByTimeAsync(100)
    expect(shown.value).toBeLessThan(1_000)
    // date and figure come in one patch, in either order
    value.value = 2_000
    present.today = '2008-02-21'
    await nextTick()
    expect(shown.value).toBe(2_000)
    present.today = '2008-02-22'
    value.value = 3_000
    await nextTick()
    expect(shown.value).toBe(3_000)
    // within the day it rolls again
    value.value = 4_000
    await nextTick()
    await vi.advanceTimersByTimeAsync(200)
    expect(shown.value).toBeGreaterThan(3_000)
    expect(shown.value).toBeLessThan(4_000)
    await vi.advanceTimersByTimeAsync(300)
    expect(shown.value).toBe(4_000)
  })

  it('sets out at once for what comes while it rolls, and the last value arrives', async () => {
    const { value, shown } = roll()
    value.value = 200
    await nextTick()
    await vi.advanceTimersByTimeAsync(500)
    for (const next of [300, 400, 500]) {
      value.value = next
      await nextTick()
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(shown.value).toBeGreaterThan(200)
    await vi.advanceTimersByTimeAsync(400)
    expect(shown.value).toBe(500)
  })

  it('takes up what came while it rolled', async () => {
    const { value, shown } = roll()
    value.value = 200
    await nextTick()
    await vi.advanceTimersByTimeAsync(100)
    value.value = 300
    await nextTick()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(shown.value).toBe(300)
  })

  it('comes back to where it was', async () => {
    const { value, shown } = roll()
    value.value = 200
    await nextTick()
    await vi.advanceTimersByTimeAsync(100)
    value.value = 100
    await nextTick()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(shown.value).toBe(100)
  })

  it('changes at once where motion is not wanted, and where nobody looks', async () => {
    reduced = true
    const still = roll()
    still.value.value = 900
    await nextTick()
    expect(still.shown.value).toBe(900)
    reduced = false
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    const hidden = roll()
    hidden.value.value = 900
    await nextTick()
    expect(hidden.shown.value).toBe(900)
  })

  const look = (state: 'visible' | 'hidden') => {
    Object.defineProperty(document, 'visibilityState', { value: state, configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  }

  it('G7 is the figure of now when it is looked at again', async () => {
    const { value, shown } = roll()
    look('hidden')
    await nextTick()
    for (const next of [300, 400, 500]) {
      value.value = next
      await nextTick()
    }
    look('visible')
    await nextTick()
    await vi.advanceTimersByTimeAsync(2_000)
    expect(shown.value).toBe(500)
    // and rolls on from there
    value.value = 600
    await nextTick()
    await vi.advanceTimersByTimeAsync(20)
    expect(shown.value).toBeGreaterThanOrEqual(500)
    await vi.advanceTimersByTimeAsync(500)
    expect(shown.value).toBe(600)
  })

  it('G7 is there at once when it goes out of sight while it rolls', async () => {
    const { value, shown } = roll()
    value.value = 1_000
    await nextTick()
    await vi.advanceTimersByTimeAsync(100)
    look('hidden')
    await nextTick()
    expect(shown.value).toBe(1_000)
    look('visible')
    await nextTick()
    await vi.advanceTimersByTimeAsync(500)
    expect(shown.value).toBe(1_000)
  })

  it('G7 arrives also when the clock of the machine is set while it rolls', async () => {
    const { value, shown } = roll()
    value.value = 1_000
    await nextTick()
    await vi.advanceTimersByTimeAsync(100)
    vi.setSystemTime(Date.now() - 3_600_000)
    await vi.advanceTimersByTimeAsync(500)
    expect(shown.value).toBe(1_000)
  })
})
