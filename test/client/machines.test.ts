/** The list of systems that report or read by a token. */
// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, expect, test, vi } from 'vitest'
import { deviceStorage } from '../../client/sync/device.ts'
import { tinyProgramme } from '../support/programme.ts'
import { openPage, surround } from './page.ts'
import { here } from './surroundings.ts'

const api = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('../../client/sync/api.ts', () => ({ callApi: (...asked: unknown[]) => api.call(...asked) }))
const { default: MachinesPanel } = await import('../../client/features/people/MachinesPanel.vue')

afterEach(() => {
  vi.useRealTimers()
})

test('M10 while the list is open it learns when a token was used, without anything being done', async () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  surround(here, { id: 'o', name: 'Office', role: 'office' as const, unit: 'C' }, tinyProgramme(), deviceStorage)
  api.call.mockResolvedValue({ ok: true, value: { machines: [] } })
  const { wrapper } = await openPage(MachinesPanel, '/people', {})
  const before = api.call.mock.calls.length
  vi.advanceTimersByTime(60_000)
  await flushPromises()
  expect(api.call.mock.calls.length).toBe(before + 2)
  wrapper.unmount()
  vi.advanceTimersByTime(60_000)
  expect(api.call.mock.calls.length).toBe(before + 2)
})
