import { describe, expect, test } from 'vitest'
import type { CommandKind } from '../../shared/command.ts'
import { memberEvents } from '../../shared/domain/member.ts'
import { readEvent } from '../../shared/event.ts'
import { type Actor, mayCommand } from '../../shared/policy.ts'
import { districtA, office } from '../support/people.ts'
import { after, ask, events, given, opened, ready, refusals, SYSTEM } from './given.ts'

const person = { member: 'new', name: 'Lin', role: 'district', unit: 'A' } as const
const officeOfA: Actor = { ...office, id: 'officeOfA', unit: 'A' }

describe('adding', () => {
  test('M1 by the system at first, by the office in its own subtree afterwards', () => {
    const added = [{ type: 'MemberAdded', data: { ...person, tasks: ['report', 'review'] } }]
    expect(events(opened(), SYSTEM, 'AddMember', person)).toEqual(added)
    expect(events(ready(), office, 'AddMember', person)).toEqual(added)
    expect(events(ready(), officeOfA, 'AddMember', person)).toEqual(added)
    expect(refusals(ready(), officeOfA, 'AddMember', { ...person, unit: 'C' }).map((r) => r.code)).toEqual([
      'may.outsideUnit',
    ])
    expect(refusals(ready(), districtA, 'AddMember', person)).toEqual([{ code: 'may.not' }])
  })

  test('M1 what is wrong is said together', () => {
    expect(refusals(ready(), officeOfA, 'AddMember', { ...person, member: 'viewer', unit: 'B' })).toEqual([
      { code: 'member.exists', at: 'member' },
      { code: 'may.outsideUnit', params: { unit: 'B' }, at: 'unit' },
    ])
  })

  test('M1 Y9 nobody gives a role that reaches further than they do', () => {
    const beyond = { code: 'may.beyondOwn', params: { role: 'legal', unit: 'A' }, at: 'role' }
    expect(refusals(ready(), officeOfA, 'AddMember', { ...person, role: 'legal' })).toEqual([beyond])
    for (const role of ['office', 'district', 'viewer'] as const)
      expect(refusals(ready(), officeOfA, 'AddMember', { ...person, role })).toEqual([])
    for (const unit of ['C', 'A', 'A1'])
      expect(refusals(ready(), office, 'AddMember', { ...person, role: 'legal', unit })).toEqual([])
  })

  test('M1 nobody is called what the log calls the scheduler', () => {
    expect(refusals(ready(), office, 'AddMember', { ...person, member: 'system' })).toEqual([
      { code: 'member.exists', at: 'member' },
    ])
  })

  test('M1 roles are the four of the table', () => {
    expect(ask(given(ready()), office, 'AddMember', { ...person, role: 'system' })).toEqual({
      ok: false,
      refusals: [{ code: 'input.invalid', at: 'role' }],
    })
  })
})

