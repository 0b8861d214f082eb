/** A list of people that is invited at once: what is wrong is said with its column, what was read is shown. */
// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, expect, test, vi } from 'vitest'
import { deviceStorage } from '../../client/sync/device.ts'
import { tinyProgramme } from '../support/programme.ts'
import { openPage, surround } from './page.ts'
import { here } from './surroundings.ts'

const api = vi.hoisted(() => ({ call: vi.fn() }))
vi.mock('../../client/sync/api.ts', () => ({ callApi: (...asked: unknown[]) => api.call(...asked) }))
const { default: ManyDialog } = await import('../../client/features/people/ManyDialog.vue')

const boss = { id: 'o', name: 'Office', role: 'office' as const, unit: 'C' }
beforeEach(() => {
  surround(here, boss, tinyProgramme(), deviceStorage)
  api.call.mockReset()
})

async function check(text: string) {
  const { wrapper } = await openPage(ManyDialog, '/people', { open: false })
  await wrapper.setProps({ open: true })
  await wrapper.find('textarea').setValue(text)
  await wrapper.find('form').trigger('submit')
  await flushPromises()
  return wrapper
}

test('N17 what is wrong in a row says its column and what stands there, also what the server says', async () => {
  api.call.mockResolvedValue({ ok: false, refusals: [{ code: 'member.nameTaken', at: 'rows.0.name' }] })
  const page = await check('name\tunit\trole\tphone\nAnn\tA1\t\t\n\tA1\t\t\nBert\tA2\tBoss\t')
  expect(page.findAll('.faults b').map((b) => b.text())).toEqual([
    'Row 2, Name:',
    'Row 3, Name:',
    'Row 4, Role “Boss”:',
  ])
})

test('N17 F31 what was read stands there before anybody is invited', async () => {
  api.call.mockResolvedValue({ ok: true, value: { links: [] } })
  const page = await check('name\tunit\ttasks\tphone\nAnn\tA1\treview\t0755-0000 3061\nBert\tA2\t\t')
  expect(page.find('.ok').text()).toContain('2 people')
  const rows = page.findAll('tbody tr').map((row) => row.findAll('td, th').map((cell) => cell.text()))
  expect(rows).toEqual([
    ['2', 'Ann', 'Unit A1', 'district', 'review', '0755-0000 3061'],
    ['3', 'Bert', 'Unit A2', 'district', 'report, review', '–'],
  ])
})

test('F13 files are opened by a button with the page’s own words, never by the browser’s control', () => {
  const root = join(import.meta.dirname, '../../client')
  const bare = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.vue') && !path.startsWith('dist'))
    .filter((path) => /<input[^>]*type="file"/.test(readFileSync(join(root, path), 'utf8')))
  expect(bare).toEqual(['ui/FileButton.vue'])
})

test('N17 a role that is none is answered with those that there are', async () => {
  const page = await check('name\tunit\trole\nBert\tA2\tBoss')
  expect(page.find('.faults').text()).toMatch(/there are: .*district/)
})

test('N17 a name that several units have is answered with their codes and where they lie', async () => {
  const whole = tinyProgramme()
  const twice = { zh: '光明', en: 'Guangming' }
  const units = whole.units.map((unit) =>
    ['A1', 'B1'].includes(unit.code) ? { ...unit, name: twice, short: twice } : unit,
  )
  surround(here, boss, tinyProgramme({ units }), deviceStorage)
  const page = await check('name\tunit\nBert\t光明')
  expect(page.find('.faults').text()).toMatch(/Several units are called “光明”: A1 .*, B1 /)
})
