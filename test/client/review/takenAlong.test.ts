/** What is taken along from the page of reviewers says whose report it is, and each of its values in a column of its own (F20). */
// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Component } from 'vue'
import { tasksOf } from '../../../client/features/review/queue.ts'
import { deviceStorage } from '../../../client/sync/device.ts'
import type { TableFile } from '../../../client/ui/workbook.ts'
import { NO_BREAKDOWN } from '../../../shared/progress/breakdown.ts'
import type { QueueRow } from '../../../shared/view/queueRows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { giveRows } from '../fakeScope.ts'
import { openPage, surround } from '../page.ts'
import { day, figure, other } from '../sheet/sample.ts'
import { here } from '../surroundings.ts'

const saved: TableFile[] = []
vi.mock('../../../client/ui/tableFile.ts', () => ({ saveTable: (file: TableFile) => void saved.push(file) }))
const { default: ReportPanel } = await import('../../../client/features/review/ReportPanel.vue')
const { default: RemarkList } = await import('../../../client/features/review/RemarkList.vue')
const { default: MarkedTable } = await import('../../../client/features/review/MarkedTable.vue')

const office = { id: 'office', name: 'Office', role: 'office' as const, unit: 'C' }
const waiting = (value: number | null, approved: number | null) =>
  figure(value, { state: 'submitted', approved, version: 4 })
const row = (unit: string, ...figures: ReturnType<typeof figure>[]): QueueRow => ({
  ...{ kind: 'queue', key: `${rowKey.report(0)}${unit}`, unit, day, figures },
})
const tasks = (...rows: QueueRow[]) => tasksOf(rows, { id: 'office', level: 1 })

beforeEach(() => {
  surround(here, office, tinyProgramme(), deviceStorage)
  saved.length = 0
})

/** Every table of the page, by its title. */
async function takeAll(page: Component, props: Record<string, unknown>): Promise<TableFile[]> {
  await openPage(page, '/review', props)
  const buttons = () => [...document.querySelectorAll('button')]
  for (const open of buttons().filter((b) => b.getAttribute('aria-label')?.startsWith('Take "') === true)) {
    open.click()
    await flushPromises()
    buttons()
      .find((b) => b.getAttribute('aria-label')?.endsWith('as CSV') === true)!
      .click()
    await flushPromises()
  }
  return saved
}
const table = (file: TableFile | undefined) => [file?.headings, ...(file?.rows ?? [])]

const approving = {
  plan: { value: undefined },
  isOpen: () => false,
  of: () => ({
    ...{ up: 5, down: 0 },
    before: { value: 1_000, points: -2.6, breakdown: NO_BREAKDOWN },
    after: { value: 1_005, points: 0.4, breakdown: NO_BREAKDOWN },
  }),
}

test('F20 a report under review names its counters, each value in a column; its versions and its effect say whose and of which day', async () => {
  giveRows(`history:report/A1/${day}`, {
    ...{ kind: 'version', key: rowKey.version(4), seq: 4, at: 1_000, by: other, type: 'ReportSubmitted' },
    changes: [],
  } as never)
  const [task] = tasks(row('A1', waiting(2_732, 2_700), waiting(8, 9)))
  const files = await takeAll(ReportPanel, { task, chosen: [0, 1], approving, units: ['A1'] })
  const [report, versions, effect] = [files[0], files.find((f) => f.name.startsWith('Versions')), files.at(-1)]
  expect(table(report)).toEqual([
    ['Counter', 'Approved', 'Awaiting review', 'Up', 'Down'],
    ['accepted', 2_700, 2_732, 32, 0],
    ['issued', 9, 8, 0, -1],
  ])
  for (const file of [versions, effect]) {
    expect(file?.name).toContain(`A1 ${day}`)
    expect(file?.head[1]).toContain(`A1 ${day}`)
  }
  expect(table(effect).slice(1)).toEqual([['A1', 1_000, 1_005, -2.6, 0.4]])
  expect(new Set(effect?.headings).size).toBe(5)
})

test('F20 R45 what is to be looked at first goes with its figure, its ups and downs, and the days it is compared with', async () => {
  const evidence = { past: [2, 3, 4].map((value) => ({ day, value })), median: 3, value: 40 }
  const asked = [{ code: 'outlier' as const, counter: 0, version: 4, evidence }]
  const list = tasks(
    { ...row('A1', waiting(40, null), waiting(null, 9)), asked } as never,
    row('A2', waiting(3, 5), figure(2)),
  )
  const [file] = await takeAll(RemarkList, {
    title: 'First',
    caption: '',
    tasks: list,
    shown: undefined,
    selected: new Set(),
    counter: 0,
  })
  const found = file!.rows.map((line) => Object.fromEntries(line.map((v, i) => [file!.headings[i], v])))
  expect(
    found.map((line) => [line['Unit'], line['Counter'], line['Approved'], line['Awaiting review']]).sort(),
  ).toEqual([
    ['A1', 'issued', 9, 'blank'],
    ['A2', 'accepted', 5, 3],
  ])
  const one = found.find((line) => line['Unit'] === 'A1')!
  expect([one['Up accepted'], one['Down accepted']]).toEqual([40, 0])
  expect(one['Evidence'], 'usual is one range, which the sheet has').toBe('40, latest 3 days 2–4')
})

test('F20 a figure that was withdrawn is blank in the list of those confirmed, not nothing', async () => {
  const rows = [row('A1', figure(null, { state: 'submitted', confirmed: ['report.unusual'], version: 3 }), figure(2))]
  const [file] = await takeAll(MarkedTable, { rows })
  expect(file!.headings.slice(0, 2)).toEqual(['Unit', 'Date'])
  expect(file!.rows[0]!.slice(0, 4)).toEqual(['A1', day, 'accepted', 'blank'])
})
