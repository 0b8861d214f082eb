// @vitest-environment happy-dom
/** What is typed upon own commands: accepted ones that the rows do not show yet, and refused ones. */
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { fakeOutbox, refusedWith } from '../fakeOutbox.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { button, dialog, giveSheet, input, me, OVER, state } from './onPage.ts'
import { day, figure, reportOf, steady } from './sample.ts'

const { default: SheetPage } = await import('../../../client/features/sheet/SheetPage.vue')
const CELL = 'A1/accepted'

let server: ReturnType<typeof fakeOutbox>
beforeEach(() => {
  server = surround(here, me, tinyProgramme(), deviceStorage)
  server.outbox.open(here.session.owner)
})

/** The page is loaded anew: what is on the device is all that is left of it. */
async function reload(page: VueWrapper): Promise<void> {
  page.unmount()
  server.outbox.close()
  setActivePinia(createPinia())
  server = fakeOutbox(deviceStorage)
  here.outbox = server.outbox
  server.outbox.open(here.session.owner)
  await server.settled()
}
const open = async (props: object = { unit: 'A' }) => (await openPage(SheetPage, '/sheet', { ...props })).wrapper
const text = (page: VueWrapper) => input(page, CELL).element.value
const stands = (value: number, version: number) => giveSheet([reportOf('A1', figure(value, { version }))])
async function send(page: VueWrapper, value: string): Promise<void> {
  await input(page, CELL).trigger('focusin')
  await input(page, CELL).setValue(value)
  await input(page, CELL).trigger('focusout')
  await button(page, /^Send/).trigger('click')
  await server.settled()
  await flushPromises()
}
const accept = async (version: number) => {
  await server.answer({ ok: true, seq: version, happened: [{ subject: `report/A1/${day}`, version }] })
  await flushPromises()
}
/** what the last command says of the cell */
const last = () => {
  const item = (server.sent.at(-1)!.data as { items: { values: object; basedOn: object }[] }).items[0]!
  return [item.values, item.basedOn]
}

test('G8 between an answer and the rows that show it, what is typed rests on what was accepted', async () => {
  stands(98, 7)
  const page = await open()
  await send(page, '101')
  await accept(20)
  expect(text(page)).toBe('101')
  // the rows still have 98 of version 7
  await send(page, '102')
  expect(last()).toEqual([{ accepted: 102 }, { accepted: 20 }])
  await accept(21)
  // what stood before both is a figure like any other
  await send(page, '98')
  expect([text(page), last()]).toEqual(['98', [{ accepted: 98 }, { accepted: 21 }]])
  await accept(22)
  // rows of a moment in between
  stands(102, 21)
  await flushPromises()
  expect(text(page)).toBe('98')
  stands(98, 22)
  await flushPromises()
  await send(page, '103')
  expect(last()).toEqual([{ accepted: 103 }, { accepted: 22 }])
})

test('G8 what was accepted while the sheet was not open is what is typed upon, until the rows show it', async () => {
  stands(98, 7)
  const page = await open()
  await send(page, '101')
  await server.answer(refusedWith('network.lost'))
  await reload(page)
  await accept(20)
  const again = await open()
  expect(text(again)).toBe('101')
  await send(again, '98')
  expect(last()).toEqual([{ accepted: 98 }, { accepted: 20 }])
})

test('G8 of commands that rest on each other and are refused, the latest text is what comes back', async () => {
  stands(98, 7)
  const page = await open()
  await send(page, '101')
  await server.answer(refusedWith('network.lost'))
  await flushPromises()
  await send(page, '102')
  await send(page, '103')
  // the rows move on: what is typed stands in the outbox, and no more in the cell
  giveSheet([reportOf('A1', figure(98, { version: 7 })), reportOf('A2', figure(5, { version: 9 }))])
  await flushPromises()
  expect(deviceStorage.keys('draft/')).toEqual([])
  await server.retry()
  await server.answer({ ok: false, refusals: [{ code: 'report.stale', at: 'items.0.values.accepted' }] })
  await flushPromises()
  expect(text(page)).not.toBe('')
  await reload(page)
  const again = await open()
  const unknown = { ok: false as const, refusals: [{ code: 'report.basisUnknown' as const, at: 'items.0.basedOn' }] }
  await server.answer(unknown)
  await server.answer(unknown)
  await flushPromises()
  expect([text(again), server.outbox.waiting(), server.outbox.refused()]).toEqual(['103', [], []])
  expect(JSON.parse(deviceStorage.get(deviceStorage.keys('draft/')[0]!)!)).toMatchObject({
    text: '103',
    basis: { version: 7 },
  })
})

