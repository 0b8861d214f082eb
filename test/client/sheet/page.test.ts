// @vitest-environment happy-dom
import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { refusedWith } from '../fakeOutbox.ts'
import { giveRows } from '../fakeScope.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { button, dialog, giveSheet, input, me, OPEN, OVER, state } from './onPage.ts'
import { day, figure, other, reportOf, reportRow, versionRow } from './sample.ts'

const { default: SheetPage } = await import('../../../client/features/sheet/SheetPage.vue')

let server: ReturnType<typeof surround>
beforeEach(() => {
  server = surround(here, me, tinyProgramme(), deviceStorage)
})

const open = async (props: Record<string, unknown> = { unit: 'A' }) =>
  (await openPage(SheetPage, '/sheet', props)).wrapper
async function type(page: VueWrapper, key: string, text: string): Promise<void> {
  await input(page, key).trigger('focusin')
  await input(page, key).setValue(text)
  await input(page, key).trigger('focusout')
}

describe('typing and sending', () => {
  test('goes out with the basis of each counter, waits on the device while there is no answer, and is cleared when accepted', async () => {
    giveSheet([reportOf('A1', figure(98, { version: 7 }), figure(88, { version: 8 }))])
    const page = await open()
    await type(page, 'A1/accepted', '101')
    await type(page, 'A2/issued', '0')
    expect([state(page, 'A1/accepted'), state(page, 'A2/issued')].map((c) => c.includes('typed'))).toEqual([true, true])
    await button(page, /^Send 2 rows/).trigger('click')
    await server.settled()
    expect(server.sent).toMatchObject([
      {
        kind: 'SubmitReports',
        data: {
          items: [
            { unit: 'A1', day, values: { accepted: 101 }, basedOn: { accepted: 7 } },
            { unit: 'A2', day, values: { issued: 0 }, basedOn: { issued: 0 } },
          ],
        },
      },
    ])
    await flushPromises()
    expect(state(page, 'A1/accepted')).toContain('sending')

    await server.answer(refusedWith('network.lost'))
    await flushPromises()
    expect(state(page, 'A1/accepted')).toContain('kept')
    expect(page.text()).toContain('2 cells wait to be sent')

    await server.retry()
    expect(server.sent[1]).toEqual(server.sent[0])
    const happened = [{ subject: `report/A1/${day}`, version: 20 }]
    await server.answer({ ok: true, seq: 20, happened })
    await flushPromises()
    expect(state(page, 'A1/accepted')).toContain('accepted')
    expect(input(page, 'A1/accepted').element.value).toBe('101')
    expect(deviceStorage.keys('draft/')).toEqual([])
  })

  test('typed over while it waits, the next command is made upon the first', async () => {
    giveSheet([])
    const page = await open()
    await type(page, 'A1/accepted', '101')
    await button(page, /^Send/).trigger('click')
    await server.answer(refusedWith('network.lost'))
    await flushPromises()
    await type(page, 'A1/accepted', '102')
    await button(page, /^Send/).trigger('click')
    await server.settled()
    const [first, second] = server.outbox.waiting()
    expect(second!.data).toMatchObject({ items: [{ values: { accepted: 102 }, basedOn: { accepted: first!.id } }] })
  })

  test('a refusal comes back to its cell, with the typing', async () => {
    giveSheet([])
    const page = await open()
    await type(page, 'A1/accepted', '101')
    await button(page, /^Send/).trigger('click')
    await server.answer({ ok: false, refusals: [{ code: 'report.tooLarge', at: 'items.0.values.accepted' }] })
    await flushPromises()
    expect(state(page, 'A1/accepted')).toContain('refused')
    expect(input(page, 'A1/accepted').element.value).toBe('101')
    expect(server.outbox.refused()).toEqual([])
  })

  test('all cells that were accepted of one sending are counted, however many commands it was', async () => {
    giveSheet([reportOf('A1', figure(98, { version: 7 }), figure(88, { version: 8 }))])
    const page = await open()
    await type(page, 'A1/accepted', '')
    await type(page, 'A2/accepted', '101')
    await type(page, 'A2/issued', '90')
    await button(page, /^Send/).trigger('click')
    await dialog(page).find('input.input').setValue('wrong street')
    await dialog(page).trigger('submit')
    await server.answer({ ok: true, seq: 20, happened: [] })
    await server.answer({ ok: true, seq: 21, happened: [] })
    await flushPromises()
    expect(server.sent.map((c) => c.kind)).toHaveLength(2)
    expect(page.text()).toContain('3 cells received · #21')
  })

  test('typing into a cell that cannot be changed says why', async () => {
    const claim = { value: 7, by: other, at: 9_000, version: 9 }
    giveSheet([reportOf('A1', figure(5, { state: 'disputed', approved: null, claim, version: 6 }), figure(3))])
    const page = await open()
    await input(page, 'A1/accepted').trigger('focusin')
    await input(page, 'A1/accepted').trigger('keydown', { key: '8' })
    expect(page.find('.said').text()).toContain('accepted is disputed')
    await input(page, 'A1/issued').trigger('focusin')
    expect(page.find('.aside').text()).not.toContain('is disputed')
  })

  test('a question holds its row back until it is confirmed', async () => {
    giveSheet([])
    const page = await open()
    await type(page, 'A1/accepted', '400')
    expect(button(page, /^Send/).attributes('disabled')).toBeDefined()
    await page.find('.todo input[type=checkbox]').setValue(true)
    await button(page, /^Send/).trigger('click')
    await server.settled()
    expect(server.sent[0]!.data).toMatchObject({ items: [{ confirmed: ['report.unusual'] }] })
  })
})

