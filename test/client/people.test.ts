// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { tasksOf } from '../../shared/domain/roles.ts'
import type { Actor } from '../../shared/policy.ts'
import type { MemberRow, VersionRow } from '../../shared/view/rows.ts'
import { rowKey } from '../../shared/view/wire.ts'
import { tinyProgramme } from '../support/programme.ts'
import { openTabs } from '../sync/tabs.ts'
import { ACCEPTED, fakeOutbox, refusedWith } from './fakeOutbox.ts'
import { forgetScopes, giveRows } from './fakeScope.ts'
import { fakeProgramme, fakeSession, openPage } from './page.ts'

const office: Actor = { id: 'o', name: 'Office', role: 'office', unit: 'C' }
const here = vi.hoisted(() => ({ outbox: {}, programme: {}, session: {}, callApi: vi.fn() }))
vi.mock('../../client/stores/scope.ts', () => import('./fakeScope.ts'))
vi.mock('../../client/stores/programme.ts', () => ({ useProgramme: () => here.programme }))
vi.mock('../../client/stores/session.ts', () => ({ useSession: () => here.session }))
vi.mock('../../client/stores/connection.ts', () => ({ useConnection: () => ({ state: 'live' }) }))
vi.mock('../../client/sync/api.ts', () => ({ callApi: (...asked: unknown[]) => here.callApi(...asked) }))
vi.mock('../../client/sync/commands.ts', () => ({
  get outbox() {
    return here.outbox
  },
}))
const { default: PeoplePage } = await import('../../client/features/people/PeoplePage.vue')

const member = (id: string, role: MemberRow['role'], unit: string, ended = false): MemberRow => ({
  ...{ kind: 'member', key: rowKey.member(id), member: id, name: `Name ${id}`, role, unit, ended },
  tasks: tasksOf(role),
})
const version = (seq: number, more: Partial<VersionRow>): VersionRow => ({
  ...{ kind: 'version', key: rowKey.version(seq), seq, at: Date.UTC(2008, 0, seq), by: { id: 'o', name: 'Office' } },
  ...{ type: 'MemberAdded', changes: [], ...more },
})

let server: ReturnType<typeof fakeOutbox>
beforeEach(() => {
  setActivePinia(createPinia())
  forgetScopes()
  document.body.innerHTML = ''
  here.callApi.mockResolvedValue({ ok: true, value: { machines: [], invitations: [], phones: [] } })
  server = fakeOutbox(openTabs().open())
  Object.assign(here, {
    outbox: server.outbox,
    programme: fakeProgramme(tinyProgramme()),
    session: fakeSession(office, 'tiny'),
  })
  giveRows('people', member('b', 'district', 'B'), member('a', 'district', 'A'), member('o', 'office', 'C'))
})

const ofMember = (wrapper: Awaited<ReturnType<typeof openPage>>['wrapper'], name: string) =>
  wrapper.findAll('tbody tr').find((row) => row.text().includes(name))!

test('people stand in the order of roles, then of units; nobody is offered to end themselves', async () => {
  const { wrapper } = await openPage(PeoplePage, '/people')
  expect(wrapper.findAll('tbody th').map((e) => e.text())).toEqual(['Name o', 'Name a', 'Name b'])
  expect(ofMember(wrapper, 'Name o').text()).toContain('you')
  expect(ofMember(wrapper, 'Name o').findAll('.act button')).toHaveLength(0)
})

test('Y9 the office of a part is offered the roles that it may give, and to end those whom it may', async () => {
  here.session = fakeSession({ ...office, unit: 'A' }, 'tiny')
  giveRows('people', member('a', 'district', 'A'), member('j', 'legal', 'A1'), member('b', 'district', 'B'))
  const { wrapper } = await openPage(PeoplePage, '/people')
  const offered = (name: string) => ofMember(wrapper, name).findAll('.act button').length > 0
  expect(['Name a', 'Name j', 'Name b'].map(offered)).toEqual([true, false, false])
  await wrapper.find('header .primary').trigger('click')
  const options = (n: number) =>
    wrapper
      .findAll('dialog select')
      [n]!.findAll<HTMLOptionElement>('option:not([hidden])')
      .map((o) => o.element.value)
  expect([options(0), options(1)]).toEqual([
    ['office', 'district', 'viewer'],
    ['A', 'A1', 'A2', 'A3'],
  ])
})

test('M12 a machine is no person: it is not counted as one, and work is not offered to it', async () => {
  giveRows(
    'people',
    member('a', 'district', 'A'),
    member('a2', 'district', 'A'),
    member('machine.00000002', 'district', 'A'),
  )
  const { wrapper } = await openPage(PeoplePage, '/people')
  expect(ofMember(wrapper, 'machine.00000002').text()).toContain('system')
  expect(ofMember(wrapper, 'machine.00000002').text()).not.toContain('district')
  expect(wrapper.find('header p').text()).toContain('2 active')
  const act = ofMember(wrapper, 'Name a').findAll('.act button')
  await act.find((b) => b.text().startsWith('Hand over'))!.trigger('click')
  const dialog = wrapper.findAll('dialog').find((d) => d.text().includes('Hand over'))!
  expect(dialog.findAll<HTMLOptionElement>('option:not([hidden])').map((o) => o.element.value)).toEqual(['a2'])
})

