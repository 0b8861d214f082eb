// @vitest-environment happy-dom
/** What comes after an act at the desk: the next thing, the answer, the way out, and what is said where there is none. */
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import { openDrafts } from '../../../client/sync/drafts.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { button, dialog, giveSheet, input, me } from './onPage.ts'
import { day, figure, reportOf, reportRow } from './sample.ts'

const { default: SheetPage } = await import('../../../client/features/sheet/SheetPage.vue')

let server: ReturnType<typeof surround>
beforeEach(() => {
  server = surround(here, me, tinyProgramme(), deviceStorage)
})
const open = async () => (await openPage(SheetPage, '/sheet', { unit: 'A' })).wrapper
const inHand = () => (document.activeElement as HTMLElement | null)?.dataset['cell']
const said = (page: VueWrapper) => page.find('.said').text()
async function choose(page: VueWrapper, key: string): Promise<void> {
  input(page, key).element.focus()
  await flushPromises()
}
async function press(key: string, more: KeyboardEventInit = {}): Promise<void> {
  document.activeElement!.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...more }))
  await flushPromises()
}
const asked = { seq: 8, text: 'which forms?', by: { id: 'office', name: 'Office' }, at: 9_000 }
const returned = { reason: 'count again', by: { id: 'office', name: 'Office' }, at: 9_000 }

describe('Q13 N', () => {
  test('goes on where an act has taken its own item away', async () => {
    giveSheet([
      reportRow('A1', [5, 3]),
      reportOf('A2', figure(5, { state: 'returned', returned }), figure(3)),
      reportOf('A3', figure(5), figure(3, { state: 'returned', returned })),
    ])
    const page = await open()
    await choose(page, 'A1/accepted')
    await input(page, 'A1/accepted').setValue('15O')
    await press('Enter')
    await button(page, /^Discard/).trigger('click')
    await flushPromises()
    const seen = []
    for (let i = 0; i < 3; i++) {
      await press('n')
      seen.push(inHand())
    }
    expect(seen).toEqual(['A2/accepted', 'A3/issued', 'A2/accepted'])
  })

  test('says that nothing waits at a cell, not that nothing waits', async () => {
    giveSheet([reportOf('A1', figure(5, { state: 'returned', returned }), figure(3)), reportRow('A2', [5, 3])])
    const page = await open()
    await choose(page, 'A2/issued')
    await press('a')
    expect(said(page)).toBe('Nothing is waiting at this cell')
  })
})

describe('Q13 A opens what the answer is written into', () => {
  test('of a reviewer’s question, also while something is typed over its figure', async () => {
    giveSheet([reportOf('A1', figure(5, { state: 'submitted', inquiries: [asked] }), figure(3))])
    const page = await open()
    await choose(page, 'A1/accepted')
    await input(page, 'A1/accepted').setValue('7')
    await press('a')
    expect(dialog(page).text()).toContain('which forms?')
    await dialog(page).find('input.input').setValue('the old ones')
    await dialog(page).trigger('submit')
    await server.settled()
    expect(server.sent).toMatchObject([{ kind: 'AnswerInquiry', data: { unit: 'A1', text: 'the old ones', asked: 8 } }])
  })

  test('of what was returned', async () => {
    giveSheet([reportOf('A1', figure(5, { state: 'returned', returned }), figure(3))])
    const page = await open()
    await choose(page, 'A1/accepted')
    await press('a')
    expect(dialog(page).exists()).toBe(true)
    await page.find('dialog:has(form) .close').trigger('click')
    await flushPromises()
    expect(dialog(page).exists(), 'it is opened once').toBe(false)
  })
})

describe('G4 sending by its keys', () => {
  test('goes out from anywhere on the page, and says why where nothing would', async () => {
    giveSheet([])
    const page = await open()
    ;(button(page, /^Paste/).element as HTMLElement).focus()
    await press('Enter', { ctrlKey: true })
    expect(said(page)).not.toBe('')
    await choose(page, 'A1/accepted')
    await input(page, 'A1/accepted').setValue('7')
    ;(button(page, /^Paste/).element as HTMLElement).focus()
    await press('Enter', { ctrlKey: true })
    await server.settled()
    expect(server.sent).toMatchObject([{ kind: 'SubmitReports' }])
  })
})

