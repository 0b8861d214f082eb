/** Everybody asks for everything, over HTTP and over a live connection, and gets what the rules give them (finding S3). */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CommandKind, COMMANDS as KINDS } from '../../shared/command.ts'
import type { Role } from '../../shared/domain/roles.ts'
import { type Actor, SCOPES as SCOPE_KINDS } from '../../shared/policy.ts'
import { API, type Route } from '../../shared/protocol/api.ts'
import { type ClientToServer, SOCKET_EVENTS } from '../../shared/protocol/socket.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { item, newId } from '../support/core.ts'
import { tinyProgramme } from '../support/programme.ts'
import { readSources } from '../support/source.ts'
import {
  type Client,
  codes,
  emitRaw,
  type Live,
  MORNING,
  startServer,
  type TestServer,
  watch,
} from '../support/server.ts'
import {
  cell,
  type Column,
  COLUMNS,
  COMMANDS,
  EVENTS,
  GIVING,
  OTHERS,
  ROUTES,
  type Row,
  SCOPES,
} from './rightsTable.ts'

const ROOT = join(import.meta.dirname, '../..')
const DAY = '2008-01-10'
const PAST = '2008-01-09'
const FAR = 14 * 24 * 3_600_000

/** Everybody of the columns, and those whom things are done to. */
const member = (id: string, role: Role, unit: string): Actor => ({ id, name: id, role, unit })
const PEOPLE: Record<Exclude<Column, 'nobody'>, Actor> = {
  office: member('office', 'office', 'C'),
  officeOfA: member('officeOfA', 'office', 'A'),
  district: member('district', 'district', 'A'),
  legal: member('legal', 'legal', 'A'),
  viewer: member('viewer', 'viewer', 'A'),
  ended: member('ended', 'office', 'C'),
  expired: member('expired', 'office', 'C'),
}
const ofB = member('ofB', 'district', 'B')
/** a street of a third district, with which A has nothing to do */
const MORE = ['D', 'D1'].map((code, i) => ({
  ...tinyProgramme().units.find((u) => u.code === (i === 0 ? 'B' : 'B1'))!,
  code,
  parent: i === 0 ? 'C' : 'D',
}))
/** in the programme, so that it can be moved from and to */
const B3 = { ...tinyProgramme().units.find((u) => u.code === 'B1')!, code: 'B3' }

/** Numbers of offers by whom they ask, each for one answer. */
interface Offers {
  accept: { own: number; other: number }
  decline: { own: number; other: number }
}

/** What a refusal by policy is in the table. */
const SIGNS: Record<string, string> = {
  'may.signIn': 's',
  'may.not': '-',
  'may.outsideUnit': 'u',
  'may.beyondOwn': 'b',
}
const signOf = (answer: unknown): string =>
  codes(answer)
    .map((code) => SIGNS[code])
    .find((s) => s !== undefined) ?? '+'

async function setScene(server: TestServer): Promise<Offers> {
  const { core } = server.server
  const must = async (kind: CommandKind, data: unknown, by: Actor = SYSTEM): Promise<number> => {
    const answer = await core.dispatch({ id: newId(), kind, data }, by)
    if (!answer.ok) throw new Error(`${kind}: ${JSON.stringify(answer.refusals)}`)
    return answer.seq
  }
  const add = ({ id, name, role, unit }: Actor) => must('AddMember', { member: id, name, role, unit })
  for (const person of [...Object.values(PEOPLE), ofB]) await add(person)
  for (const unit of ['A1', 'B1']) {
    await add(member(`viewerOf${unit}`, 'viewer', unit))
    const machine = { member: `machine.viewerOf${unit}`, name: `machine of ${unit}`, unit, rights: ['read'] }
    await must('AddMachine', machine, PEOPLE.office)
  }
  const { office, district, legal } = PEOPLE
  const values = { accepted: 9, issued: 4 }
  const report = (unit: string, by: Actor) => must('SubmitReports', { items: [item(unit, DAY, values)] }, by)
  await report('A1', district)
  for (const unit of ['B1', 'B3']) await report(unit, ofB)
  await must(
    'LogIssue',
    { title: 'Who signs?', text: '?', category: 'fee', unit: 'A1', from: PAST, to: null, article: null, counters: [] },
    legal,
  )
  const offer = async (from: string, to: string) => {
    const seq = core.clock().seq
    await must(
      'ReattributeReports',
      { from: { unit: from, day: DAY, basedOn: seq }, to: { unit: to, day: DAY, basedOn: seq }, reason: 'of theirs' },
      ofB,
    )
    return ++offers
  }
  let offers = 0
  const accept = { own: await offer('B1', 'A2'), other: await offer('B1', 'D1') }
  const decline = { own: await offer('B3', 'A3'), other: await offer('B3', 'D1') }
  await core.dispatch({ id: newId(), kind: 'EndMember', data: { member: 'ended', reason: 'moved' } }, office)
  return { accept, decline }
}

