// @vitest-environment happy-dom
/** The page about the figures: everything that was set is on it, with all of its digits. */
import { expect, test } from 'vitest'
import type { Actor } from '../../../shared/policy.ts'
import { deviceStorage } from '../../../client/sync/device.ts'
import { countTarget, tinyProgramme } from '../../support/programme.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'

const { default: FiguresPage } = await import('../../../client/features/figures/FiguresPage.vue')
const me: Actor = { id: 'me', name: 'Me', role: 'viewer', unit: 'C' }

test('U19 (finding H7) thresholds have the digits that they were written with, notes and sources are there (finding H8)', async () => {
  const programme = tinyProgramme()
  const targets = [
    { ...countTarget, key: 'large', threshold: 5_123_456 },
    { ...countTarget, key: 'rate', measure: 'rate' as const, threshold: 4.5 },
    { ...countTarget, key: 'cover', measure: 'coverage' as const, threshold: 0.605, base: 'people' },
  ]
  const notes = [{ zh: '说明', en: 'Only permits of residents are counted.' }]
  surround(here, me, { ...programme, notes, baselines: [{ ...programme.baselines[0]!, targets }] }, deviceStorage)
  const { wrapper } = await openPage(FiguresPage, '/figures')
  const thresholds = wrapper.findAll('.panel table')[0]!.findAll('tbody tr td:nth-of-type(2)')
  expect(thresholds.map((td) => td.text())).toEqual([
    'issued: 5,123,456 permits in all',
    'issued: 4.5 permits a day, mean of seven days',
    'issued: 60.5% of the base',
  ])
  expect(wrapper.text()).toContain('Only permits of residents are counted.')
  expect(wrapper.text()).toContain('Source: test')
})
