// @vitest-environment happy-dom
/** The reviewers' page: what is typed, chosen and selected stays with its report, and what is taken back comes with it. */
import { enableAutoUnmount, flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import type { Actor } from '../../../shared/policy.ts'
import type { QueueRow } from '../../../shared/view/queueRows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { giveRows } from '../fakeScope.ts'
import { openPage, surround } from '../page.ts'
import { figure } from '../sheet/sample.ts'
import { here } from '../surroundings.ts'

const { useWaiting } = await import('../../../client/stores/waiting.ts')
const { default: ReviewPage } = await import('../../../client/features/review/ReviewPage.vue')
const { default: HeldStrip } = await import('../../../client/features/shell/HeldStrip.vue')

const me: Actor = { id: 'me', name: 'Me', role: 'office', unit: 'C', tasks: ['review'] }
const programme = tinyProgramme({ reporting: { ...tinyProgramme().reporting, reviewLevels: 1 } })
const DAYS = ['2008-01-02', '2008-01-03', '2008-01-04'] as const
/** `approved`: a correction, which comes first; null: among the rest */
const row = (day: string, approved: number | null = 5): QueueRow => {
  const waits = figure(8, { state: 'submitted', approved, level: 0, by: { id: 'o', name: 'O' }, version: 3 })
  return { kind: 'queue', key: rowKey.queue(3, day), unit: 'A1', day, figures: [waits, waits] }
}

let server: ReturnType<typeof surround>
enableAutoUnmount(afterEach)
beforeEach(() => {
  server = surround(here, me, programme, deviceStorage)
  server.outbox.open(here.session.owner)
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'Date'] })
  giveRows('queue:C', ...DAYS.map((day) => row(day)))
})
afterEach(() => void vi.useRealTimers())

const open = async () => {
  const { wrapper: page } = await openPage(ReviewPage, '/review')
  const press = async (...keys: string[]) => {
    for (const key of keys) {
      document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))
      await flushPromises()
      await server.settled()
    }
  }
  const place = () => page.find<HTMLElement>('[aria-current=true]')
  const reason = () => page.find<HTMLInputElement>('.acts input').element
  const type = (text: string) => page.find('.acts input').setValue(text)
  const enter = async () => {
    await page.find('.acts input').trigger('keydown', { key: 'Enter' })
    await flushPromises()
  }
  const ticks = () => page.findAll<HTMLInputElement>('.side tbody input').map(({ element }) => element.checked)
  const selected = () => page.findAll<HTMLInputElement>('.list input').map(({ element }) => element.checked)
  return { page, press, place, reason, type, enter, ticks, selected }
}
const strip = async () => (await openPage(HeldStrip, '/elsewhere')).wrapper

describe('K15 what is begun with a report', () => {
  test('its reason and its choice of counters stay with it, over other reports, other pages and a reload', async () => {
    const { page, press, reason, type, ticks } = await open()
    await type('which forms?')
    await press('1')
    await press('j')
    expect([reason().value, ticks()]).toEqual(['', [true, true]])
    await press('k')
    expect([reason().value, ticks()]).toEqual(['which forms?', [false, true]])
    page.unmount()
    const again = await open()
    expect([again.reason().value, again.ticks()]).toEqual(['which forms?', [false, true]])
    expect(Object.values({ ...sessionStorage }).join()).toContain('which forms?')
    // somebody has changed the figures: what was chosen was about others
    const [first, ...others] = DAYS.map((day) => row(day))
    giveRows('queue:C', { ...first!, figures: first!.figures.map((f) => ({ ...f, version: 9 })) }, ...others)
    await flushPromises()
    expect([again.reason().value, again.ticks()]).toEqual(['which forms?', [true, true]])
  })

  test('taken back it has its reason and the selection again, and is the one that is shown', async () => {
    const { press, place, reason, type, enter, selected } = await open()
    await press('x', 'j', 'x')
    await type('show them')
    await press('R')
    expect([selected(), reason().value]).toEqual([[false], ''])
    await press('z')
    expect([selected(), reason().value]).toEqual([[true, true, false], 'show them'])
    await press('x', 'k', 'x', 'j')
    await type('which?')
    await enter()
    expect([place().text(), reason().value]).toEqual([expect.stringContaining('4'), ''])
    await press('z')
    expect([place().text(), reason().value]).toEqual([expect.stringContaining('3'), 'which?'])
  })

  test('taken back, it is the one that is shown at once: what is typed while the device still writes is to it', async () => {
    const { press, place, reason, type } = await open()
    await type('which?')
    await press('r')
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'z', bubbles: true }))
    await type('other words')
    await flushPromises()
    await server.settled()
    expect(place().text()).toContain('2')
    expect(reason().value, 'what was typed since stands').toBe('other words')
    await press('j')
    expect(reason().value).toBe('')
  })

  test('what was sent is no longer typed, and the next selection begins with nothing', async () => {
    const { press, reason, type, enter } = await open()
    await type('which?')
    await enter()
    vi.advanceTimersByTime(10_500)
    await server.due()
    await server.answer({ ok: true, seq: 9, happened: [] })
    // its other counter waits still
    await flushPromises()
    await press('k')
    expect(reason().value).toBe('')
  })
})

