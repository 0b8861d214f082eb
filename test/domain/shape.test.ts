/** What cannot be read is refused before anything is decided, every fault with its place. */
import { describe, expect, test } from 'vitest'
import { COMMANDS, type CommandKind, parseData, parseEnvelope } from '../../shared/command.ts'
import { isDay } from '../../shared/progress/day.ts'

const codesOf = (input: unknown) => {
  const what = parseEnvelope(input)
  const parsed = what.ok ? parseData(what.value) : what
  return parsed.ok ? [] : parsed.refusals.map((r) => `${r.at ?? '-'} ${r.code}`)
}
const command = (kind: string, data: unknown) => ({ id: 'test-command', kind, data })
const KINDS = Object.keys(COMMANDS) as CommandKind[]

describe('the envelope', () => {
  test.each([
    [null, ['- input.type']],
    [[], ['- input.type']],
    ['BeginDay', ['- input.type']],
    [{}, ['id input.required', 'kind input.required', 'data input.required']],
    [{ id: 'short', kind: 'BeginDay', data: { day: '2008-01-02' } }, ['id input.invalid']],
    [{ ...command('BeginDay', { day: '2008-01-02' }), at: 'now' }, ['- input.unknownField']],
    [command('Begin', {}), ['kind command.unknown']],
    [command('constructor', {}), ['kind command.unknown']],
    [command('__proto__', {}), ['kind command.unknown']],
  ])('L7 %j', (input, faults) => {
    expect(codesOf(input)).toEqual(faults)
  })

  test('L7 an id has 8 to 64 letters, digits, points, colons, dashes and low lines, the first a letter or digit', () => {
    const id = (text: string) => codesOf({ ...command('BeginDay', { day: '2008-01-02' }), id: text })
    for (const good of ['abcdefgh', 'BeginDay:2008-01-02', '0'.repeat(64)]) expect(id(good)).toEqual([])
    for (const bad of ['abcdefg', '0'.repeat(65), '-bcdefgh', 'abcd efgh', 'abcdefgé'])
      expect(id(bad)).toEqual(['id input.invalid'])
  })
})

describe('the data', () => {
  test.each(KINDS)('L7 %s with nothing, with another type, and with a field too many', (kind) => {
    const fields = Object.values(COMMANDS[kind].input.shape)
    expect(codesOf(command(kind, {})).length).toBe(fields.filter((f) => !f.safeParse(undefined).success).length)
    for (const data of [null, 7, 'x', []]) expect(codesOf(command(kind, data))).toEqual(['- input.type'])
    expect(codesOf(command(kind, undefined))).toEqual(['- input.required'])
    expect(codesOf(command(kind, { extra: 1 }))).toContain('- input.unknownField')
  })

  test.each<[CommandKind, object, string[]]>([
    ['BeginDay', { day: '2008-02-30' }, ['day day.invalid']],
    ['LockPeriod', { through: '2008-1-2' }, ['through day.invalid']],
    ['EndMember', { member: 'a b', reason: 'x' }, ['member input.invalid']],
    ['SubmitReports', { items: [] }, ['items input.invalid']],
    ['CloseIssue', { issue: 0, reason: '\n' }, ['issue input.invalid', 'reason input.required']],
    ['ReplyToIssue', { issue: 1.5, text: 'x' }, ['issue input.type']],
    [
      'SubmitReports',
      {
        items: [
          { unit: 'A1', day: '2008-01-02', values: { accepted: -1.5 }, basedOn: -1 },
          { unit: '', day: 7, values: [], basedOn: 0, type: 'new', reason: ' ', confirmed: ['report.locked'] },
        ],
      },
      [
        'items.0.values.accepted report.notInteger',
        'items.0.values.accepted report.negative',
        'items.0.basedOn input.invalid',
        'items.1.unit input.invalid',
        'items.1.day input.type',
        'items.1.values input.type',
        'items.1.type input.invalid',
        'items.1.reason input.required',
        'items.1.confirmed.0 input.invalid',
      ],
    ],
    [
      'SettleDispute',
      { unit: 'A1', day: '2008-01-02', values: { accepted: 1 }, basedOn: 'test-command', reason: 'x' },
      ['basedOn input.invalid'],
    ],
    [
      'WithdrawReports',
      { items: [{ unit: 'A1', day: '2008-01-02', counters: [], basedOn: { accepted: 'short' } }], reason: 'x' },
      ['items.0.counters input.invalid', 'items.0.basedOn.accepted input.invalid'],
    ],
    [
      'ApproveReports',
      { items: [{ unit: 'A1', day: '2008-01-02', versions: { accepted: 0 } }] },
      ['items.0.versions.accepted input.invalid'],
    ],
    ['AcceptReattribution', { offer: 0, basedOn: -1 }, ['offer input.invalid', 'basedOn input.invalid']],
    [
      'ReattributeReports',
      { from: { unit: 'A1', day: '2008-01-02' }, to: { unit: 'A2' }, reason: 'x' },
      ['from.basedOn input.invalid', 'to.day input.required', 'to.basedOn input.invalid'],
    ],
  ])('L7 %s %j', (kind, data, faults) => {
    expect(codesOf(command(kind, data))).toEqual(faults)
  })

  test.each([0, 'an-earlier-command', { accepted: 3, issued: 'an-earlier-command' }])(
    'L7 what an edit was made upon is a version or a command, for all counters or for each: %j',
    (basedOn) => {
      const items = [{ unit: 'A1', day: '2008-01-02', values: { accepted: 1, issued: 1 }, basedOn }]
      expect(codesOf(command('SubmitReports', { items }))).toEqual([])
    },
  )

  test('L7 L12 at most 5,000 reports, and 2,000 items of what is decided in one go', () => {
    const cell = { unit: 'A1', day: '2008-01-02' }
    const codes = (kind: CommandKind, one: object, items: number) =>
      codesOf(command(kind, { items: Array.from({ length: items }, () => one), reason: 'x' }))
    const report = { ...cell, values: {}, basedOn: 0 }
    const reports = (items: number) => codesOf(command('SubmitReports', { items: new Array(items).fill(report) }))
    expect([reports(5_000), reports(5_001)]).toEqual([[], ['items input.tooMany']])
    for (const [kind, one] of [
      ['WithdrawReports', { ...cell, basedOn: 0 }],
      ['ReturnReports', { ...cell, versions: { issued: 1 } }],
    ] as const)
      expect([codes(kind, one, 2_000), codes(kind, one, 2_001)], kind).toEqual([[], ['items input.tooMany']])
  })
})

test.each([
  ['2008-02-29', true],
  ['2007-02-29', false],
  ['2000-02-29', true],
  ['1900-02-29', false],
  ['2008-04-31', false],
  ['2008-00-01', false],
  ['0050-01-01', false],
  ['2008-01-01T00:00', false],
  ['２００８-01-01', false],
])('T4 %s is a day: %s', (text, there) => {
  expect(isDay(text)).toBe(there)
})