test('ending a membership: a lost answer keeps the dialog, one effect, and a refusal is said', async () => {
  const { wrapper } = await openPage(PeoplePage, '/people')
  await ofMember(wrapper, 'Name a').findAll('.act button').at(-1)!.trigger('click')
  const dialog = () => wrapper.findAll('dialog').find((d) => d.text().includes('Deactivate Name a'))
  await dialog()!.find('input').setValue('moved away')
  await dialog()!.find('form').trigger('submit')
  await server.answer(refusedWith('network.lost'))
  await flushPromises()
  expect(dialog()!.find('[role="status"]').text()).toContain('Kept on this device')
  await dialog()!.find('form').trigger('submit')
  await server.retry()
  await server.answer(refusedWith('member.self'))
  await flushPromises()
  expect(dialog()!.find('[role="alert"]').exists()).toBe(true)
  await dialog()!.find('form').trigger('submit')
  await server.answer(ACCEPTED)
  await flushPromises()
  expect(dialog()).toBeUndefined()
  expect(server.sent.map((c) => c.id)).toEqual(['id-1', 'id-1', 'id-2'])
  expect(server.sent[0]!.data).toEqual({ member: 'a', reason: 'moved away' })
})

test('M2 what a form lacks is said in its own words, and nothing is sent', async () => {
  const { wrapper } = await openPage(PeoplePage, '/people')
  await ofMember(wrapper, 'Name a').findAll('.act button').at(-1)!.trigger('click')
  const form = (title: string) =>
    wrapper
      .findAll('dialog')
      .find((d) => d.text().includes(title))!
      .find('form')
  await form('Deactivate Name a').trigger('submit')
  expect(form('Deactivate Name a').find('.field [role="alert"]').text()).toContain('This is empty')
  await wrapper.find('header .primary').trigger('click')
  await form('Invite').trigger('submit')
  expect(form('Invite').attributes('novalidate')).toBeDefined()
  expect(form('Invite').findAll('.field [role="alert"]')).toHaveLength(2)
  expect(server.sent).toEqual([])
})

test('N7 Y9 a link for a new password is offered for others, and shown once', async () => {
  const { wrapper } = await openPage(PeoplePage, '/people')
  expect(ofMember(wrapper, 'Name o').text()).not.toContain('Reset password')
  const dialog = () => wrapper.findAll('dialog').find((d) => d.text().includes('Reset the password of Name a'))
  const open = () => ofMember(wrapper, 'Name a').find('.act button').trigger('click')
  await open()
  here.callApi.mockResolvedValueOnce({ ok: false, refusals: [{ code: 'auth.noAccount', at: 'member' }] })
  await dialog()!.find('form').trigger('submit')
  await flushPromises()
  expect(dialog()!.find('[role="alert"]').text()).toContain('no account')
  here.callApi.mockResolvedValueOnce({ ok: true, value: { link: 'http://x/reset#token' } })
  await dialog()!.find('form').trigger('submit')
  await flushPromises()
  expect(here.callApi).toHaveBeenCalledWith('resetLink', { member: 'a' })
  expect(dialog()!.find<HTMLInputElement>('input').element.value).toBe('http://x/reset#token')
  await dialog()!.find('button').trigger('click')
  await open()
  expect(dialog()!.find('input').exists()).toBe(false)
})

test('the history of a member is one click away and grows as it is read', async () => {
  const added = version(4, { member: { name: 'Name a', role: 'district', unit: 'A' } })
  giveRows('history:member/a', added)
  const { wrapper } = await openPage(PeoplePage, '/people')
  await ofMember(wrapper, 'Name a').find('th button').trigger('click')
  const lines = () => wrapper.findAll('dialog li').map((e) => e.find('.entry').text())
  expect(lines()).toEqual(['Office added as district, Unit A'])
  giveRows('history:member/a', version(9, { type: 'MemberEnded', reason: 'retired' }), added)
  await flushPromises()
  expect(lines()).toEqual(['Office added as district, Unit A', 'Office deactivated retired'])
  giveRows('history:member/a', { ...added, by: { id: 'system', name: 'system' } })
  await flushPromises()
  expect(lines()).toEqual(['The server added as district, Unit A'])
})

test('M12 work is offered to those of the same role, at the unit or above it', async () => {
  giveRows(
    'people',
    member('a', 'district', 'A'),
    member('c', 'district', 'A'),
    member('b', 'district', 'B'),
    member('o', 'office', 'C'),
  )
  const { wrapper } = await openPage(PeoplePage, '/people')
  const button = ofMember(wrapper, 'Name a')
    .findAll('.act button')
    .find((e) => e.text().includes('Hand over'))!
  await button.trigger('click')
  expect(wrapper.findAll<HTMLOptionElement>('dialog option:not([hidden])').map((o) => o.element.textContent)).toEqual([
    'Name c',
  ])
})

test('M12 where one person alone can take over it is chosen, and the page says when it is done', async () => {
  giveRows('people', member('a', 'district', 'A'), member('c', 'district', 'A'), member('o', 'office', 'C'))
  const { wrapper } = await openPage(PeoplePage, '/people')
  const buttons = ofMember(wrapper, 'Name a').findAll('.act button')
  await buttons.find((e) => e.text().includes('Hand over'))!.trigger('click')
  await flushPromises()
  expect(wrapper.find<HTMLSelectElement>('dialog select').element.value).toBe('c')
  await wrapper.find('dialog input').setValue('moves')
  await wrapper.find('dialog form').trigger('submit')
  await server.answer(ACCEPTED)
  await flushPromises()
  expect(wrapper.find('[role=status]').text()).toContain('The work of Name a is handed over to Name c')
})