describe('case E8: taking back', () => {
  test('Delete on a given figure drafts a withdrawal, which goes out with its reason', async () => {
    giveSheet([reportRow('A1', [100, 90], { version: 7 })])
    const page = await open()
    await input(page, 'A1/accepted').trigger('focusin')
    await input(page, 'A1/accepted').trigger('keydown', { key: 'Delete' })
    expect(state(page, 'A1/accepted')).toContain('withdrawn')
    expect(page.text()).toContain('to be withdrawn')
    await button(page, /^Send/).trigger('click')
    expect(server.sent).toEqual([])
    await dialog(page).find('input.input').setValue('wrong street')
    await dialog(page).trigger('submit')
    await server.settled()
    expect(server.sent).toMatchObject([
      {
        kind: 'WithdrawReports',
        data: {
          items: [{ unit: 'A1', day, counters: ['accepted'], basedOn: { accepted: 7 } }],
          reason: 'wrong street',
        },
      },
    ])
  })

  test('where nothing can be changed, Delete says so', async () => {
    giveSheet([reportRow('A1', [100, 90])], { ...OPEN, lockedThrough: day })
    const page = await open()
    await input(page, 'A1/accepted').trigger('focusin')
    await input(page, 'A1/accepted').trigger('keydown', { key: 'Delete' })
    expect(page.text()).toContain('These cells cannot be changed')
    expect(state(page, 'A1/accepted')).toContain('locked')
  })

  test('a withdrawal can be given up', async () => {
    giveSheet([reportRow('A1', [100, 90])])
    const page = await open()
    await type(page, 'A1/accepted', '')
    await button(page, /Keep the figure/).trigger('click')
    expect(state(page, 'A1/accepted')).toContain('accepted')
    expect(input(page, 'A1/accepted').element.value).toBe('100')
  })
})

