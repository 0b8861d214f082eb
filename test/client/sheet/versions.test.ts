// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { giveRows } from '../fakeScope.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { giveSheet, me } from './onPage.ts'
import { day, figure, other, reportOf, reportRow, versionRow } from './sample.ts'

const { default: SheetPage } = await import('../../../client/features/sheet/SheetPage.vue')

beforeEach(() => {
  surround(here, me, tinyProgramme(), deviceStorage)
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
})
afterEach(() => void vi.useRealTimers())

/** the focus has come to rest on A1, issued */
async function open() {
  const { wrapper } = await openPage(SheetPage, '/sheet', { unit: 'A' })
  await vi.advanceTimersByTimeAsync(200)
  await flushPromises()
  return wrapper
}

test('K3 what was returned is printed as it stands, a returned withdrawal by its name', async () => {
  const back = { type: 'ReportReturned' as const, by: other }
  giveSheet([reportOf('A1', figure(5), figure(60, { approved: null, state: 'returned', version: 5 }))])
  giveRows(
    `history:report/A1/${day}`,
    versionRow(5, { changes: [{ counter: 1, before: null, after: 60 }] }),
    versionRow(6, { ...back, changes: [{ counter: 1, before: 60, after: null }] }),
    versionRow(8, { ...back, changes: [{ counter: 1, before: null, after: 100 }] }),
  )
  const page = await open()
  expect(page.findAll('.versions .change').map((c) => c.text())).toEqual(['withdrawn', '60', '60'])
})

test('S18 (finding U10) offline the versions are said to be not fetched, and nobody is asked to submit again', async () => {
  giveSheet([reportRow('A1', [5, 3])])
  here.connection = 'offline'
  const page = await open()
  expect(page.text()).toContain(
    'Offline: the versions have not been fetched; they will appear when the connection is back.',
  )
  expect(page.text()).not.toContain('submit again')
})

test('S18 versions that have not come are awaited, and only of a figure that was never given is there none', async () => {
  giveSheet([reportRow('A1', [5, 3])])
  const page = await open()
  expect(page.text()).toContain('Loading the versions')
  // the rows of the sheet are ahead of those of the history
  giveRows(`history:report/A1/${day}`)
  await flushPromises()
  expect(page.text()).toContain('Loading the versions')
  giveSheet([])
  await flushPromises()
  expect(page.text()).toContain('No version yet')
})
