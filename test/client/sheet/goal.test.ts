// @vitest-environment happy-dom
/** Where the sheet's unit stands: in the words that its own page has for it. */
import { expect, test } from 'vitest'
import type { Programme, Target } from '../../../shared/domain/programme.ts'
import { deviceStorage } from '../../../client/sync/device.ts'
import { countTarget, tinyProgramme } from '../../support/programme.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { giveSheet, me } from './onPage.ts'

const { default: SheetPage } = await import('../../../client/features/sheet/SheetPage.vue')

/** A has 1,800 */
async function goalOf(target: Partial<Target>, more: Partial<Programme> = {}) {
  const programme = tinyProgramme()
  const baselines = [{ ...programme.baselines[0]!, targets: [{ ...countTarget, ...target }] }]
  surround(here, me, { ...programme, baselines, ...more }, deviceStorage)
  giveSheet([])
  const { wrapper } = await openPage(SheetPage, '/sheet', { unit: 'A' })
  const goal = wrapper.find('.goal')
  return { text: goal.text().replaceAll(/\s+/g, ' '), goal }
}
const cover = { key: 'cover', unit: 'A', measure: 'coverage', threshold: 0.9, base: 'people', shareBy: null } as const

test('A17 (finding H6) a coverage above its base is a question here too: no green, no approved share', async () => {
  const bases = tinyProgramme().bases.map((b) => ({ ...b, value: b.unit === 'A' ? 1_500 : b.value }))
  const { goal, text } = await goalOf(cover, { bases })
  expect(text).toContain('Above base · The base or the figures need checking')
  expect(text).not.toContain('Approved share')
  expect(goal.find('.green').exists()).toBe(false)
})

test('B7 (finding D13) a part of a baseline that is not official is a planning value, a target of the unit’s own is none', async () => {
  expect((await goalOf({})).text).toContain('(planning value)')
  expect((await goalOf(cover)).text).not.toContain('planning value')
})