/** each is in force from a later day */
let baselines = 0

/** A command that says nothing wrong of its shape, about a unit of A or one of B. */
function dataOf(kind: CommandKind, side: 'own' | 'other', offers: Offers): unknown {
  const unit = side === 'own' ? 'A1' : 'B1'
  const at = { unit, day: DAY }
  const reason = 'because'
  const first = tinyProgramme().baselines[0]!
  const later = new Date(Date.UTC(2008, 3, ++baselines)).toISOString().slice(0, 10)
  const inputs: Record<CommandKind, unknown> = {
    OpenProgramme: { programme: tinyProgramme(), origin: 'real' },
    BeginDay: { day: DAY },
    PassDeadline: { day: DAY },
    EndProgramme: { day: '2009-01-01' },
    DoubtDay: { day: DAY },
    EndDoubt: { day: DAY },
    ConfirmDay: { day: DAY, reason },
    TakeDayBack: { day: PAST, reason },
    AddBaseline: { baseline: { ...first, key: newId(), inForceFrom: later }, reason },
    LockPeriod: { through: '2008-01-01' },
    ReopenPeriod: { from: '2008-01-01', reason },
    AddMember: { member: newId(), name: 'New', role: 'viewer', unit },
    HandOver: { from: `viewerOf${unit}`, to: `viewerOf${unit}`, reason },
    AddMachine: { member: `machine.${newId().replace('-', '')}`, name: newId(), unit, rights: ['report'] },
    EndMachine: { member: `machine.viewerOf${unit}`, reason },
    EndMember: { member: `viewerOf${unit}`, reason },
    AssignTasks: { member: `viewerOf${unit}`, tasks: [], reason },
    SubmitReports: { items: [item(unit, DAY, { accepted: 5 })] },
    SettleDispute: { ...at, values: { accepted: 9 }, basedOn: 1, reason },
    WithdrawReports: { items: [{ ...at, counters: ['accepted'], basedOn: 1 }], reason },
    ReattributeReports: {
      from: { ...at, basedOn: 1 },
      to: { unit: side === 'own' ? 'A2' : 'D1', day: DAY, basedOn: 1 },
      reason,
    },
    AcceptReattribution: { offer: offers.accept[side], basedOn: 1 },
    DeclineReattribution: { offer: offers.decline[side], reason },
    ApproveReports: { items: [{ ...at, versions: { accepted: 1 } }] },
    ReturnReports: { items: [{ ...at, versions: { accepted: 1 } }], reason },
    AnswerQuestions: { ...at, versions: { accepted: 1 }, codes: { accepted: ['outlier'] }, text: reason },
    AskAboutFigures: { ...at, versions: { accepted: 1 }, text: 'which?' },
    AnswerInquiry: { ...at, counters: ['accepted'], text: 'that' },
    LogIssue: { title: 'Who?', text: '?', category: 'fee', unit, from: PAST, to: null, article: null, counters: [] },
    ReplyToIssue: { issue: 1, text: 'The person.' },
    CloseIssue: { issue: 1, reason },
    ReopenIssue: { issue: 1, reason },
    Escalate: { official: PAST },
    RemindOfficials: { cells: [{ unit, day: PAST }], text: reason },
    NoteCall: { unit, day: PAST, member: 'district', text: reason },
    PostponeReminder: { cells: [{ unit, day: PAST }], until: DAY, reason },
    SeeReminder: { reminder: 1 },
  }
  return inputs[kind]
}