describe('tasks', () => {
  const assign = (member: string, tasks: readonly ('report' | 'review')[]) => ({
    member,
    tasks: [...tasks],
    reason: 'shared out anew',
  })

  test('M5 who joins has those of the role, or those that are named', () => {
    const tasks = (more: object) =>
      events(ready(), office, 'AddMember', { ...person, ...more }).map((e) => 'tasks' in e.data && e.data.tasks)
    expect(tasks({})).toEqual([['report', 'review']])
    expect(tasks({ role: 'viewer' })).toEqual([[]])
    expect(tasks({ tasks: ['review', 'review'] })).toEqual([['review']])
    const none = [{ code: 'member.noTask', params: { role: 'legal' }, at: 'tasks' }]
    expect(refusals(ready(), office, 'AddMember', { ...person, role: 'legal', tasks: ['report'] })).toEqual(none)
  })

  test('M5 members of earlier logs have all that their role can have', () => {
    const before = { seq: 1, at: '2008-01-01T00:00:00.000Z', actor: 'system', command: 'c', hash: '' }
    const read = (role: string) =>
      readEvent({ ...before, type: 'MemberAdded', v: 1, data: { member: 'm', name: 'M', role, unit: 'A' } }).data
    expect([read('district'), read('viewer')]).toMatchObject([{ tasks: ['report', 'review'] }, { tasks: [] }])
  })

  test('M6 they are assigned with a reason, by whoever may end the member', () => {
    const past = after(ready(), office, 'AssignTasks', assign('districtA', ['review']))
    expect(past.at(-1)?.data).toEqual(assign('districtA', ['review']))
    expect(given(past).members.get('districtA')?.tasks).toEqual(['review'])
    expect(events(past, office, 'AssignTasks', assign('districtA', ['review']))).toEqual([])
    expect(events(past, officeOfA, 'AssignTasks', assign('districtA', []))).toHaveLength(1)
    expect(events(past, office, 'AssignTasks', assign('office', ['review']))).toHaveLength(1)
  })

  test('Y11 a command needs its task at the moment of the decision', () => {
    const may = (tasks: Actor['tasks'], kind: CommandKind) =>
      mayCommand({ ...districtA, ...(tasks && { tasks }) }, kind, given(ready()).setting!.units, 'A1')
    for (const kind of ['SubmitReports', 'SettleDispute', 'WithdrawReports', 'ReattributeReports'] as const)
      expect([may(['report'], kind), may(['review'], kind), may(undefined, kind)]).toEqual([true, false, true])
    for (const kind of ['ApproveReports', 'ReturnReports'] as const)
      expect([may(['report'], kind), may(['review'], kind), may(undefined, kind)]).toEqual([false, true, true])
    expect(may([], 'LogIssue')).toBe(true)
  })
})

describe('ending', () => {
  const ended = after(ready(), office, 'EndMember', { member: 'districtA', reason: 'moved' })

  test('M2 with a reason; the member stays known by name', () => {
    expect(given(ended).members.get('districtA')).toEqual({
      id: 'districtA',
      name: 'District A',
      role: 'district',
      unit: 'A',
      tasks: ['report', 'review'],
      ended: true,
    })
  })

  test('M2 nobody ends themselves, nor anybody twice, nor outside their subtree', () => {
    const codes = (past: typeof ended, by: Actor, member: string) =>
      refusals(past, by, 'EndMember', { member, reason: 'moved' }).map((r) => r.code)
    expect(codes(ended, office, 'office')).toEqual(['member.self'])
    expect(codes(ended, office, 'districtA')).toEqual(['member.ended'])
    // what is outside the subtree is not told, ended or not
    expect(codes(ended, { ...officeOfA, unit: 'B' }, 'districtA')).toEqual(['may.outsideUnit'])
  })

  test('M2 Y9 nor somebody who may do more than they', () => {
    const past = after(ready(), office, 'AddMember', { member: 'jurist', name: 'Jurist', role: 'legal', unit: 'A1' })
    const end = (by: Actor) => refusals(past, by, 'EndMember', { member: 'jurist', reason: 'moved' })
    expect(end(officeOfA)).toEqual([{ code: 'may.beyondOwn', params: { role: 'legal', unit: 'A1' } }])
    expect(end(office)).toEqual([])
  })

  test('M4 a name is of one living member, whatever its case, width and spaces', () => {
    const named = (name: string, world = ready()) => refusals(world, office, 'AddMember', { ...person, name })
    for (const name of ['District B', 'district b', 'Ｄistrict　Ｂ', 'DistrictB'])
      expect(named(name)).toEqual([{ code: 'member.nameTaken', at: 'name' }])
    expect(named('District B (second section)')).toEqual([])
    // who comes again is called the same
    expect(named('District A', ended)).toEqual([])
  })

  test('M4 W7 names that are in the log already stay, whatever they are', () => {
    const world = given(ready())
    const data = { member: 'old', name: 'exe\u202Efdp', role: 'viewer', unit: 'B' } as const
    memberEvents.MemberAdded.evolve(world, { data } as never)
    memberEvents.MemberAdded.evolve(world, { data: { ...data, member: 'older' } } as never)
    expect([world.members.get('old')?.name, world.members.get('older')?.name]).toEqual([data.name, data.name])
  })

  test('M3 the id of an ended member is not given again', () => {
    expect(refusals(ended, office, 'AddMember', { ...person, member: 'districtA' })).toEqual([
      { code: 'member.exists', at: 'member' },
    ])
  })
})