describe('Q13 it is said why an act does nothing', () => {
  test.each([
    ['w', 'A blank cell has no figure to withdraw'],
    ['m', 'A blank cell has no figure to re-attribute'],
  ])('%s on a blank cell', async (key, sentence) => {
    giveSheet([])
    const page = await open()
    await choose(page, 'A1/accepted')
    await press(key)
    expect(said(page)).toBe(sentence)
  })

  test('W with nothing ticked asks for a figure', async () => {
    giveSheet([reportOf('A1', figure(5), figure(null, { state: 'blank', version: 0 }))])
    const page = await open()
    await choose(page, 'A1/issued')
    await press('w')
    expect(dialog(page).findAll<HTMLInputElement>('input:checked')).toHaveLength(1)
    await dialog(page).find('input[type=checkbox]').setValue(false)
    await dialog(page).find('input.input').setValue('not ours')
    await dialog(page).trigger('submit')
    expect(dialog(page).text()).toContain('Tick the figures')
    expect(server.sent).toEqual([])
  })

  test('a reason that is missing has the focus', async () => {
    giveSheet([reportRow('A1', [5, 3])])
    const page = await open()
    await choose(page, 'A1/issued')
    await press('w')
    ;(dialog(page).find('button[type=submit]').element as HTMLElement).focus()
    await dialog(page).trigger('submit')
    await flushPromises()
    expect(document.activeElement).toBe(dialog(page).find('input.input').element)
  })

  test('what was said of a step is over when it was taken back', async () => {
    giveSheet([])
    const page = await open()
    await choose(page, 'A1/accepted')
    const event = new Event('paste', { bubbles: true, cancelable: true })
    input(page, 'A1/accepted').element.dispatchEvent(Object.assign(event, { clipboardData: { getData: () => '1\t2' } }))
    await flushPromises()
    expect(said(page)).toContain('2')
    await press('z', { ctrlKey: true })
    expect(said(page)).toBe('')
  })
})

test('Q13 a draft of another day is listed as soon as it is typed, by street and counter, with what is wrong with it', async () => {
  giveSheet([])
  const page = await open()
  const drafts = openDrafts(deviceStorage, { programme: tinyProgramme().key, member: me.id }, () => 1_000)
  const draft = { basis: { value: null, version: 0 }, confirmed: [], contest: false, why: '' }
  const on = { unit: 'A2', day: '2008-02-29' }
  drafts.put({ ...on, counter: 'accepted' }, { ...draft, text: '9' })
  await flushPromises()
  const item = () => page.find('[data-item^=drafts]').text()
  expect(item()).toMatch(/A2 .*typed, not reported.*accepted/)
  drafts.put({ ...on, counter: 'issued' }, { ...draft, text: '1O' })
  await flushPromises()
  expect(item()).toMatch(/A2 .*typed, invalid/)
  expect(page.find('.strip a[href*="at="]').attributes('href')).toBe('/sheet/A/2008-02-29?at=A2/issued')
  drafts.close()
})

test('Q13 what stands and is edited keeps its state beside the edit', async () => {
  giveSheet([reportRow('A1', [5, 3])])
  const page = await open()
  await choose(page, 'A1/accepted')
  await input(page, 'A1/accepted').setValue('7')
  await press('Enter')
  expect(page.find('tbody .report').text()).toMatch(/, edit unsent$/)
})

test('Q13 the heading and the list say the same number of reports that are still to come', async () => {
  giveSheet([reportRow('A1', [5, 3])])
  const page = await open()
  await choose(page, 'A2/accepted')
  await input(page, 'A2/accepted').setValue('7')
  await press('Enter')
  expect(page.find('h1').text()).toContain(`2 `)
  expect(page.find(`[data-item="open ${day}"]`).text()).toContain('2 ')
})
