// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, describe, expect, test } from 'vitest'
import { deviceStorage } from '../../../client/sync/device.ts'
import type { Actor } from '../../../shared/policy.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { openTabs } from '../../sync/tabs.ts'
import { ACCEPTED } from '../fakeOutbox.ts'
import { giveRows, refuseScope } from '../fakeScope.ts'
import { openPage, surround } from '../page.ts'
import { here } from '../surroundings.ts'
import { dayRow, issueRow, lineRow, programme, stepRow } from './sample.ts'

const legal: Actor = { id: 'he', name: 'He', role: 'legal', unit: 'city' }
const { default: IssuesPage } = await import('../../../client/features/issues/IssuesPage.vue')
const { default: IssuePage } = await import('../../../client/features/issues/IssuePage.vue')
const { default: NewIssuePage } = await import('../../../client/features/issues/NewIssuePage.vue')

const clock = { today: '2008-03-10', closed: '2008-03-07', due: '2008-03-07', lockedThrough: null }
let server: ReturnType<typeof surround>
beforeEach(() => {
  server = surround(here, legal, programme, openTabs().open())
  for (const unit of ['city', 'north'])
    giveRows(
      `unit:${unit}`,
      { kind: 'clock', key: rowKey.clock(), ...clock },
      dayRow('2008-03-03', [10, 1]),
      dayRow('2008-03-04', [20, 2], { waiting: { up: [4, 0], down: [3, 0] } }),
      dayRow('2008-02-28', [7, 0]),
    )
})

const closed = lineRow(2, {
  state: 'closed',
  closedOn: '2008-03-05',
  latest: { step: 'closed', by: { id: 'he', name: 'He' }, at: 0, day: '2008-03-05', seq: 230 },
})

describe('the list of questions', () => {
  test('shows open ones newest first, what happened last, and marks what changes', async () => {
    giveRows('issues', lineRow(1), closed, lineRow(3))
    const { wrapper } = await openPage(IssuesPage, '/issues')
    const titles = () => wrapper.findAll('.list .title').map((e) => e.text())
    expect(titles()).toEqual(['Question 3', 'Question 1'])
    expect(wrapper.text()).toContain('2 open, 1 closed')
    expect(wrapper.findAll('.changed')).toHaveLength(0)

    const latest = { step: 'replied', by: { id: 'ma', name: 'Ma Li' }, at: 0, day: '2008-03-10', seq: 301 } as const
    giveRows('issues', lineRow(1, { latest, replies: 1 }), closed, lineRow(3))
    await flushPromises()
    const changed = wrapper.findAll('.changed')
    expect(changed.map((e) => e.find('.title').text())).toEqual(['Question 1'])
    expect(changed[0]!.find('.latest').text()).toMatch(/Reply\s*Ma Li · 10 Mar/)
  })

  test('its filters live in the address', async () => {
    giveRows('issues', lineRow(1), closed, lineRow(3, { article: 'fee' }))
    const { wrapper, router } = await openPage(IssuesPage, '/issues?state=all&article=fee')
    expect(wrapper.findAll('.list .title').map((e) => e.text())).toEqual(['Question 3'])
    await wrapper.find('button.chip').trigger('click')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ state: 'all' })
    expect(wrapper.findAll('.list .title')).toHaveLength(3)
  })
})