test('G8 while a figure is on the wire the next one is typed whole, and rests on it', async () => {
  stands(98, 7)
  const page = await open()
  await send(page, '101')
  expect(state(page, CELL)).toContain('sending')
  await input(page, CELL).trigger('focusin')
  expect(input(page, CELL).element.readOnly).toBe(false)
  for (const text of ['1', '14', '145']) await input(page, CELL).setValue(text)
  await accept(20)
  expect(text(page)).toBe('145')
  await input(page, CELL).trigger('focusout')
  await button(page, /^Send/).trigger('click')
  await server.settled()
  expect(last()).toEqual([{ accepted: 145 }, { accepted: 20 }])
})

test('G9 what is refused when its dialog has gone stays on the device, until somebody has seen it', async () => {
  stands(98, 7)
  const page = await open()
  await input(page, CELL).trigger('focusin')
  await input(page, CELL).trigger('keydown', { key: 'w' })
  await flushPromises()
  await dialog(page).find('input.input').setValue('wrong street')
  await dialog(page).trigger('submit')
  await server.answer(refusedWith('network.lost'))
  await flushPromises()
  // it is on its way: the cell says so, and whatever is typed next rests on it
  expect([state(page, CELL), text(page)]).toEqual([expect.stringContaining('kept'), ''])
  page.unmount()
  await server.retry()
  await server.answer({ ok: false, refusals: [{ code: 'report.locked' }] })
  expect(server.outbox.refused()).toMatchObject([{ kind: 'WithdrawReports', data: { reason: 'wrong street' } }])
  server.outbox.dismiss(server.outbox.refused()[0]!.id)
  expect(server.outbox.refused()).toEqual([])
})

test('F34 a first running total that is asked about is confirmed on the sheet, and goes out', async () => {
  giveSheet([], undefined, [{ ...steady('A1', [100, 90]), through: [300, 280] }])
  const page = await open()
  await input(page, CELL).trigger('focusin')
  await input(page, CELL).setValue('Σ250')
  await input(page, CELL).trigger('focusout')
  await flushPromises()
  expect(button(page, /^Send/).element.disabled).toBe(true)
  await page.find('.todo input[type=checkbox]').setValue(true)
  await flushPromises()
  await button(page, /^Send/).trigger('click')
  await server.settled()
  expect(server.sent).toMatchObject([{ data: { items: [{ totals: { accepted: 250 }, confirmed: ['total.below'] }] } }])
})

test('P3 days that are locked and reopened: the refusal is over with the lock, and what was typed is there as it was meant', async () => {
  const days = (lockedThrough: string | null) =>
    giveSheet([reportOf('A1', figure(98, { version: 7 }))], { ...OVER, lockedThrough })
  days(null)
  const page = await open({ unit: 'A', day })
  await input(page, CELL).trigger('focusin')
  await input(page, CELL).setValue('101')
  await input(page, CELL).trigger('focusout')
  await button(page, /^Send/).trigger('click')
  await dialog(page).find('input.input').setValue('one form more')
  await dialog(page).trigger('submit')
  await server.settled()
  days(day)
  await server.answer({ ok: false, refusals: [{ code: 'report.locked', at: 'items.0.day', params: { day } }] })
  await flushPromises()
  expect(page.text()).toMatch(/locked/)
  expect(page.text()).not.toMatch(/to send/)
  days(null)
  await flushPromises()
  expect(
    page
      .findAll('.todo')
      .map((todo) => todo.text())
      .join(),
  ).not.toMatch(/locked/)
  await button(page, /^Send/).trigger('click')
  await flushPromises()
  expect(dialog(page).text().replaceAll(/\s+/g, ' ')).toMatch(/accepted 98\W*101/)
  expect(dialog(page).find<HTMLInputElement>('input.input').element.value).toBe('one form more')
})
