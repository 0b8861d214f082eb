// @vitest-environment happy-dom
/** What the keys and the focus do at the desk. */
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import { openDrafts } from '../../../client/sync/drafts.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { i18n } from '../../../client/i18n/index.ts'
import { cellName } from '../../../client/features/sheet/importItems.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { button, dialog, giveSheet, input, me } from './onPage.ts'
import { day, figure, reportOf, reportRow, steady } from './sample.ts'

const { default: SheetPage } = await import('../../../client/features/sheet/SheetPage.vue')

let server: ReturnType<typeof surround>
beforeEach(() => {
  server = surround(here, me, tinyProgramme(), deviceStorage)
})
const open = async () => (await openPage(SheetPage, '/sheet', { unit: 'A' })).wrapper
const inHand = () => (document.activeElement as HTMLElement | null)?.dataset['cell']
const said = (page: VueWrapper) => page.find('.said').text()
/** the chosen cell */
async function choose(page: VueWrapper, key: string): Promise<void> {
  input(page, key).element.focus()
  await flushPromises()
}
async function accepted(): Promise<void> {
  await server.settled()
  await server.answer({ ok: true, seq: 20, happened: [] })
  await flushPromises()
}

describe('Q13 the cell in hand has the focus again', () => {
  test('after figures were moved, and it is said what became of them', async () => {
    giveSheet([reportRow('A1', [5, 3])])
    const page = await open()
    await choose(page, 'A1/issued')
    await input(page, 'A1/issued').trigger('keydown', { key: 'm' })
    await dialog(page).find('select').setValue('A2')
    await dialog(page).findAll('input.input').at(-1)!.setValue('belongs to A2')
    await dialog(page).trigger('submit')
    await accepted()
    expect(page.findAll('dialog form')).toEqual([])
    expect(inHand()).toBe('A1/issued')
    expect(said(page)).toMatch(/^issued of A1.* re-attributed to A2/)
  })

  test('after figures were taken back', async () => {
    giveSheet([reportRow('A1', [5, 3])])
    const page = await open()
    await choose(page, 'A1/issued')
    await input(page, 'A1/issued').trigger('keydown', { key: 'w' })
    await dialog(page).findAll('input.input').at(-1)!.setValue('not ours')
    await dialog(page).trigger('submit')
    await accepted()
    expect(inHand()).toBe('A1/issued')
    expect(said(page)).toMatch(/^issued of A1 .*withdrawn\.$/)
  })

  test('after a dialog was left without an answer', async () => {
    giveSheet([reportRow('A1', [5, 3])])
    const page = await open()
    await choose(page, 'A1/issued')
    await input(page, 'A1/issued').trigger('keydown', { key: 'w' })
    const { element } = page.find<HTMLDialogElement>('dialog:has(form)')
    await page.find('dialog:has(form) .close').trigger('click')
    await flushPromises()
    expect(element.open, 'a dialog that is taken away gives the focus back, as one that is closed').toBe(false)
  })

  test('after sending by the button', async () => {
    giveSheet([])
    const page = await open()
    await choose(page, 'A1/issued')
    await input(page, 'A1/issued').setValue('7')
    const send = button(page, /^Send/)
    ;(send.element as HTMLElement).focus()
    await send.trigger('click')
    await flushPromises()
    expect(inHand()).toBe('A1/issued')
  })

  test('after all drafts were given up, and it is said how many there were', async () => {
    const drafts = openDrafts(deviceStorage, { programme: tinyProgramme().key, member: me.id }, () => 1_000)
    const draft = { text: '9', basis: { value: null, version: 0 }, confirmed: [], contest: false, why: '' }
    for (const counter of ['accepted', 'issued']) drafts.put({ unit: 'A1', day, counter }, draft)
    drafts.close()
    giveSheet([])
    const page = await open()
    const discard = button(page, /Discard all/)
    ;(discard.element as HTMLElement).focus()
    await discard.trigger('click')
    await flushPromises()
    expect(inHand()).toBe('A1/issued')
    expect(said(page)).toContain('2 cells')
  })
})

describe('Q13 letters in a cell', () => {
  test.each(['n', 'w', 'm', 'a', '[', ']'])(
    '%s is no part of a figure: it is kept, and the letter acts',
    async (key) => {
      giveSheet([reportRow('A1', [5, 3])])
      const page = await open()
      await choose(page, 'A1/issued')
      await input(page, 'A1/issued').setValue('128')
      const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true })
      input(page, 'A1/issued').element.dispatchEvent(event)
      await flushPromises()
      expect(event.defaultPrevented, 'no character is put in').toBe(true)
      expect([
        ...openDrafts(deviceStorage, { programme: tinyProgramme().key, member: me.id }, () => 1_000).of('A1', day),
      ]).toMatchObject([['issued', { text: '128' }]])
      expect(page.findAll('dialog form')).toHaveLength(key === 'w' || key === 'm' ? 1 : 0)
    },
  )

  test('a text that has letters of its own takes them', async () => {
    giveSheet([])
    const page = await open()
    await choose(page, 'A1/issued')
    await input(page, 'A1/issued').setValue('tot')
    const event = new KeyboardEvent('keydown', { key: 'a', bubbles: true, cancelable: true })
    input(page, 'A1/issued').element.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(false)
  })
})