const NAMES: Record<keyof typeof SCOPES, (unit: string) => string> = {
  programme: () => 'programme',
  unit: (unit) => `unit:${unit}`,
  sheet: (unit) => `sheet:${unit}/${DAY}`,
  calendar: (unit) => `calendar:${unit}`,
  work: (unit) => `work:${unit}`,
  silence: (unit) => `silence:${unit}`,
  queue: (unit) => `queue:${unit}`,
  issues: () => 'issues',
  issue: () => 'issue:1',
  people: () => 'people',
  historyOfReport: (unit) => `history:report/${unit}/${DAY}`,
  historyOfMember: (unit) => `history:member/viewerOf${unit}`,
  historyOfPeriod: () => 'history:period',
  historyOfClock: () => 'history:clock',
}

/** What each route is sent: enough to come as far as the question of who asks, and to change little. */
const INPUTS: Record<Route, object> = {
  session: {},
  signIn: { login: 'nobody', password: 'wrong' },
  signOut: {},
  demoSignIn: { member: 'office' },
  changePassword: { current: 'wrong', next: 'wrong' },
  invite: { name: 'New', role: 'viewer', unit: 'A1' },
  invitations: {},
  inviteMany: { rows: [{ name: 'New', role: 'viewer', unit: 'A1' }], dryRun: true },
  withdrawInvitation: { invitation: 'none' },
  invitation: { token: 'none' },
  join: { token: 'none', name: 'New', login: 'new', password: 'a good long password' },
  sessions: {},
  endSession: { session: 'none' },
  endSessions: {},
  resetLink: { member: 'viewer' },
  reset: { token: 'none' },
  resetPassword: { token: 'none', password: 'a good long password' },
  ...{ phones: {}, setPhone: { member: 'viewer', phone: '110' }, ownPhone: {}, setOwnPhone: { phone: '120' } },
  changes: { scope: 'programme' },
  spans: { scope: 'unit:A1', month: '2008-01', address: '1-1-00000000' },
  programme: { hash: 'none' },
  figures: { unit: 'none', from: DAY, to: DAY },
  readList: { data: 'bm8gdGFibGU=' },
  checkFile: { data: 'bm8gdGFibGU=', day: DAY },
  operation: {},
  machines: {},
  addMachine: { name: 'Machine', unit: 'A1', rights: ['read'] },
  renewToken: { member: 'machine.viewerOfA1' },
  command: { id: 'test-command', kind: 'Nothing', data: {} },
}
/** these end the session, so they are asked for last */
const LAST: readonly Route[] = ['signOut', 'endSessions']

const sides = ['own', 'other'] as const
const unitOf = (side: (typeof sides)[number]) => (side === 'own' ? 'A1' : 'B1')

