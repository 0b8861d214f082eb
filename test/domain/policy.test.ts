import { describe, expect, test } from 'vitest'
import { COMMANDS, type CommandKind } from '../../shared/command.ts'
import { indexUnits } from '../../shared/domain/units.ts'
import { type Actor, mayCommand, mayWatch, parseScope, ROLES, SCOPES, type ScopeKind } from '../../shared/policy.ts'
import { tinyProgramme } from '../support/programme.ts'

const units = indexUnits(tinyProgramme())
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
  LockPeriod: '*----',
  ReopenPeriod: '*----',
  LogIssue: '-o*--',
  ReplyToIssue: '***--',
  CloseIssue: '--*--',
  ReopenIssue: '--*--',
}
const WATCH_TABLE: Record<ScopeKind, string> = {
  programme: '****-',
  unit: '****-',
  sheet: '*o*o-',
  issues: '****-',
  people: '*----',
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
  test('Y1 every kind of scope has a row', () => {
    expect(Object.keys(WATCH_TABLE).sort()).toEqual([...SCOPES].sort())
  })

  test.each(Object.entries(WATCH_TABLE) as [ScopeKind, string][])('Y1 %s: %s', (kind, row) => {
    expect(ALL.map((role) => reachOf((unit) => mayWatch(actor(role), kind, units, unit))).join('')).toBe(row)
  })

  test('Y4 an unknown unit is in nobody’s subtree', () => {
    expect(mayWatch(actor('district'), 'sheet', units, 'Z9')).toBe(false)
    expect(mayCommand(actor('district'), 'SubmitReports', units, 'Z9')).toBe(false)
    expect(mayCommand({ ...actor('district'), unit: '' }, 'SubmitReports', units, 'A1')).toBe(false)
  })
})

describe('names of scopes', () => {
  test.each([
    ['programme', { kind: 'programme' }],
    ['issues', { kind: 'issues' }],
    ['people', { kind: 'people' }],
    ['unit:A1', { kind: 'unit', unit: 'A1' }],
    ['sheet:A', { kind: 'sheet', unit: 'A' }],
    ['unit:A:1', { kind: 'unit', unit: 'A:1' }],
    ['unit', undefined],
    ['unit:', undefined],
    ['issues:A', undefined],
    ['issues:', undefined],
    ['units:A', undefined],
    ['', undefined],
    [':A', undefined],
    ['toString', undefined],
  ])('Y5 %j', (scope, parsed) => {
    expect(parseScope(scope)).toEqual(parsed)
  })
})
