// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { SILENCE_SAMPLES } from '../../view/silenceSamples.ts'
import { giveRows } from '../fakeScope.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { button, dialog, giveSheet, input, me, OPEN } from './onPage.ts'
import { figure, offerRow, offerSide, reportOf, reportRow } from './sample.ts'

const { default: SheetPage } = await import('../../../client/features/sheet/SheetPage.vue')

let server: ReturnType<typeof surround>
beforeEach(() => {
  server = surround(here, me, tinyProgramme(), deviceStorage)
})
const open = async () => (await openPage(SheetPage, '/sheet', { unit: 'A' })).wrapper

describe('a dialog whose matter is over', () => {
  test('D14 stays with what was typed, sends what was seen when it was opened, and is told why not', async () => {
    const claim = { value: 7, by: { id: 'x', name: 'X' }, at: 9_000, version: 9 }
    const disputed = figure(5, { state: 'disputed', approved: null, claim, version: 6 })
    giveSheet([reportOf('A1', disputed, figure(3))])
    const page = await open()
    await button(page, /Use X/).trigger('click')
    await dialog(page).find('input.input').setValue('counted again')
    giveSheet([reportOf('A1', figure(5, { version: 6 }), figure(3))])
    await flushPromises()
    expect(dialog(page).find<HTMLInputElement>('input.input').element.value).toBe('counted again')
    await dialog(page).trigger('submit')
    await server.settled()
    expect(server.sent).toMatchObject([{ kind: 'SettleDispute', data: { values: { accepted: 7 }, basedOn: 9 } }])
    await server.answer({ ok: false, refusals: [{ code: 'report.notDisputed', params: { counter: 'accepted' } }] })
    await flushPromises()
    expect(dialog(page).find('[role=alert]').text()).toContain('accepted')
    await page.find('dialog .close').trigger('click')
    await flushPromises()
    expect(page.findAll('.todo:not(.plain)')).toEqual([])
  })

  test('D14 it is settled by what was seen when it was opened, whatever comes meanwhile', async () => {
    const claim = { value: 7, by: { id: 'x', name: 'X' }, at: 9_000, version: 9 }
    const disputed = (value: number, version: number) =>
      figure(5, { state: 'disputed', approved: null, claim: { ...claim, value, version }, version: 6 })
    giveSheet([reportOf('A1', disputed(7, 9), figure(3))])
    const page = await open()
    await button(page, /Use X/).trigger('click')
    await dialog(page).find('input.input').setValue('counted again')
    giveSheet([reportOf('A1', disputed(8, 12), figure(3))])
    await flushPromises()
    await dialog(page).trigger('submit')
    await server.settled()
    expect(server.sent).toMatchObject([{ data: { values: { accepted: 7 }, basedOn: 9 } }])
  })

  test('X1 a move stays open when its figure is withdrawn meanwhile', async () => {
    giveSheet([reportRow('A1', [5, 3])])
    const page = await open()
    await input(page, 'A1/issued').trigger('focusin')
    await button(page, /Re-attribute to another/).trigger('click')
    await dialog(page).findAll('input.input').at(-1)!.setValue('belongs to A2')
    giveSheet([reportOf('A1', figure(5), figure(null, { version: 9 }))])
    await flushPromises()
    expect(dialog(page).findAll<HTMLInputElement>('input.input').at(-1)!.element.value).toBe('belongs to A2')
  })
})

describe('what a dialog lacks', () => {
  test('L7 is said in the product’s words, each at its field, and nothing is sent', async () => {
    giveSheet([reportRow('A1', [5, 3])])
    const page = await open()
    await input(page, 'A1/issued').trigger('focusin')
    await button(page, /Re-attribute to another/).trigger('click')
    expect(dialog(page).attributes('novalidate')).toBeDefined()
    expect(dialog(page).find('table').text(), 'before a unit is chosen').toMatch(/issued\s*3\s*—\s*—/)
    await dialog(page).find('input[type=date]').setValue('')
    await dialog(page).trigger('submit')
    const faults = dialog(page)
      .findAll('.field')
      .map((f) => f.find('[role=alert]').exists())
    expect(faults).toEqual([true, true, true])
    expect(server.sent).toEqual([])
  })

  test('P1 locking asks for its day; a day that is locked already is told to who may unlock', async () => {
    server = surround(here, { ...me, role: 'office', unit: 'C' }, tinyProgramme(), deviceStorage)
    giveSheet([], { ...OPEN, lockedThrough: '2008-02-29' })
    const page = await open()
    await button(page, /Lock$/).trigger('click')
    const form = () => page.find('dialog form.lock')
    await form().find('input').setValue('')
    await form().trigger('submit')
    expect(form().find('[role=alert]').text()).toContain('This is empty')
    expect(server.sent).toEqual([])
    await form().find('input').setValue('2008-02-01')
    await form().trigger('submit')
    await server.answer({ ok: false, refusals: [{ code: 'report.locked', at: 'through' }] })
    await flushPromises()
    expect(form().find('[role=alert]').text()).toContain('locked already; choose a later day')
  })
})