describe.each(COLUMNS)('%s', (column) => {
  let server: TestServer
  let offers: Offers
  let client: Client
  /** null where no connection is given */
  let socket: Live | null = null

  beforeAll(async () => {
    const units = [...tinyProgramme().units, ...MORE, B3]
    server = await startServer({ people: false, programme: { units } })
    client = column === 'nobody' ? server.stranger() : await server.as(PEOPLE[column])
    offers = await setScene(server)
    if (column === 'expired') server.clock.now = new Date(MORNING.getTime() + FAR)
    socket = await client.socket().catch(() => null)
  })
  afterAll(async () => {
    socket?.close()
    await server.close()
  })

  const says = (row: Row) => cell(row, column)
  const overSocket = async (event: keyof ClientToServer, ...args: unknown[]): Promise<string> =>
    socket === null ? 's' : signOf(await emitRaw(socket, event, ...args))

  test('Y1 Y2 a live connection is for who is signed in', () => {
    expect(socket === null).toBe(says(EVENTS.watch) === 's')
  })

  test.each(Object.keys(EVENTS) as (keyof ClientToServer)[])('Y3 event %s', async (event) => {
    // no answer comes to it, and it says nothing
    if (event === 'unwatch') return expect(socket === null ? 's' : '+').toBe(says(EVENTS[event]))
    const args = { watch: ['programme', 0], clock: [], command: [{ id: 'test-command', kind: 'Nothing', data: {} }] }[
      event
    ]
    expect(await overSocket(event, ...args)).toBe(says(EVENTS[event]))
  })

  test.each(Object.entries(SCOPES).flatMap(([kind, row]) => sides.map((side) => [kind, side, row[side]] as const)))(
    'Y1 Y4 Y6 scope %s, %s',
    async (kind, side, row) => {
      const scope = NAMES[kind as keyof typeof SCOPES](unitOf(side))
      const { body } = await client.get(`/api/v1/changes?scope=${encodeURIComponent(scope)}`)
      expect([scope, signOf(body)]).toEqual([scope, says(row)])
      const live = socket === null ? 's' : signOf(await watch(socket, scope))
      expect([scope, live]).toEqual([scope, says(row)])
      if (says(row) === '+') expect([scope, codes(body)]).toEqual([scope, []])
      // nor by the way of the past, or of what a page keeps
      const asOf = await client.get(
        `/api/v1/changes?scope=${encodeURIComponent(scope)}&asOf=${server.server.core.clock().seq}`,
      )
      const span = new URLSearchParams({ scope, month: '2008-01', address: '1-1-00000000' })
      const kept = await client.get(`/api/v1/spans?${span.toString()}`)
      expect([asOf, kept].map((reply) => signOf(reply.body))).toEqual([says(row), says(row)])
    },
  )

  test.each(Object.entries(COMMANDS).flatMap(([kind, row]) => sides.map((side) => [kind, side, row[side]] as const)))(
    'Y3 Y4 command %s, %s',
    async (name, side, row) => {
      const kind = name as CommandKind
      const data = dataOf(kind, side, offers)
      const { body } = await client.post('/api/v1/commands', { id: newId(), kind, data })
      expect([kind, signOf(body)]).toEqual([kind, says(row)])
      // whatever else is wrong with it, it was not its shape
      if (says(row) === '+') expect(codes(body).filter((code) => code.startsWith('input.'))).toEqual([])
      expect(await overSocket('command', { id: newId(), kind, data })).toBe(says(row))
    },
  )

  test.each(Object.entries(GIVING))('Y9 who gives and takes %s', async (what, row) => {
    const [role, , unit] = what.split(' ') as [Role, string, string]
    const added = await client.post('/api/v1/commands', {
      ...{ id: newId(), kind: 'AddMember', data: { member: newId(), name: newId(), role, unit } },
    })
    const invited = await client.post('/api/v1/invitations', { name: newId(), role, unit })
    expect([added, invited].map(({ body }) => signOf(body))).toEqual([says(row), says(row)])
    const there = newId()
    await server.server.core.dispatch(
      { id: newId(), kind: 'AddMember', data: { member: there, name: there, role, unit } },
      SYSTEM,
    )
    const reset = await client.post('/api/v1/resets', { member: there })
    const ended = await client.post('/api/v1/commands', {
      ...{ id: newId(), kind: 'EndMember', data: { member: there, reason: 'moved' } },
    })
    expect([reset, ended].map(({ body }) => signOf(body))).toEqual([says(row), says(row)])
  })

  test.each(Object.entries(OTHERS))('Y3 address %s', async (path, row) => {
    const { body } = await client.get(path)
    expect(signOf(body)).toBe(says(row))
  })

  const routes = Object.keys(ROUTES) as Route[]
  test.each([...routes.filter((route) => !LAST.includes(route)), ...LAST])('Y3 route %s', async (route) => {
    const { method, path } = API[route]
    const input = INPUTS[route]
    // a route that ends sessions is asked with one of its own
    const asking =
      LAST.includes(route) && says(ROUTES[route]) === '+' ? await server.as(PEOPLE[column as 'office']) : client
    const reply =
      method === 'GET'
        ? await asking.get(`${path}?${new URLSearchParams(input as Record<string, string>).toString()}`)
        : await asking.send(method, path, method === 'POST' ? { body: input } : {})
    expect(signOf(reply.body)).toBe(says(ROUTES[route]))
  })
})