describe('Q18 the cell in hand stays where it is while a block is chosen', () => {
  const selected = (page: VueWrapper) => page.findAll('td.selected input').map((i) => i.attributes('data-cell'))
  const press = (page: VueWrapper, key: string, more: object) =>
    input(page, inHand()!).trigger('keydown', { key, ...more })
  const typed = () =>
    ['A1', 'A2', 'A3'].flatMap((unit) => [
      ...openDrafts(deviceStorage, { programme: tinyProgramme().key, member: me.id }, () => 1_000).of(unit, day),
    ])

  test.each([
    ['a', { ctrlKey: true }, ['A1/accepted', 'A1/issued', 'A2/accepted', 'A2/issued', 'A3/accepted', 'A3/issued']],
    ['ArrowDown', { ctrlKey: true, shiftKey: true }, ['A2/accepted', 'A3/accepted']],
    ['End', { ctrlKey: true, shiftKey: true }, ['A2/accepted', 'A2/issued', 'A3/accepted', 'A3/issued']],
    ['ArrowRight', { shiftKey: true }, ['A2/accepted', 'A2/issued']],
    ['Home', { ctrlKey: true, shiftKey: true }, ['A1/accepted', 'A2/accepted']],
  ])('what is typed after %s %o goes into it', async (key, more, block) => {
    giveSheet([reportRow('A3', [5, 3])])
    const page = await open()
    await choose(page, 'A2/accepted')
    await press(page, key, more)
    expect(selected(page)).toEqual(block)
    expect(inHand()).toBe('A2/accepted')
    await input(page, inHand()!).setValue('7')
    await flushPromises()
    expect(typed()).toMatchObject([['accepted', { text: '7', basis: { value: null } }]])
    expect(selected(page)).toEqual([])
  })

  test('a block is moved on from its end, is taken back to its beginning, and Delete is for all of it', async () => {
    giveSheet([reportRow('A1', [5, 3]), reportRow('A2', [6, 4])])
    const page = await open()
    await choose(page, 'A1/accepted')
    await press(page, 'ArrowDown', { shiftKey: true })
    await press(page, 'ArrowRight', { shiftKey: true })
    expect(selected(page)).toHaveLength(4)
    await press(page, 'ArrowUp', { shiftKey: true })
    expect(selected(page)).toEqual(['A1/accepted', 'A1/issued'])
    await press(page, 'Delete', {})
    expect(typed()).toMatchObject([
      ['accepted', { text: '' }],
      ['issued', { text: '' }],
    ])
  })
})

describe('Q19 zeros for the blanks of a sheet', () => {
  const zeros = (page: VueWrapper) => page.findAll('dialog form').find((f) => f.text().includes('become zeros'))!

  test('are listed first; where no zero is usual it is asked, and what is not ticked stays blank', async () => {
    giveSheet([reportRow('A1', [5, null])], undefined, [steady('A3', [0, 0])])
    const page = await open()
    await button(page, /^Fill blanks/).trigger('click')
    expect(
      zeros(page)
        .findAll('li')
        .map((li) =>
          ['b', 'label span', '.unusual']
            .map((part) => li.find(part))
            .map((part) => (part.exists() ? part.text() : '')),
        ),
    ).toEqual([
      ['A1', 'issued', 'issued usually 36–144'],
      ['A2', 'accepted, issued', 'accepted usually 40–160, issued usually 36–144'],
      ['A3', 'accepted, issued', ''],
    ])
    const boxes = () => zeros(page).findAll<HTMLInputElement>('input')
    expect(boxes().map((box) => box.element.checked)).toEqual([false, false, true])
    await boxes()[0]!.setValue(true)
    await zeros(page).trigger('submit')
    await flushPromises()
    expect(said(page)).toContain('3 blanks')
    expect(
      ['A1/issued', 'A2/accepted', 'A2/issued', 'A3/accepted', 'A3/issued'].map((k) => input(page, k).element.value),
    ).toEqual(['0', '', '', '0', '0'])
  })
})