test('P1 (finding U10) locking says that it is for all units, and how many reports are still missing', async () => {
  surround(here, { ...me, role: 'office', unit: 'C' }, tinyProgramme(), deviceStorage)
  giveSheet([], OPEN)
  giveRows('silence:C', SILENCE_SAMPLES.silence[1]!)
  const page = await open()
  await button(page, /Lock$/).trigger('click')
  const words = () => page.text().replaceAll(/\s+/g, ' ')
  expect(words()).toContain('This holds for all units of Unit C, whatever is shown here.')
  expect(words()).toContain('All reports due by 29 February 2008 are in.')
  giveSheet([], OPEN, [], 7)
  await flushPromises()
  expect(words()).toContain(
    '7 reports due by 29 February 2008 are missing or partial; locked days take no late reports.',
  )
})

describe('P4 what is open in the days that are to be locked', () => {
  const on = '2008-02-28'
  const waits = figure(5, { state: 'submitted', approved: null })
  const queue = (unit: string, day: string, ...figures: ReturnType<typeof figure>[]) =>
    ({ kind: 'queue', key: `q${unit}${day}`, unit, day, figures }) as const
  const work = (unit: string, what: 'returned' | 'missing', day = on) =>
    ({ kind: 'work', key: `w${unit}${day}`, unit, day, what, counters: [1] }) as const
  async function locking() {
    server = surround(here, { ...me, role: 'office', unit: 'C' }, tinyProgramme(), deviceStorage)
    giveSheet([], OPEN)
    giveRows('queue:C', queue('A1', on, waits, figure(3)), queue('A3', '2008-03-03', waits, waits))
    giveRows('work:C', work('A2', 'returned'), work('A1', 'missing'), work('A1', 'missing', '2008-02-27'))
    const page = await open()
    await button(page, /Lock$/).trigger('click')
    await flushPromises()
    return { page, form: () => page.find('dialog form.lock'), lines: () => page.findAll('dialog fieldset li') }
  }

  test('is listed with what is missing, and named one by one', async () => {
    const { page, form, lines } = await locking()
    expect(lines().map((l) => l.find('label').text().replaceAll(/\s+/g, ' '))).toEqual([
      expect.stringMatching(/^A1 28 Feb awaiting review accepted$/i),
      expect.stringMatching(/^A2 28 Feb returned issued$/i),
    ])
    expect(page.find('dialog details').text()).toMatch(/1 unit has missing.*A1\s+27 Feb, 28 Feb/)
    await lines()[0]!.find('input').setValue(true)
    await form().trigger('submit')
    await server.settled()
    const carried = [{ unit: 'A1', day: on, counters: ['accepted'] }]
    expect(server.sent).toEqual([
      expect.objectContaining({ kind: 'LockPeriod', data: { through: '2008-03-02', carried } }),
    ])
    const open = { unit: 'A2', day: on, counter: 'issued', state: 'returned' }
    await server.answer({ ok: false, refusals: [{ code: 'period.open', params: open, at: 'carried' }] })
    await flushPromises()
    expect(form().find('[role=alert]').text()).toContain('1 still open and not ticked')
    expect(lines().map((l) => l.classes('red'))).toEqual([false, true])
  })

  test('is named all at once, and of an earlier day it is not asked for', async () => {
    const { form, lines } = await locking()
    await form().find('.all input').setValue(true)
    await form().trigger('submit')
    await server.settled()
    expect(server.sent).toMatchObject([{ data: { carried: [{ unit: 'A1' }, { unit: 'A2', counters: ['issued'] }] } }])
    await server.answer({ ok: false, refusals: [] })
    await form().find('input[type=date]').setValue('2008-02-27')
    expect(lines()).toEqual([])
  })
})

describe('a request for a move', () => {
  const from = offerSide('B1', [5, null], [4, 0])
  test('X4 the questions of an acceptance have boxes, and are gone when the figures have changed', async () => {
    giveSheet([], OPEN, [offerRow({ from, to: offerSide('A2', [7, null], [6, 0]) })])
    const page = await open()
    await button(page, /^Agree$/).trigger('click')
    const params = { value: 12, low: 1, high: 9, median: 5 }
    const unusual = { code: 'report.unusual', level: 'warning', at: 'values.accepted', params } as const
    await server.answer({ ok: false, refusals: [unusual] })
    await flushPromises()
    await page.find('.todo input[type=checkbox]').setValue(true)
    await button(page, /^Agree$/).trigger('click')
    await server.settled()
    expect(server.sent.at(-1)).toMatchObject({ data: { offer: 1, confirmed: ['report.unusual'] } })
    await server.answer({ ok: false, refusals: [unusual] })
    await flushPromises()
    expect(page.find('.todo').text()).toContain('12')
    giveSheet([], OPEN, [offerRow({ from, to: offerSide('A2', [8, null], [9, 0]), changed: true })])
    await flushPromises()
    expect(page.find('.todo input[type=checkbox]').exists()).toBe(false)
    expect(page.find('.todo').text()).toContain('have changed since')
  })

  test('X3 one about another day is named with its day, and leads there', async () => {
    const yesterday = '2008-02-29'
    const there = { ...offerSide('A2'), day: yesterday }
    giveSheet([], OPEN, [offerRow({ from: { ...from, day: yesterday }, to: there })])
    const page = await open()
    expect(page.findAll('.todo:not(.plain)')).toEqual([])
    const link = page.find('.elsewhere a')
    expect(link.text()).toBe('A2, 29 Feb (1)')
    expect(link.attributes('href')).toBe(`/sheet/A/${yesterday}?at=A2`)
  })
})
