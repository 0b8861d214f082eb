import { describe, expect, test } from 'vitest'
import { COMMANDS, type CommandKind } from '../../shared/command.ts'
import { indexUnits } from '../../shared/domain/units.ts'
import { ROLES } from '../../shared/domain/roles.ts'
import {
  type Actor,
  covers,
  mayCommand,
  mayWatch,
  parseScope,
  type Scope,
  scopeExists,
  SCOPES,
} from '../../shared/policy.ts'
import { tinyProgramme } from '../support/programme.ts'
import { event, given, ready, SYSTEM } from './given.ts'

const units = indexUnits(tinyProgramme())
const TODAY = '2008-03-05'
const ALL = [...ROLES, 'system'] as const
/** of district A */
const actor = (role: Actor['role']): Actor => ({ id: role, name: role, role, unit: 'A' })

/** `*` everywhere, `o` in the own subtree, `r` the whole for who is at the root, `s` for oneself, of no unit, `-` not at all; office, district, legal, viewer, system. */
const COMMAND_TABLE: Record<CommandKind, string> = {
  OpenProgramme: '----*',
  BeginDay: '----*',
  PassDeadline: '----*',
  EndProgramme: '----*',
  DoubtDay: '----*',
  EndDoubt: '----*',
  ConfirmDay: 'r----',
  TakeDayBack: 'r----',
  AddMember: 'o---*',
  EndMember: 'o----',
  AssignTasks: 'o----',
  HandOver: 'o----',
  AddMachine: 'oo---',
  EndMachine: 'oo---',
  SubmitReports: 'oo---',
  SettleDispute: 'oo---',
  AddBaseline: 'r----',
  WithdrawReports: 'oo---',
  ReattributeReports: 'oo---',
  AcceptReattribution: 'oo---',
  DeclineReattribution: 'oo---',
  ApproveReports: 'oo---',
  ReturnReports: 'oo---',
  AnswerQuestions: 'oo---',
  AskAboutFigures: 'oo---',
  AnswerInquiry: 'oo---',
  LockPeriod: 'r----',
  ReopenPeriod: 'r----',
  LogIssue: '-o*--',
  ReplyToIssue: '***--',
  CloseIssue: '--*--',
  ReopenIssue: '--*--',
  Escalate: '----*',
  RemindOfficials: 'o----',
  NoteCall: 'o----',
  PostponeReminder: 'o----',
  SeeReminder: '-s---',
}
/** By name of a scope; `U` stands for a unit. */
const WATCH_TABLE: Record<string, string> = {
  programme: '****-',
  'unit:U': '****-',
  'sheet:U/2008-03-05': '*o*o-',
  'calendar:U': '*o*o-',
  'work:U': '*o*o-',
  'silence:U': '*o---',
  issues: '****-',
  'issue:12': '****-',
  'queue:U': '*o---',
  people: '*----',
  'history:report/U/2008-03-05': '*o*o-',
  'history:member/viewer': '*----',
  'history:period': '*----',
  'history:clock': 'r----',
}

type Ask = (unit?: string) => boolean
const TREE = [undefined, 'A', 'A1', 'B1', 'C']
/** What somebody of A may (own unit, below it, another's, above it), and what somebody of the root. */
const reachOf = (ofA: Ask, ofRoot: Ask): string => {
  const [a, root] = [ofA, ofRoot].map((may) => TREE.map((unit) => (may(unit) ? 'x' : '-')).join(''))
  const reaches: Record<string, string> = {
    'xxxxx xxxxx': '*',
    'xxx-- xxxxx': 'o',
    '----- xxxxx': 'r',
    'x---- x----': 's',
    '----- -----': '-',
  }
  return reaches[`${a} ${root}`] ?? '?'
}
const atRoot = (role: Actor['role']): Actor => ({ ...actor(role), unit: 'C' })

describe('one table for commands', () => {
  test('Y3 every command has a row', () => {
    expect(Object.keys(COMMAND_TABLE).sort()).toEqual(Object.keys(COMMANDS).sort())
  })

  test.each(Object.entries(COMMAND_TABLE) as [CommandKind, string][])('Y3 %s: %s', (kind, row) => {
    const may = (of: Actor) => (unit?: string) => mayCommand(of, kind, units, unit)
    expect(ALL.map((role) => reachOf(may(actor(role)), may(atRoot(role)))).join('')).toBe(row)
  })
})

describe('one table for watching', () => {
  const read = (name: string): Scope => {
    const scope = parseScope(name)
    if (scope === undefined) throw new Error(name)
    return scope
  }

  test('Y1 every kind of scope has a row', () => {
    expect([...new Set(Object.keys(WATCH_TABLE).map((name) => read(name).kind))].sort()).toEqual([...SCOPES].sort())
  })

  test.each(Object.entries(WATCH_TABLE))('Y1 Y6 %s: %s', (name, row) => {
    const may = (of: Actor) => (unit?: string) => mayWatch(of, read(name.replace('U', unit ?? of.unit)), units, TODAY)
    expect(ALL.map((role) => reachOf(may(actor(role)), may(atRoot(role)))).join('')).toBe(row)
  })

  test('Y4 an unknown unit is in nobody’s subtree', () => {
    const sheet = { kind: 'sheet', unit: 'Z9', day: '2008-03-05' } as const
    for (const role of ROLES) expect(mayWatch(actor(role), sheet, units, TODAY)).toBe(false)
    expect(mayCommand(actor('district'), 'SubmitReports', units, 'Z9')).toBe(false)
    expect(mayCommand({ ...actor('district'), unit: '' }, 'SubmitReports', units, 'A1')).toBe(false)
  })

  test('Y8 a unit that went into one of the own is own too, for who watches', () => {
    const programme = tinyProgramme()
    const ended = { ...programme.units.find((u) => u.code === 'A3')!, endsOn: '2008-03-31', into: 'B1' }
    const merged = indexUnits({ ...programme, units: programme.units.map((u) => (u.code === 'A3' ? ended : u)) })
    const ofB: Actor = { ...actor('district'), unit: 'B' }
    for (const name of ['sheet:A3/2008-03-05', 'history:report/A3/2008-03-05']) {
      const may = (of: typeof units, today: string | null) => mayWatch(ofB, read(name), of, today)
      expect([may(merged, '2008-04-01'), may(units, '2008-04-01')]).toEqual([true, false])
      // until it has ended it is a unit of others
      expect([may(merged, '2008-03-31'), may(merged, null)]).toEqual([false, false])
    }
  })
})