describe('J9 a pasted block that takes something away', () => {
  test('is asked about: what would be cleared, and what is no figure, stands there before it is placed', async () => {
    giveSheet([reportRow('A1', [5, 3]), reportRow('A2', [6, 4])])
    const page = await open()
    await choose(page, 'A1/accepted')
    const clipboardData = { getData: () => 'A1\t7\t\nA2\tabc\t4' }
    await input(page, 'A1/accepted').trigger('paste', { clipboardData })
    await flushPromises()
    const words = dialog(page).text().replaceAll(/\s+/g, ' ')
    expect(words).toContain('A1 · issued: 3')
    expect(words).toContain('A2 · accepted: abc')
    expect(words).toContain('Paste 3 cells, clear 1')
    expect(input(page, 'A1/accepted').element.value).toBe('5')
    await dialog(page).trigger('submit')
    await flushPromises()
    expect(['A1/accepted', 'A1/issued', 'A2/accepted'].map((k) => input(page, k).element.value)).toEqual([
      '7',
      '',
      'abc',
    ])
  })
})

describe('F22 a first running total that is more than what is counted', () => {
  const line = (unit: string) => ({ ...steady(unit, [100, 90]), through: [300, 280] })

  test('is said to count on no day, and by how much it is more, on the sheet and before it is pasted', async () => {
    giveSheet([], undefined, [line('A1'), line('A2')])
    const page = await open()
    await choose(page, 'A1/issued')
    await input(page, 'A1/issued').setValue('Σ295')
    await flushPromises()
    expect(page.find('.total').text()).toMatch(/opening balance.*15 more than the 280 counted/s)
    await choose(page, 'A1/accepted')
    const clipboardData = { getData: () => 'street\tissued total\taccepted\nA1\t290\t4\nA2\t280\t5\nZ9\t1\t1' }
    await input(page, 'A1/accepted').trigger('paste', { clipboardData })
    await flushPromises()
    await dialog(page).find('input[value="total 1"], input[type=radio]').setValue(true)
    await flushPromises()
    const words = dialog(page).text().replaceAll(/\s+/g, ' ')
    expect(words).toMatch(/A1 · issued: 290 It is 10 more than the 280 .*A2 · issued: 280/)
  })
})

describe('Q13 on a phone', () => {
  const narrow = () => (window as unknown as { happyDOM: { setViewport(size: object): void } }).happyDOM
  beforeEach(() => {
    narrow().setViewport({ width: 390, height: 844 })
    return () => narrow().setViewport({ width: 1440, height: 900 })
  })

  test('the next thing comes into sight by its card, with the focus at the first of what can be done', async () => {
    const claim = { value: 7, by: { id: 'x', name: 'X' }, at: 9_000, version: 9 }
    giveSheet([reportOf('A1', figure(5, { state: 'disputed', approved: null, claim, version: 6 }), figure(3))])
    const page = await open()
    const seen = vi.spyOn(Element.prototype, 'scrollIntoView')
    await page.find('.bottom .button:not(.outbox)').trigger('click')
    await flushPromises()
    const card = page.find('.item[aria-current]').element
    expect(card.contains(document.activeElement)).toBe(true)
    expect(document.activeElement!.tagName).toBe('BUTTON')
    expect(document.activeElement!.closest('.actions')).not.toBeNull()
    expect(seen.mock.contexts.at(-1)).toBe(card)
    seen.mockRestore()
  })

  test('what has arrived in part is not said to have arrived', async () => {
    giveSheet([])
    const page = await open()
    await input(page, 'A1/issued').setValue('7')
    await button(page, /^Send/).trigger('click')
    await server.settled()
    await server.answer({ ok: true, seq: 20, happened: [{ subject: `report/A1/${day}`, version: 20 }] })
    giveSheet([reportOf('A1', figure(null), figure(7, { version: 20 }))])
    await flushPromises()
    expect(page.find('.arrived').text()).toContain('partial')
    expect(page.findAll('.item').map((item) => item.attributes('data-item'))).toContain(`unfinished A1 ${day}`)
  })
})

describe('words and places', () => {
  test('Q14 the days of the week on the strip are in the language that was changed to', async () => {
    giveSheet([])
    const page = await open()
    const names = () => page.findAll('.strip .date small').map((name) => name.text())
    expect(names().join('')).not.toMatch(/\p{Script=Han}/u)
    i18n.global.locale.value = 'zh'
    await flushPromises()
    expect(names()).toContain('一')
  })

  test('X1 the dialog of a move begins where something is to be chosen', async () => {
    giveSheet([reportRow('A1', [5, 3])])
    const page = await open()
    await choose(page, 'A1/issued')
    await input(page, 'A1/issued').trigger('keydown', { key: 'm' })
    expect(dialog(page).find('[autofocus]').element.tagName).toBe('SELECT')
  })

  test('F6 a place in a file is named as its program names it', () => {
    const names = [1, 4, 26, 27, 702, 703].map((column) => cellName(5, column))
    expect(names).toEqual(['A5', 'D5', 'Z5', 'AA5', 'ZZ5', 'AAA5'])
  })
})