describe('what stands', () => {
  test('case E9: half a report is partial, and counted so', async () => {
    giveSheet([reportRow('A1', [160, null]), reportRow('A2', [1, 1])], OVER)
    const page = await open({ unit: 'A', day })
    expect(page.find('tbody tr').text()).toContain('Partial')
    expect(page.text()).toContain('1 of 3 in')
    expect(page.text()).toContain('1 partial')
    expect(page.text()).toContain('1 missing')
  })

  test('C9 a day within a week that is reported as one says for which day the report is', async () => {
    const daily = tinyProgramme()
    surround(here, me, { ...daily, reporting: { ...daily.reporting, expected: 'weekly' } }, deviceStorage)
    giveSheet([])
    const page = await open()
    expect(page.text()).toContain('No report is due on this day; the next is for 7 Mar')
    surround(here, me, daily, deviceStorage)
    giveSheet([])
    expect((await open()).text()).not.toContain('No report is due')
  })

  test('finding H2: a figure confirmed against a question keeps its mark', async () => {
    giveSheet([reportOf('A1', figure(900, { confirmed: ['report.unusual'] }), figure(90))])
    const page = await open()
    expect(state(page, 'A1/accepted')).toContain('confirmed')
    expect(state(page, 'A1/issued')).not.toContain('confirmed')
  })

  test('finding H5: totals of a past day say so', async () => {
    giveSheet([reportRow('A1', [100, 90])], OVER)
    const page = await open({ unit: 'A', day })
    expect(page.find('thead').text()).toContain('through 3 Mar')
    giveSheet([reportRow('A1', [100, 90])], OPEN)
    expect((await open()).find('thead').text()).not.toContain('through')
  })

  test('a newer value stands beside the approved one', async () => {
    giveSheet([reportOf('A1', figure(120, { approved: 100, state: 'submitted' }), figure(90))])
    const page = await open()
    expect(state(page, 'A1/accepted')).toContain('waiting')
    expect(page.find('.under').text()).toBe('100')
  })

  test('every version of the figure in focus is there, live', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    giveSheet([reportRow('A1', [100, 90])])
    const first = versionRow(5, { changes: [{ counter: 1, before: null, after: 90 }], by: other })
    giveRows(`history:report/A1/${day}`, first)
    const page = await open()
    await vi.advanceTimersByTimeAsync(200)
    vi.useRealTimers()
    expect(page.find('.versions').text()).toMatch(/90.*Other/)
    giveRows(
      `history:report/A1/${day}`,
      first,
      versionRow(9, {
        type: 'ReportWithdrawn',
        changes: [{ counter: 1, before: 90, after: null }],
        reason: 'wrong day',
      }),
    )
    await flushPromises()
    expect(page.findAll('.versions li')).toHaveLength(2)
    expect(page.find('.versions').text()).toContain('wrong day')
  })
})

describe('two tabs and another visit', () => {
  test('case E16: what another tab types appears, and what was typed is there again', async () => {
    giveSheet([])
    const page = await open()
    await type(page, 'A1/accepted', '101')
    const draft = { text: '55', basis: { version: 0, value: null }, at: 5, confirmed: [], contest: false }
    const key = `draft/tiny/me/A2/${day}/accepted`
    deviceStorage.set(key, JSON.stringify(draft))
    await flushPromises()
    expect(input(page, 'A2/accepted').element.value).toBe('55')
    page.unmount()
    const again = await open()
    expect([input(again, 'A1/accepted').element.value, input(again, 'A2/accepted').element.value]).toEqual([
      '101',
      '55',
    ])
    expect(state(again, 'A1/accepted')).toContain('kept')
    expect(again.text()).toContain('2 cells were kept here earlier')
  })
})

describe('in the hand', () => {
  test('U7 the last days show what counts, also while its withdrawal waits or was returned', async () => {
    vi.spyOn(window, 'matchMedia').mockImplementation(
      (media) => ({ media, matches: true, addEventListener: vi.fn(), removeEventListener: vi.fn() }) as never,
    )
    for (const state of ['submitted', 'returned'] as const) {
      giveSheet([reportOf('A1', figure(5), figure(null, { approved: 40, state, version: 13 }))])
      const page = await open()
      expect(page.findAll('.field .bars').at(-1)!.attributes('aria-label'), state).toContain('3 Mar 40')
      page.unmount()
    }
    vi.restoreAllMocks()
  })

  test('one unit at a time, with the same states and sentences', async () => {
    vi.spyOn(window, 'matchMedia').mockImplementation(
      (media) => ({ media, matches: true, addEventListener: vi.fn(), removeEventListener: vi.fn() }) as never,
    )
    giveSheet([reportOf('A1', figure(120, { approved: 100, state: 'submitted' }), figure(null))])
    const page = await open()
    expect(page.findAll('.field')).toHaveLength(2)
    expect(page.find('.field.waiting').exists()).toBe(true)
    await input(page, 'A1/issued').trigger('focus')
    await input(page, 'A1/issued').setValue('9')
    await button(page, /^Send/).trigger('click')
    await server.settled()
    expect(server.sent[0]!.data).toMatchObject({ items: [{ unit: 'A1', values: { issued: 9 } }] })
    vi.restoreAllMocks()
  })
})