describe('a question', () => {
  test('has its text, its steps in order, the record of the log and the figures concerned', async () => {
    giveRows('issues', lineRow(1))
    giveRows('issue:1', issueRow(1, { text: 'One charges, two do not.' }), stepRow(2, { step: 'closed' }), stepRow(1))
    const { wrapper } = await openPage(IssuePage, '/issues/1', { n: '1' })
    expect(wrapper.find('h1').text()).toBe('Question 1')
    expect(wrapper.text()).toContain('One charges, two do not.')
    expect(wrapper.findAll('.timeline .text').map((e) => e.text())).toEqual(['Reply 1', 'Reply 2'])
    expect(wrapper.findAll('.seq').map((e) => e.text())).toEqual(['#100', '#101', '#102'])
    expect(wrapper.find('.figures .figure').text()).toBe('30')
    expect(wrapper.find('.beside').text()).toMatch(/Awaiting review\s*\+4\s*Awaiting review\s*−3/)
  })

  test('R42 (finding H2) says how many figures of its days were confirmed against a warning, and of no others', async () => {
    giveRows('issues', lineRow(1))
    giveRows('issue:1', issueRow(1))
    const marked = (day: string, confirmed: number) => ({ ...dayRow(day, [7, 1]), confirmed })
    const days = [marked('2008-02-20', 4), marked('2008-03-04', 2), marked('2008-03-05', 1)]
    giveRows('unit:north', { kind: 'clock', key: rowKey.clock(), ...clock }, ...days)
    const { wrapper } = await openPage(IssuePage, '/issues/1', { n: '1' })
    expect(wrapper.find('.span').text()).toContain('3 confirmed despite a warning')
  })

  test('R25 shows a zero that was given as 0, and a day of which nothing was given as nothing', async () => {
    giveRows('issues', lineRow(1))
    giveRows('issue:1', issueRow(1))
    const zero = dayRow('2008-03-05', [0, 0])
    giveRows('unit:north', { kind: 'clock', key: rowKey.clock(), ...clock }, dayRow('2008-03-04', [7, 1]), zero)
    const { wrapper } = await openPage(IssuePage, '/issues/1', { n: '1' })
    await wrapper.findAll('.days .switch button')[1]!.trigger('click')
    await flushPromises()
    const cells = wrapper.findAll('.days tbody tr').map((row) => row.findAll('td').map((cell) => cell.text()))
    const of = (day: RegExp) => cells.find(([name]) => day.test(name!))?.[1]
    expect([of(/^\w+ 4 March/), of(/^\w+ 5 March/), of(/^\w+ 6 March/)]).toEqual(['7', '0', '—'])
  })

  test('that is not there is said to be missing; one that is not loaded yet is not', async () => {
    const { wrapper } = await openPage(IssuePage, '/issues/0009', { n: '0009' })
    expect(wrapper.find('.skeleton').exists()).toBe(true)
    refuseScope('issue:9', { code: 'scope.unknown' })
    await flushPromises()
    expect(wrapper.find('h1').text()).toBe('Legal question 0009 does not exist.')
  })
})

describe('logging a question', () => {
  test('sends what was typed and goes to the question that the answer names', async () => {
    giveRows('issues')
    const { wrapper, router } = await openPage(NewIssuePage, '/issues/new?unit=n1&counter=issued')
    await wrapper.find('input.title').setValue('May they charge?')
    await wrapper.find('textarea').setValue('Two do.')
    await wrapper.find('select').setValue('fee')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.find('button.primary').attributes('aria-disabled')).toBe('true')
    await server.answer(ACCEPTED)
    await flushPromises()
    expect(server.sent.map((c) => c.data)).toEqual([
      {
        ...{ title: 'May they charge?', text: 'Two do.', category: 'fee', unit: 'n1', from: '2008-03-10', to: null },
        ...{ article: null, counters: ['issued'] },
      },
    ])
    expect(router.currentRoute.value.path).toBe('/issues/3')
    expect(deviceStorage.keys('')).toEqual([])
  })

  test('typed before it is known what day it is, it begins today all the same', async () => {
    giveRows('issues')
    giveRows('unit:city')
    const { wrapper } = await openPage(NewIssuePage, '/issues/new')
    await wrapper.find('input.title').setValue('May they charge?')
    giveRows('unit:city', { kind: 'clock', key: rowKey.clock(), ...clock })
    await flushPromises()
    expect(wrapper.find<HTMLInputElement>('input[type="date"]').element.value).toBe('2008-03-10')
    expect(wrapper.find<HTMLInputElement>('input.title').element.value).toBe('May they charge?')
  })

  test('says beside the fields what is not filled in, and sends nothing', async () => {
    giveRows('issues')
    const { wrapper } = await openPage(NewIssuePage, '/issues/new')
    await wrapper.find('form').trigger('submit')
    expect(wrapper.findAll('[role="alert"]')).toHaveLength(3)
    expect(server.sent).toEqual([])
  })
})
