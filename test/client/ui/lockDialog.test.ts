/** The dialog that locks days: what it says of reports that are missing is about the days that are chosen. */
// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { computed, ref } from 'vue'
import { deviceStorage } from '../../../client/sync/device.ts'
import type { WorkRow } from '../../../shared/view/workRows.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'

const given = vi.hoisted(() => ({ cut: false, owed: 3, locked: 0, lockedThrough: null as string | null }))
const row = (unit: string, day: string): WorkRow => ({
  ...{ kind: 'work', key: `${unit}/${day}`, unit, day, what: 'missing', counters: [0] },
})
const work = [row('A1', '2008-03-03'), row('A1', '2008-03-05'), row('A2', '2008-03-05')]
vi.mock('../../../client/stores/locking.ts', () => ({
  useLocking: () => ({
    clock: ref({ today: '2008-03-06', due: '2008-03-05', lockedThrough: given.lockedThrough, over: null }),
    ...{ owed: computed(() => given.owed), owedLocked: computed(() => given.locked) },
    ...{ queue: ref([]), work: ref(work), cut: computed(() => given.cut) },
  }),
}))
const { default: LockDialog } = await import('../../../client/ui/LockDialog.vue')

const me = { id: 'o', name: 'Office', role: 'office' as const, unit: 'C' }
beforeEach(() => {
  surround(here, me, tinyProgramme(), deviceStorage)
  Object.assign(given, { cut: false, owed: 3, locked: 0, lockedThrough: null })
})
async function open() {
  const { wrapper } = await openPage(LockDialog, '/sheet', { open: false })
  await wrapper.setProps({ open: true })
  const choose = (day: string) => wrapper.find('.lock input[type=date]').setValue(day)
  const said = () => wrapper.findAll('dialog > p').at(2)
  return { choose, said }
}

test('P4 what a lock takes no late report of is counted through the chosen day', async () => {
  const { choose, said } = await open()
  expect(said()!.text()).toMatch(/^3 reports/)
  await choose('2008-03-04')
  expect(said()!.text()).toMatch(/^1 report due/)
  expect(said()!.classes()).toContain('amber')
  await choose('2008-03-02')
  expect(said()!.text()).toMatch(/are in/)
  expect(said()!.classes()).not.toContain('amber')
  await choose('2008-03-05')
  expect(said()!.text()).toMatch(/^3 reports/)
})

test('P4 where not all that is missing is known, it is said to be at least so much', async () => {
  given.cut = true
  const { choose, said } = await open()
  await choose('2008-03-04')
  expect(said()!.text()).toMatch(/missing or partial: 1 or more/)
  expect(said()!.classes()).toContain('amber')
})

test('P7 what is missing in locked days is said to be, never to be in, and not counted again by a later lock', async () => {
  Object.assign(given, { owed: 5, locked: 4, lockedThrough: '2008-03-04' })
  const { wrapper } = await openPage(LockDialog, '/sheet', { open: false })
  await wrapper.setProps({ open: true })
  const said = () => wrapper.findAll('dialog > p').map((p) => p.text())
  expect(said()[2]).toMatch(/Missing or partial in the days locked .*: 4/)
  expect(said()[3]).toMatch(/^1 report due/)
  await wrapper.find('.lock input[type=date]').setValue('2008-03-04')
  expect(said().join()).not.toMatch(/are in/)
  expect(said()).toHaveLength(3)
})
