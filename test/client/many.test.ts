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
    'Row 4, Role "Boss":',
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
  expect(page.find('.faults').text()).toMatch(/Several units are called "光明": A1 Guangming \(.*\), B1 /)
})

test('N17 a task that is none is answered with those that there are', async () => {
  const page = await check('name\tunit\trole\ttasks\nBert\tA2\t\treport, fly')
  expect(page.find('.faults').text()).toMatch(/there are: report, review/)
})

async function invited() {
  const page = await check('name\tunit\nAnn\tA1\nBert\tA2')
  api.call.mockResolvedValue({ ok: true, value: { links: ['https://x/join#one', 'https://x/join#two'] } })
  await page.find('form').trigger('submit')
  await flushPromises()
  return page
}

test('N17 links that nobody has taken are not closed away without a question: by Escape, the cross, or Back', async () => {
  api.call.mockResolvedValue({ ok: true, value: { links: [] } })
  const page = await invited()
  await page.find('dialog').trigger('keydown', { key: 'Escape' })
  expect(page.find('.leaving').text()).toContain('2 links')
  expect(page.emitted('update:open')).toBeUndefined()
  const [stay] = page.findAll('.leaving button')
  expect(document.activeElement).toBe(stay!.element)
  await stay!.trigger('click')
  expect(page.find('.leaving').exists()).toBe(false)
  await page.find('.close').trigger('click')
  await page.findAll('.leaving button')[1]!.trigger('click')
  expect(page.emitted('update:open')).toEqual([[false]])
})

test('N17 links that were downloaded are closed without a question', async () => {
  api.call.mockResolvedValue({ ok: true, value: { links: [] } })
  const page = await invited()
  await page.find('.dialog-foot .primary').trigger('click')
  await page.find('.close').trigger('click')
  expect(page.emitted('update:open')).toEqual([[false]])
})

test('N17 a list that was pasted and checked is there again, and on no device', async () => {
  api.call.mockResolvedValue({ ok: true, value: { links: [] } })
  const page = await check('name\tunit\tphone\nAnn\tA1\t0755-0000 3061')
  await page.setProps({ open: false })
  await page.setProps({ open: true })
  expect(page.find('textarea').element.value).toContain('0755-0000 3061')
  expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.toContain('3061')
})
