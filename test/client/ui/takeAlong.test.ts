/** Every table and list of every page can be taken along as a file (F30). */
// @vitest-environment happy-dom
import { mount, flushPromises } from '@vue/test-utils'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { defineComponent, h } from 'vue'
import { parse } from 'vue/compiler-sfc'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { i18n } from '../../../client/i18n/index.ts'
import type { TableFile } from '../../../client/ui/workbook.ts'

const saved: [TableFile, string][] = []
vi.mock('../../../client/ui/tableFile.ts', () => ({
  saveTable: (file: TableFile, kind: string) => void saved.push([file, kind]),
}))
vi.mock('../../../client/ui/fileHead.ts', () => ({
  useFileHead: () => ({
    subject: () => 'Unit A',
    lines: (title: string) => [title, 'Unit A', 'line 5', 'simulated'],
  }),
}))
const { default: TakeAlong } = await import('../../../client/ui/TakeAlong.vue')
const { default: Panel } = await import('../../../client/ui/Panel.vue')

const root = join(import.meta.dirname, '../../../client')
const files = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.vue') && !path.startsWith('dist'))
  .map((path) => ({ path, ast: parse(readFileSync(join(root, path), 'utf8')).descriptor.template?.ast }))

/** Tables that go with what stands beside them, and how. */
const OTHERWISE: Record<string, string> = {
  'ui/ChartTable.vue': 'its lines, also while the chart shows',
  'features/silence/HeatMap.vue': 'the chart of a ChartTable, with lines of its own',
  'features/sheet/SheetGrid.vue': 'the form that comes back: export',
}
/** Lists that are no tables on the page. */
const LISTS = [
  ...['silence/ChaseList', 'people/InvitationsPanel', 'people/MachinesPanel', 'sheet/WorkList', 'sheet/Versions'],
  ...['review/RemarkList', 'issues/IssueList'],
]

type Node = NonNullable<NonNullable<ReturnType<typeof parse>['descriptor']['template']>['ast']>['children'][number]
type Element = Extract<Node, { tag: string }>

function* elements(nodes: readonly Node[]): Generator<{ node: Element; before: Element | undefined }> {
  let before: Element | undefined
  for (const node of nodes) {
    if (!('tag' in node)) continue
    yield { node, before }
    before = node
    yield* elements(node.children)
  }
}
const tablesIn = (nodes: readonly Node[]) => [...elements(nodes)].filter(({ node }) => node.tag === 'table')

describe('F30 a table without its menu is found', () => {
  const found = files.flatMap(({ path, ast }) =>
    tablesIn(ast?.children ?? []).map(({ before }) => ({ path, has: before?.tag === 'TakeAlong' })),
  )

  test('every table has the menu right before it', () => {
    expect(found.length).toBeGreaterThan(15)
    expect(found.filter(({ path, has }) => !has && !Object.hasOwn(OTHERWISE, path))).toEqual([])
  })

  test('a table that shows a part of its rows says them all', () => {
    const parts = files.flatMap(({ path, ast }) =>
      tablesIn(ast?.children ?? []).flatMap(({ node, before }) =>
        /v-for="[^"]*\.slice\(/.test(node.loc.source)
          ? [{ path, all: before?.props.some((prop) => prop.loc.source.startsWith(':lines=')) === true }]
          : [],
      ),
    )
    expect(parts).not.toEqual([])
    expect(parts.filter(({ all }) => !all)).toEqual([])
  })

  test('whatever goes otherwise is there and has none', () => {
    for (const path of Object.keys(OTHERWISE))
      expect(
        found.filter((table) => table.path === path && !table.has),
        path,
      ).not.toEqual([])
  })

  test.each([...LISTS.map((name) => `features/${name}.vue`), 'ui/LogLines.vue', 'ui/ChartTable.vue'])(
    '%s says its lines',
    (path) => {
      const nodes = files.find((file) => file.path === path)?.ast?.children ?? []
      const menu = [...elements(nodes)].find(({ node }) => node.tag === 'TakeAlong')?.node
      expect(menu?.props.some((prop) => prop.loc.source.startsWith(':lines='))).toBe(true)
    },
  )
})

afterEach(() => {
  saved.length = 0
  document.body.innerHTML = ''
})

const table = () =>
  h('table', [
    h('thead', h('tr', [h('th', 'Unit'), h('th', { class: 'num' }, 'Share'), h('th', '')])),
    h('tbody', [
      h('tr', [
        h('th', { 'data-copy': '=A1' }, 'A1'),
        h('td', { class: 'num' }, '1,234.5%'),
        h('td', { class: 'act' }, h('button', 'End')),
      ]),
      h('tr', [h('th', '0042'), h('td', { class: 'num' }, '—'), h('td', { class: 'act' }, h('button', 'End'))]),
    ]),
  ])

async function shown(inside: () => unknown) {
  i18n.global.locale.value = 'en'
  const page = defineComponent({ render: () => h(Panel, { title: 'P' }, inside as () => never) })
  const wrapper = mount(page, { global: { plugins: [i18n] }, attachTo: document.body })
  await flushPromises()
  return wrapper
}
const press = async (name: string) => {
  const button = [...document.querySelectorAll('button')].find((b) => b.getAttribute('aria-label') === name)
  expect(button, name).toBeDefined()
  button!.click()
  await flushPromises()
}

test('F30 a file with telephone numbers says in its head that it holds personal data', async () => {
  await shown(() => [h(TakeAlong, { title: 'Calls', personal: true }), table()])
  await press('Take "Calls" along as a file')
  await press('Save "Calls" as CSV')
  expect(saved[0]![0].head.at(-1)).toMatch(/^Holds personal data/)
})

test('F30 a file says in its head what the page says of its table', async () => {
  await shown(() => [h(TakeAlong, { title: 'Progress', note: 'as of 16 April' }), table()])
  await press('Take "Progress" along as a file')
  await press('Save "Progress" as CSV')
  expect(saved.at(-1)![0].head.at(-1)).toBe('as of 16 April')
})

test('F20 F30 the menu stands in the head of the panel and takes the table as it is read, without what can be done with a row', async () => {
  await shown(() => [h(TakeAlong, { title: 'Units' }), table()])
  expect(document.querySelectorAll('.panel > header .open')).toHaveLength(1)
  await press('Take "Units" along as a file')
  await press('Save "Units" as XLSX')
  expect(saved).toEqual([
    [
      {
        name: 'Units Unit A',
        head: ['Units', 'Unit A', 'line 5', 'simulated'],
        headings: ['Unit', 'Share (%)'],
        rows: [
          ['=A1', 1234.5],
          ['0042', ''],
        ],
      },
      'xlsx',
    ],
  ])
  expect(document.querySelector('.kinds'), 'it is closed again').toBeNull()
})

test('F30 a list says its lines only when it is taken', async () => {
  const lines = vi.fn(() => ({ headings: ['a'], rows: [[1]] }))
  await shown(() => h(TakeAlong, { title: 'L', lines }))
  expect(lines).not.toHaveBeenCalled()
  await press('Take "L" along as a file')
  await press('Save "L" as CSV')
  expect(saved.map(([file, kind]) => [file.rows, kind])).toEqual([[[[1]], 'csv']])
})