describe('Y9 nobody decides about more than they have', () => {
  const at = (role: Actor['role'], unit: string): Actor => ({ ...actor(role), unit })
  const given = (by: Actor, unit: string) => ROLES.filter((role) => covers(by, units, role, unit))

  test('the office of the whole gives every role everywhere, that of a part those that end with it', () => {
    for (const unit of ['C', 'A', 'A1', 'B']) expect(given(at('office', 'C'), unit)).toEqual(ROLES)
    for (const unit of ['A', 'A1']) expect(given(at('office', 'A'), unit)).toEqual(['office', 'district', 'viewer'])
    for (const unit of ['C', 'B', 'B1']) expect(given(at('office', 'A'), unit)).toEqual(['viewer'])
    expect(given(at('office', 'A1'), 'A')).toEqual(['viewer'])
  })

  test('who may not add members covers no more than they have themselves', () => {
    expect(given(at('district', 'A'), 'A')).toEqual(['district', 'viewer'])
    expect(given(at('district', 'C'), 'A')).toEqual(['district', 'viewer'])
    expect(given(at('legal', 'C'), 'A')).toEqual(['legal', 'viewer'])
    expect(given(at('viewer', 'C'), 'A')).toEqual(['viewer'])
    expect(given(SYSTEM, 'C')).toEqual(ROLES)
  })
})

describe('names of scopes', () => {
  test.each<[string, Scope | undefined]>([
    ['programme', { kind: 'programme' }],
    ['issues', { kind: 'issues' }],
    ['people', { kind: 'people' }],
    ['unit:A1', { kind: 'unit', unit: 'A1' }],
    ['unit:A:1', { kind: 'unit', unit: 'A:1' }],
    ['sheet:A/2008-03-05', { kind: 'sheet', unit: 'A', day: '2008-03-05' }],
    ['issue:12', { kind: 'issue', issue: 12 }],
    ['history:report/A1/2008-03-05', { kind: 'history', of: 'report', unit: 'A1', day: '2008-03-05' }],
    ['history:member/viewer', { kind: 'history', of: 'member', member: 'viewer' }],
    ['history:period', { kind: 'history', of: 'period' }],
    ['unit', undefined],
    ['unit:', undefined],
    ['unit:A/2008-03-05', undefined],
    ['calendar:A1', { kind: 'calendar', unit: 'A1' }],
    ['calendar', undefined],
    ['silence:A1', { kind: 'silence', unit: 'A1' }],
    ['silence:A1/2008-03-05', undefined],
    ['calendar:', undefined],
    ['calendar:A/2008-03', undefined],
    ['sheet:A', undefined],
    ['sheet:A/', undefined],
    ['sheet:/2008-03-05', undefined],
    ['sheet:A/2008-02-30', undefined],
    ['sheet:A/2008-03-05/x', undefined],
    ['issue', undefined],
    ['issue:', undefined],
    ['issue:0', undefined],
    ['issue:012', undefined],
    ['issue:1.5', undefined],
    ['issues:A', undefined],
    ['issues:', undefined],
    ['people:office', undefined],
    ['units:A', undefined],
    ['history', undefined],
    ['history:report/A1', undefined],
    ['history:issue/1', undefined],
    ['history:member', undefined],
    ['history:member/', undefined],
    ['history:member/a/b', undefined],
    ['history:period/1', undefined],
    ['', undefined],
    [':A', undefined],
    ['toString', undefined],
    ['history:toString/x', undefined],
  ])('Y7 %j', (scope, parsed) => {
    expect(parseScope(scope)).toEqual(parsed)
  })

  test('Y7 what is named has to exist', () => {
    const world = given([...ready(), event('IssueLogged', { ...question, issue: 1, number: '1' })])
    const exists = (name: string) => scopeExists(parseScope(name)!, world)
    for (const name of [
      'programme',
      'issues',
      'people',
      'unit:A',
      'sheet:A1/2008-03-05',
      'issue:1',
      'history:member/viewer',
    ])
      expect([name, exists(name)]).toEqual([name, true])
    for (const name of [
      'unit:Z9',
      'sheet:Z9/2008-03-05',
      'issue:2',
      'history:member/x',
      'history:report/Z9/2008-03-05',
    ])
      expect([name, exists(name)]).toEqual([name, false])
  })
})

const question = {
  title: 'Who signs?',
  text: 'An employer hands in forty forms.',
  category: 'fee',
  unit: 'A1',
  from: '2008-01-03',
  to: null,
  article: null,
  counters: [],
}
