import { describe, expect, test } from 'vitest'
import { COMMANDS, type CommandKind } from '../../shared/command.ts'
import { indexUnits } from '../../shared/domain/units.ts'
import { ROLES } from '../../shared/domain/roles.ts'
import { type Actor, mayCommand, mayWatch, parseScope, type Scope, scopeExists, SCOPES } from '../../shared/policy.ts'
import { tinyProgramme } from '../support/programme.ts'
import { event, given, ready } from './given.ts'

const units = indexUnits(tinyProgramme())
const TODAY = '2008-03-05'
const ALL = [...ROLES, 'system'] as const
/** of district A */
const actor = (role: Actor['role']): Actor => ({ id: role, name: role, role, unit: 'A' })

/** `*` everywhere, `o` in the own subtree, `-` not at all; office, district, legal, viewer, system. */
const COMMAND_TABLE: Record<CommandKind, string> = {
  OpenProgramme: '----*',
  BeginDay: '----*',
  PassDeadline: '----*',
  AddMember: 'o---*',
  EndMember: 'o----',
  SubmitReports: 'oo---',
  SettleDispute: 'oo---',
  AddBaseline: '*----',
  WithdrawReports: 'oo---',
  ReattributeReports: 'oo---',
  AcceptReattribution: 'oo---',
  DeclineReattribution: 'oo---',
  ApproveReports: 'oo---',
  ReturnReports: 'oo---',
  LockPeriod: '*----',
  ReopenPeriod: '*----',
  LogIssue: '-o*--',
  ReplyToIssue: '***--',
  CloseIssue: '--*--',
  ReopenIssue: '--*--',
}
/** By name of a scope; `U` stands for a unit. */
const WATCH_TABLE: Record<string, string> = {
  programme: '****-',
  'unit:U': '****-',
  'sheet:U/2008-03-05': '*o*o-',
  issues: '****-',
  'issue:12': '****-',
  people: '*----',
  'history:report/U/2008-03-05': '*o*o-',
  'history:member/viewer': '*----',
  'history:period': '*----',
}

type Ask = (unit?: string) => boolean
const reachOf = (may: Ask): string => {
  const [any, own, below, other, above] = [may(), may('A'), may('A1'), may('B1'), may('C')]
  if (other) return any && own && below && above ? '*' : '?'
  if (own) return any && below && !above ? 'o' : '?'
  return any || below || above ? '?' : '-'
}

describe('one table for commands', () => {
  test('Y3 every command has a row', () => {
    expect(Object.keys(COMMAND_TABLE).sort()).toEqual(Object.keys(COMMANDS).sort())
  })

  test.each(Object.entries(COMMAND_TABLE) as [CommandKind, string][])('Y3 %s: %s', (kind, row) => {
    expect(ALL.map((role) => reachOf((unit) => mayCommand(actor(role), kind, units, unit))).join('')).toBe(row)
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
    const may = (role: Actor['role']) => (unit?: string) =>
      mayWatch(actor(role), read(name.replace('U', unit ?? 'A')), units, TODAY)
    expect(ALL.map((role) => reachOf(may(role))).join('')).toBe(row)
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