describe('the tables', () => {
  test('Y10 name all that can be asked for', () => {
    expect(Object.keys(COMMANDS).sort()).toEqual(Object.keys(KINDS).sort())
    expect(Object.keys(ROUTES).sort()).toEqual(Object.keys(API).sort())
    expect(Object.keys(EVENTS).sort()).toEqual(Object.keys(SOCKET_EVENTS).sort())
    const kinds = Object.keys(SCOPES).map((kind) => kind.replace(/^history.+/, 'history'))
    expect([...new Set(kinds)].sort()).toEqual([...SCOPE_KINDS].sort())
  })

  test('Y10 are the only place where requests are answered and events are heard', () => {
    const sources = readSources(ROOT, ['server'])
    const found = (pattern: RegExp) =>
      sources.flatMap(({ path, text }) => [...text.matchAll(pattern)].map(([, what]) => `${path} ${what}`)).sort()
    expect(found(/\brouter\.(\w+)\(/g)).toEqual(['server/http/app.ts routes', 'server/http/routes.ts register'])
    // those that answer what is no route: `OTHERS`, and `/metrics` by its own rule (H4)
    expect(found(/\.use\((serve\w+)/g)).toEqual(
      ['serveClient', 'serveHealth', 'serveManifest', 'serveMetrics'].map((name) => `server/http/app.ts ${name}`),
    )
    expect(new Set(found(/(?<!\bio)\.use\(/g).map((line) => line.split(' ')[0]))).toEqual(
      new Set(['server/http/app.ts']),
    )
    expect(found(/\bsocket\.on\(([^,]+),/g).filter((line) => line.startsWith('server/realtime/'))).toEqual([
      "server/realtime/events.ts 'disconnect'",
      'server/realtime/events.ts event',
    ])
  })

  test('Y3 say of commands what the rules say', () => {
    const said = new Map(readRules().flatMap(({ kinds, extents }) => kinds.map((kind) => [kind, extents])))
    expect([...said.keys()].sort()).toEqual(Object.keys(COMMANDS).sort())
    for (const [kind, row] of Object.entries(COMMANDS)) {
      const extents = said.get(kind)!
      for (const side of sides) {
        const expected = COLUMNS.map((column) => {
          if (['nobody', 'ended', 'expired'].includes(column)) return 's'
          const extent = extents[column === 'officeOfA' ? 'office' : (column as Role)]
          if (extent === '–' || (extent === 'root' && column !== 'office')) return '-'
          return extent === 'own' && column !== 'office' && side === 'other' ? 'u' : '+'
        })
        expect([kind, side, COLUMNS.map((column) => cell(row[side], column))]).toEqual([kind, side, expected])
      }
    }
  })
})

/** The table of Y3: commands, and how far each role may go. */
function readRules(): { kinds: string[]; extents: Record<string, string> }[] {
  const table = readFileSync(join(ROOT, 'shared/RULES.md'), 'utf8').split('- **Y3**')[1]!.split('- **Y4**')[0]!
  const [head, , ...rows] = table.split('\n').filter((text) => text.trim().startsWith('|'))
  const cells = (text: string) =>
    text
      .split('|')
      .slice(1, -1)
      .map((part) => part.trim())
  const roles = cells(head!).slice(1)
  return rows.map(cells).map(([names, ...extents]) => ({
    // `Accept-, DeclineReattribution` has its noun once
    kinds: names!.split(', ').map((name, _, all) => name.replace(/-$/, all.at(-1)!.replace(/^[A-Z][a-z]+/, ''))),
    extents: Object.fromEntries(roles.map((role, i) => [role, extents[i]!])),
  }))
}
