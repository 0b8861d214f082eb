// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import { useAnnouncement } from '../../../client/features/watch/announcement.ts'
import { useRecentlyChanged } from '../../../client/features/watch/recentlyChanged.ts'

const run = <T>(what: () => T): T => effectScope().run(what)!

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('an announcement', () => {
  test('follows the text at its own pace, and the last text arrives', async () => {
    const text = ref('one')
    const said = run(() =>
      useAnnouncement(
        () => text.value,
        () => 'topic',
        30_000,
      ),
    )
    for (const next of ['two', 'three']) {
      text.value = next
      await nextTick()
    }
    expect(said.value).toBe('one')
    vi.advanceTimersByTime(30_000)
    expect(said.value).toBe('three')
  })

  test('is made at once when it is about something else', async () => {
    const text = ref('one')
    const about = ref('june')
    const said = run(() =>
      useAnnouncement(
        () => text.value,
        () => about.value,
        30_000,
      ),
    )
    text.value = 'other'
    about.value = 'december'
    await nextTick()
    expect(said.value).toBe('other')
  })
})

test('a changed row keeps its edge for four seconds, and the first value is no change', async () => {
  const value = ref<number | undefined>(undefined)
  const changed = run(() => useRecentlyChanged(() => value.value))
  value.value = 1
  await nextTick()
  expect(changed.value).toBe(false)
  value.value = 2
  await nextTick()
  expect(changed.value).toBe(true)
  vi.advanceTimersByTime(3_000)
  value.value = 3
  await nextTick()
  vi.advanceTimersByTime(3_900)
  expect(changed.value).toBe(true)
  vi.advanceTimersByTime(200)
  expect(changed.value).toBe(false)
})
