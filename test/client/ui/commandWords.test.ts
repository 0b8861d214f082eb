/** What waits on the device is told apart by its figure (G15). */
// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import { defineComponent, h } from 'vue'
import { deviceStorage } from '../../../client/sync/device.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'

const { useCommandWords } = await import('../../../client/ui/commandWords.ts')
const me = { id: 'a', name: 'Ann', role: 'district' as const, unit: 'A' }
beforeEach(() => void surround(here, me, tinyProgramme(), deviceStorage))

test('G15 a line of one figure names its counter and value, others their number', async () => {
  let words: ReturnType<typeof useCommandWords> | undefined
  const Speaker = defineComponent(() => {
    words = useCommandWords()
    return () => h('p')
  })
  await openPage(Speaker, '/sheet')
  const said = (kind: Parameters<NonNullable<typeof words>>[0]['kind'], item: object) =>
    words!({ kind, data: { items: [{ unit: 'A1', day: '2008-03-03', ...item }] } as never }).what
  expect(said('SubmitReports', { values: { accepted: 1852 } })).toBe('Report: accepted 1,852')
  expect(said('SubmitReports', { totals: { accepted: 9000 } })).toBe('Report: accepted Σ9,000')
  expect(said('SubmitReports', { values: { accepted: 1, issued: 2 } })).toBe('Report: 2 figures')
  expect(said('WithdrawReports', { counters: ['issued'] })).toBe('Withdrawal: issued')
})
