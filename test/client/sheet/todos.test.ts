// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import { tinyProgramme } from '../../support/programme.ts'
import { refusedWith } from '../fakeOutbox.ts'
import { reach } from '../fakeScope.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { button, dialog, giveSheet, input, me, OPEN, state } from './onPage.ts'
import { day, figure, offerRow, offerSide, other, reportOf } from './sample.ts'

const { default: SheetPage } = await import('../../../client/features/sheet/SheetPage.vue')

let server: ReturnType<typeof surround>
beforeEach(() => {
  server = surround(here, me, tinyProgramme(), deviceStorage)
})

const open = async (props: Record<string, unknown> = { unit: 'A' }) =>
  (await openPage(SheetPage, '/sheet', props)).wrapper
describe('a dispute', () => {
  test('case E14: a dispute of one counter shows both values and is settled by one of them', async () => {
    const claim = { value: 7, by: { id: 'me', name: 'Me' }, at: 9_000, version: 9 }
    giveSheet([reportOf('A1', figure(5, { state: 'disputed', approved: null, claim, version: 6 }), figure(3))])
    const page = await open()
    expect(state(page, 'A1/accepted')).toContain('disputed')
    expect(input(page, 'A1/issued').element.readOnly).toBe(false)
    expect(page.find('.todo dl').text()).toMatch(/You.*7.*Other.*5/)
    await button(page, /Use Other/).trigger('click')
    await dialog(page).find('input.input').setValue('counted again')
    await dialog(page).trigger('submit')
    await server.settled()
    expect(server.sent).toMatchObject([
      { kind: 'SettleDispute', data: { unit: 'A1', values: { accepted: 5 }, basedOn: 9, reason: 'counted again' } },
    ])
  })

  /** a dispute that the person has claimed in: 5 stands, 7 is claimed at version 9 */
  const claimed = () => {
    const claim = { value: 7, by: { id: 'me', name: 'Me' }, at: 9_000, version: 9 }
    return reportOf('A1', figure(5, { state: 'disputed', approved: null, claim, version: 6 }), figure(3))
  }

  test('D14 whoever claims may give another value, made upon the claim, or withdraw it', async () => {
    giveSheet([claimed()])
    const page = await open()
    await button(page, /Change my value/).trigger('click')
    expect(dialog(page).find<HTMLInputElement>('input').element.value).toBe('7')
    await dialog(page).find('input').setValue('a few')
    await dialog(page).trigger('submit')
    expect(dialog(page).find('[role=alert]').text()).toContain('whole number')
    expect(server.sent).toEqual([])
    await dialog(page).find('input').setValue('800')
    await dialog(page).trigger('submit')
    const item = { unit: 'A1', day, values: { accepted: 800 }, basedOn: { accepted: 9 } }
    const unusual = { code: 'report.unusual', level: 'warning', at: 'items.0.values.accepted' } as const
    await server.answer({ ok: false, refusals: [unusual] })
    await flushPromises()
    expect(page.findAll('input[data-cell]').map((i) => i.element.closest('td')!.className)).not.toContain('refused')
    await dialog(page).find('input[type=checkbox]').setValue(true)
    await dialog(page).trigger('submit')
    await server.settled()
    expect(server.sent.map(({ kind, data }) => ({ kind, data }))).toEqual([
      { kind: 'SubmitReports', data: { items: [item] } },
      { kind: 'SubmitReports', data: { items: [{ ...item, confirmed: ['report.unusual'] }] } },
    ])
  })

  test('D14 a claim that is withdrawn leaves what stood, and nothing to be typed again', async () => {
    giveSheet([claimed()])
    const page = await open()
    await button(page, /Withdraw my value/).trigger('click')
    await dialog(page).find('input.input').setValue('miscounted')
    await dialog(page).trigger('submit')
    await server.answer(refusedWith('issue.closed'))
    await flushPromises()
    expect(state(page, 'A1/accepted'), 'a refusal is the dialog’s').toContain('disputed')
    await dialog(page).trigger('submit')
    await server.answer({ ok: true, seq: 20, happened: [{ subject: `report/A1/${day}`, version: 20 }] })
    giveSheet([reportOf('A1', figure(5, { version: 6 }), figure(3))])
    reach(20)
    await flushPromises()
    expect(input(page, 'A1/accepted').element.value).toBe('5')
    expect(state(page, 'A1/accepted')).toContain('accepted')
  })
})

describe('what was sent back', () => {
  test('K3 a returned withdrawal is asked for again, or given up', async () => {
    const returned = { reason: 'which street?', by: other, at: 9_000 }
    const back = figure(null, { approved: 40, state: 'returned', returned, version: 12 })
    giveSheet([reportOf('A1', back, figure(3))])
    const page = await open()
    expect(page.find('.todo').text()).toMatch(/withdrawal returned\s+accepted.*which street\?/)
    expect(input(page, 'A1/accepted').element.closest('td')!.textContent).toContain('The approved 40 still counts')
    await button(page, /Withdraw again/).trigger('click')
    await dialog(page).find('input.input').setValue('A2, see form 7')
    await dialog(page).trigger('submit')
    await server.settled()
    expect(server.sent).toMatchObject([
      {
        kind: 'WithdrawReports',
        data: {
          items: [{ unit: 'A1', day, counters: ['accepted'], basedOn: { accepted: 12 } }],
          reason: 'A2, see form 7',
        },
      },
    ])
    await button(page, /Keep the figure/).trigger('click')
    expect(input(page, 'A1/accepted').element.value).toBe('40')
    expect(state(page, 'A1/accepted')).toContain('typed')
  })
})