test('K15 the focus goes where the report goes that is shown: by keys, after a decision, taken back', async () => {
  giveRows('queue:C', row(DAYS[0]), row(DAYS[1], null), row(DAYS[2], null))
  const { press, place, type, enter } = await open()
  place().element.focus()
  await press('j')
  expect(document.activeElement).toBe(place().element)
  await press('k', 'r')
  await type('which?')
  await enter()
  await flushPromises()
  expect(document.activeElement, 'the last that comes first: the next is among the rest').toBe(place().element)
  expect(place().attributes('aria-label')).toContain('3')
  await press('z')
  expect(document.activeElement).toBe(place().element)
  expect(place().text()).toContain('2')
})

test('K14 reports before their deadline are not approved with the rest, stand apart, and are approved by their own button', async () => {
  giveRows('unit:C', {
    ...{ kind: 'clock', key: rowKey.clock(), lockedThrough: null },
    ...{ today: DAYS[2], closed: DAYS[1], due: DAYS[1] },
  })
  giveRows('queue:C', ...DAYS.map((day) => row(day, null)))
  const { page, press } = await open()
  expect(page.find('h1').text()).toContain('3 await review')
  expect(page.find('.head').text()).toContain('1 before its deadline')
  expect(page.findAll('.lists h2').map((h) => h.text())).toEqual(['The rest', 'Before the deadline'])
  await press('A')
  expect(page.find('h1').text()).toContain('1 awaits review')
  expect((await strip()).text()).toContain('Approve 2 reports')
  await page.find('.lists .act button').trigger('click')
  expect((await strip()).text()).toContain('Approve 3 reports')
})

describe('K1 what is held', () => {
  test('is named: one report by its unit and day, several by their number, approved and returned apart', async () => {
    const { press, type, enter } = await open()
    await press('a')
    const held = await strip()
    expect(held.text()).toMatch(/^Approve A1 .*2.* in 10 s/)
    await press('a')
    await type('which?')
    await enter()
    expect(held.text()).toMatch(/^Approve 2 reports · Return A1 .*4.* in 10 s/)
  })

  test('no longer counts as waiting beside the page either', async () => {
    const { press } = await open()
    expect(useWaiting().review).toBe(3)
    await press('a')
    expect(useWaiting().review).toBe(2)
  })

  test('is summed over all that goes out together', async () => {
    const { page, press } = await open()
    await press('a', 'a')
    vi.advanceTimersByTime(10_500)
    await server.due()
    await server.answer({ ok: true, seq: 9, happened: [] })
    await server.answer({ ok: true, seq: 10, happened: [] })
    await flushPromises()
    expect(page.find('.head').text()).toContain('2 done')
  })
})

test('K1 what is left out is one line for each report with its counters, a few of them, and is closed by hand', async () => {
  const days = Array.from({ length: 8 }, (_, i) => `2008-01-${String(i + 2).padStart(2, '0')}`)
  giveRows('queue:C', ...days.map((day) => row(day, null)))
  const { page, press } = await open()
  await press('A')
  vi.advanceTimersByTime(10_500)
  await server.due()
  const refusals = days.flatMap((_, i) =>
    ['accepted', 'issued'].map((counter) => ({
      ...{ code: 'review.changed' as const, at: `items.${String(i)}.versions.${counter}`, params: { counter } },
    })),
  )
  await server.answer({ ok: false, refusals })
  await flushPromises()
  const lines = () => page.findAll('.head [role=alert] li')
  expect(lines()).toHaveLength(5)
  expect(lines()[0]!.text()).toMatch(/^A1 .*accepted, issued/)
  await page.find('.head [role=alert] button').trigger('click')
  expect(lines()).toHaveLength(8)
  await page.find('.head [role=alert] button').trigger('click')
  expect(lines()).toHaveLength(0)
  expect(page.find('.head [role=status]').exists()).toBe(false)
})
