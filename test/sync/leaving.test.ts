/** What signing out would lose is counted once: what a command carries waits, and is not typed and unsent as well (G16). */
// @vitest-environment happy-dom
import { expect, test, vi } from 'vitest'
import type { Waiting } from '../../client/sync/outbox.ts'

const box = vi.hoisted(() => ({ waiting: [] as unknown[] }))
vi.mock('../../client/sync/commands.ts', () => ({
  outbox: { waiting: () => box.waiting, held: () => [], refused: () => [] },
}))
const { deviceStorage } = await import('../../client/sync/device.ts')
const { openDrafts } = await import('../../client/sync/drafts.ts')
const { leftBy } = await import('../../client/sync/leaving.ts')

test('G16 a cell that a waiting command carries is not counted as typed and not sent, unless it was typed over', () => {
  const owner = { programme: 'tiny', member: 'ann' }
  const drafts = openDrafts(deviceStorage, owner, () => 7)
  const cell = (counter: string) => ({ unit: 'A1', day: '2008-03-03', counter })
  const draft = { text: '5', basis: { version: 0, value: null }, confirmed: [], contest: false }
  for (const counter of ['accepted', 'cleared', 'issued']) drafts.put(cell(counter), draft)
  const mark = drafts.mark(cell('accepted'))!
  box.waiting = [{ id: 'a', kind: 'SubmitReports', data: {}, at: 7, drafts: [mark] } as unknown as Waiting]
  expect(leftBy(owner)).toMatchObject({ waiting: 1, cells: 2 })
  drafts.put(cell('accepted'), { ...draft, text: '6' })
  expect(leftBy(owner)).toMatchObject({ waiting: 1, cells: 3 })
})