test('Q13 a returned figure that is right is given again as it is, with what there is to say about it', async () => {
  const returned = { reason: 'why so many?', by: other, at: 9_000 }
  giveSheet([reportOf('A1', figure(3), figure(40, { approved: null, state: 'returned', returned, version: 13 }))])
  const page = await open()
  await button(page, /^Explain$/).trigger('click')
  await dialog(page).trigger('submit')
  expect(server.sent, 'not without a word').toEqual([])
  await dialog(page).find('input.input').setValue('a school came as a whole')
  await dialog(page).trigger('submit')
  await server.settled()
  const item = { unit: 'A1', day, values: { issued: 40 }, basedOn: { issued: 13 }, reason: 'a school came as a whole' }
  expect(server.sent).toMatchObject([{ kind: 'SubmitReports', data: { items: [item] } }])
})

test('U7 what is approved goes on counting in what the sheet shows of the target, until its withdrawal is approved', async () => {
  const total = async () => (await open()).find('tbody tr td.num').text()
  giveSheet([reportOf('A1', figure(3), figure(40, { version: 12 }))])
  const stands = await total()
  for (const state of ['submitted', 'returned'] as const) {
    giveSheet([reportOf('A1', figure(3), figure(null, { approved: 40, state, version: 13 }))])
    expect(await total(), state).toBe(stands)
  }
})

test('K3 a returned figure does nothing to the target until it is typed anew', async () => {
  const total = (page: Awaited<ReturnType<typeof open>>) => page.find('tbody tr td.num').text()
  const returned = { reason: 'why so many?', by: other, at: 9_000 }
  giveSheet([reportOf('A1', figure(3), figure(40, { approved: null, state: 'returned', returned, version: 13 }))])
  const page = await open()
  expect(total(page)).toBe('720')
  await input(page, 'A1/issued').trigger('focusin')
  await input(page, 'A1/issued').setValue('45')
  expect(total(page)).toBe('765')
})

describe('an offered move', () => {
  test('an offered move names both sides and can be accepted or declined', async () => {
    const there = offerSide('A2', [7, null], [6, 0])
    giveSheet([], OPEN, [offerRow({ from: offerSide('B1', [5, null], [4, 0]), to: there })])
    const page = await open()
    expect(page.text()).toContain('From Unit B1, 3 Mar to Unit A2, 3 Mar: accepted 5')
    expect(page.text()).toContain('wrong street')
    // what stands on both sides, and the sum
    expect(page.find('.todo table').text()).toMatch(/accepted\s*5\s*5\s*7\s*12/)
    await button(page, /^Agree$/).trigger('click')
    await server.settled()
    expect(server.sent).toMatchObject([{ kind: 'AcceptReattribution', data: { offer: 1, basedOn: { accepted: 6 } } }])
  })

  test('who is not asked has nothing to accept, and an offer whose figures have changed can only be declined', async () => {
    const from = offerSide('B1', [5, null], [4, 0])
    giveSheet([], OPEN, [offerRow({ from, to: offerSide('A2'), asks: 'from' })])
    expect((await open()).text()).not.toContain('Agree')
    giveSheet([], OPEN, [offerRow({ from, to: offerSide('A2'), changed: true })])
    const page = await open()
    expect(page.text()).toContain('have changed since')
    expect(page.text()).not.toContain('Agree')
    expect(button(page, /Decline/).exists()).toBe(true)
  })

  test('X4 the side that asks may take its request back, with a reason', async () => {
    giveSheet([], OPEN, [offerRow({ from: offerSide('A1', [5, null], [4, 0]), to: offerSide('B1'), asks: 'to' })])
    const page = await open()
    expect(page.text()).toContain('The other side has yet to agree')
    await button(page, /Cancel the request/).trigger('click')
    await dialog(page).find('input.input').setValue('it was ours')
    await dialog(page).trigger('submit')
    await server.settled()
    expect(server.sent).toMatchObject([{ kind: 'DeclineReattribution', data: { offer: 1, reason: 'it was ours' } }])
  })
})

test('K8 two reviewers ask about the same figure: each question is a card, and an answer names its own', async () => {
  const asked = (seq: number, text: string) => ({ seq, text, by: other, at: 9_000 })
  const inquiries = [asked(8, 'which forms?'), asked(9, 'and who?')]
  giveSheet([
    reportOf('A1', figure(5, { state: 'submitted', inquiries }), figure(3, { inquiries: inquiries.slice(0, 1) })),
  ])
  const page = await open()
  const cards = page.findAll('.todo').map((card) => card.text())
  expect(cards.filter((text) => /which forms\?|and who\?/.test(text))).toHaveLength(2)
  await page
    .findAll('.todo')
    .find((card) => card.text().includes('and who?'))!
    .findAll('button')
    .at(0)!
    .trigger('click')
  await dialog(page).find('input.input').setValue('the clerk')
  await dialog(page).trigger('submit')
  await server.settled()
  expect(server.sent).toMatchObject([
    { kind: 'AnswerInquiry', data: { unit: 'A1', counters: ['accepted'], text: 'the clerk', asked: 9 } },
  ])
})
