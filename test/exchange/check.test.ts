/** What a file would change, said before anything is written, and written only on what was seen (F14–F18). */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FileCheck, FigureTable, FileRow } from '../../shared/protocol/files.ts'
import { itemsOf } from '../../client/features/sheet/importItems.ts'
import { districtA, districtB, item, office, otherA, viewer } from '../support/people.ts'
import { newId } from '../support/core.ts'
import { type Client, codes, startServer, type TestServer } from '../support/server.ts'
import { tinyProgramme } from '../support/programme.ts'
import { utf8 } from './files.ts'

/** The day that has begun; those up to the one before are due. */
const TODAY = '2008-01-10'
const DUE = '2008-01-09'

let server: TestServer
let own: Client
let other: Client
beforeAll(async () => {
  server = await startServer()
  own = await server.as(districtA)
  other = await server.as(otherA)
})
afterAll(() => server.close())

async function check(text: string, more: object = {}, who = own) {
  const reply = await who.post('/api/v1/files/check', { data: Buffer.from(utf8(text)).toString('base64'), ...more })
  expect([reply.status, codes(reply.body)]).toEqual([200, []])
  return reply.body as unknown as Extract<FileCheck, { kind: 'checked' }>
}
const places = (list: FileCheckPlaces) => list.map((r) => `${r.refusal.code} ${r.row}.${r.column}`)
type FileCheckPlaces = Extract<FileCheck, { kind: 'checked' }>['refused']

/** The submission that the rows of a check come to. */
const submit = (rows: readonly FileRow[], client = own) =>
  client.command('SubmitReports', {
    items: rows.map(({ unit, day, basedOn, late, stood, cells }) => ({
      ...{ unit, day, basedOn, onConflict: 'refuse' as const },
      values: Object.fromEntries(cells.map(({ counter, to }) => [counter, to!])),
      ...(late && { reason: 'from the file' }),
      ...(late && stood && { type: 'corrected' as const }),
    })),
  })

test('F14 F15 a file is checked, sent and checked again: then there is nothing to change, and nothing was written on the way', async () => {
  const file = `unit,date,accepted,issued\nA1,${TODAY},5,4\nA2,${TODAY},3,2\nA1,${DUE},7,6\n`
  const before = server.server.core.clock().seq
  const found = await check(file)
  expect(server.server.core.clock().seq).toBe(before)
  expect(found).toMatchObject({ refused: [], notes: [], same: 0 })
  expect(found.rows.map((r) => [r.row, r.unit, r.day, r.late, r.stood])).toEqual([
    [2, 'A1', TODAY, false, false],
    [3, 'A2', TODAY, false, false],
    [4, 'A1', DUE, true, false],
  ])
  expect(found.rows[0]!.cells).toEqual([
    { counter: 'accepted', column: 3, from: null, to: 5, warnings: [] },
    { counter: 'issued', column: 4, from: null, to: 4, warnings: [] },
  ])
  expect(await submit(found.rows)).toMatchObject({ ok: true })
  expect(await check(file)).toMatchObject({ rows: [], refused: [], same: 6 })
})

test('F15 what stands is shown beside what the file has; blanks leave it and are listed', async () => {
  const found = await check(`unit,date,accepted,issued\nA1,${TODAY},9,\n`)
  expect(found.rows).toMatchObject([{ cells: [{ counter: 'accepted', from: 5, to: 9 }] }])
  expect(places(found.notes)).toEqual(['table.blankKept 2.4'])
})

test('F15 a change after the day says that it wants a type and a reason', async () => {
  const found = await check(`unit,date,accepted\nA1,${DUE},8\nA2,${DUE},8\n`)
  expect(found.rows.map(({ late, stood }) => [late, stood])).toEqual([
    [true, true],
    [true, false],
  ])
})

test('F15 refusals of the reports stand at their cells and rows, and the rest goes', async () => {
  const lines = [`A1,${TODAY},6,5`, 'A1,2008-02-01,1,1', `B1,${TODAY},1,1`, `A3,${TODAY},-1,1`, `A2,${TODAY},4,9`]
  const found = await check(['unit,date,accepted,issued', ...lines].join('\n'))
  expect(places(found.refused)).toEqual(['report.future 3.0', 'may.outsideUnit 4.0', 'report.negative 5.3'])
  expect(found.rows.map((r) => r.row)).toEqual([2, 5, 6])
  // a question is no refusal: it waits at its figure to be confirmed
  expect(found.rows[2]!.cells.map(({ counter, warnings }) => [counter, warnings.map((w) => w.code)])).toEqual([
    ['accepted', []],
    ['issued', ['report.exceeds']],
  ])
})

test('F16 what was changed after the version in the file is refused cell by cell, with both values, by whomever', async () => {
  const { body } = await own.get(`/api/v1/figures?unit=A&from=${TODAY}&to=${TODAY}`)
  const { seq } = body as unknown as FigureTable
  const value = await other.command('SubmitReports', {
    items: [{ ...item('A1', TODAY, { accepted: 20 }), basedOn: seq }],
  })
  expect(value).toMatchObject({ ok: true })
  const file = `unit,date,accepted,issued,version\nA1,${TODAY},9,8,${seq}\n`
  const found = await check(file)
  expect(found.rows).toMatchObject([{ cells: [{ counter: 'issued', from: 4, to: 8 }] }])
  expect(found.refused).toMatchObject([
    {
      ...{ row: 2, column: 3, unit: 'A1', day: TODAY },
      refusal: { code: 'report.stale', params: { standing: 20, sent: 9 } },
    },
  ])
  // and so is what was changed by oneself
  expect(await submit(found.rows)).toMatchObject({ ok: true })
  const again = await check(file.replace(',9,8,', ',9,7,'))
  expect(places(again.refused)).toEqual(['report.stale 2.3', 'report.stale 2.4'])
  expect(again.rows).toEqual([])
})

test('F17 what is changed between the check and the sending is asked again, and no dispute comes of it', async () => {
  const found = await check(`unit,date,accepted\nA3,${TODAY},30\nA2,${TODAY},31\n`)
  await other.command('SubmitReports', { items: [item('A3', TODAY, { accepted: 12 })] })
  const sent = await submit(found.rows)
  expect(sent).toMatchObject({
    ok: false,
    refusals: [{ code: 'report.stale', at: 'items.0.values.accepted', params: { standing: 12, sent: 30 } }],
  })
  const sheet = server.server.core.figures(office, 'A3', TODAY, TODAY)
  expect(sheet).toMatchObject({ ok: true, value: { rows: [{ values: [12, null] }] } })
})

test('F14 the figures of a unit go out as they stand, for whoever may see its sheets', async () => {
  const reply = await own.get(`/api/v1/figures?unit=A&from=2008-01-11&to=2008-01-14`)
  const { rows } = reply.body as unknown as FigureTable
  // a weekend in between, of which nothing is expected
  expect(rows.map((r) => `${r.unit} ${r.day}`)).toEqual(
    ['2008-01-11', '2008-01-14'].flatMap((day) => ['A1', 'A2', 'A3'].map((unit) => `${unit} ${day}`)),
  )
  expect(codes((await own.get('/api/v1/figures?unit=B&from=2008-01-11&to=2008-01-11')).body)).toEqual(['may.not'])
  expect(codes((await own.get('/api/v1/figures?unit=X&from=2008-01-11&to=2008-01-11')).body)).toEqual(['scope.unknown'])
  const seen = await (await server.as(viewer)).get('/api/v1/figures?unit=B&from=2008-01-11&to=2008-01-11')
  expect(seen.status).toBe(200)
})

describe('F13 F18 what is no table', () => {
  test('is refused with what it is', async () => {
    const client = await server.as(districtB)
    const sent = await client.post('/api/v1/files/check', { data: Buffer.from('d0cf11e0', 'hex').toString('base64') })
    expect([sent.status, codes(sent.body)]).toEqual([422, ['file.otherWorkbook']])
  })

  test('a file of 50 MB is refused before it is read, and the server goes on answering', async () => {
    const sent = server.as(districtB).then((client) =>
      client.post('/api/v1/files/check', { data: 'A'.repeat(50_000_000) }).then(
        ({ status, body }) => `${status} ${codes(body)[0]}`,
        // the connection is closed while the rest is still on its way
        () => 'closed',
      ),
    )
    const healthy = await server.stranger().get('/healthz')
    expect(healthy.status).toBe(200)
    expect(['413 input.tooLarge', 'closed']).toContain(await sent)
  })
})

test('L2 a submission of a file that is sent twice has one effect', async () => {
  const { rows } = await check(`unit,date,accepted\nA2,${TODAY},44\n`)
  const id = newId()
  const data = {
    items: [
      { unit: 'A2', day: TODAY, values: { accepted: 44 }, basedOn: rows[0]!.basedOn, onConflict: 'refuse' as const },
    ],
  }
  const first = await own.command('SubmitReports', data, id)
  expect(await own.command('SubmitReports', data, id)).toEqual(first)
})

test('F21 F22 F32 a column of running totals: what each would come to is shown, and the rows keep their own kinds and reasons', async () => {
  const head = 'unit,date,issued（累计）,type,reason'
  const file = `${head}\nA3,2008-01-07,500,,\nA3,2008-01-08,520,late,power cut\nA3,${DUE},530,,\nA3,${TODAY},545,,\n`
  const found = await check(file)
  expect([found.refused, found.notes]).toEqual([[], []])
  expect(found.rows.map(({ day, type, reason, cells }) => [day, cells[0]!.to, cells[0]!.total, type, reason])).toEqual([
    ['2008-01-07', null, { total: 500, counted: 0 }, undefined, undefined],
    ['2008-01-08', 20, { total: 520 }, 'late', 'power cut'],
    [DUE, 10, { total: 530 }, undefined, undefined],
    [TODAY, 15, { total: 545 }, undefined, undefined],
  ])
  const items = itemsOf(found.rows, { type: 'corrected', reason: 'from the file' })
  expect(items.map(({ reason }) => reason)).toEqual(['from the file', 'power cut', 'from the file', undefined])
  expect(await own.command('SubmitReports', { items })).toMatchObject({ ok: true })
  expect(await check(file)).toMatchObject({ rows: [], refused: [], same: 4 })
})

test('F23 F24 a file asks about gaps and refuses what would be below zero', async () => {
  const head = 'unit,date,accepted total'
  const found = await check(`${head}\nA3,2008-01-07,500\nA3,${DUE},530\nA3,${TODAY},520\n`)
  expect(found.rows.map(({ day, cells }) => [day, cells[0]!.to, cells[0]!.warnings.map(({ code }) => code)])).toEqual([
    ['2008-01-07', null, []],
    [DUE, 30, ['total.gap']],
  ])
  expect(places(found.refused)).toEqual(['total.fall 4.3'])
  const items = itemsOf(found.rows, { type: 'corrected', reason: 'closed' })
  expect(items[1]).toMatchObject({ totals: { accepted: 530 }, confirmed: ['total.gap'], confirmedWhy: 'closed' })
})

describe('F33 a counter that is kept as its running total', () => {
  const counters = tinyProgramme().counters.map((c) => (c.key === 'issued' ? { ...c, cumulative: true } : c))
  let running: TestServer
  let official: Client
  beforeAll(async () => {
    running = await startServer({ programme: { counters } })
    official = await running.as(districtA)
  })
  afterAll(() => running.close())

  test('its column is one of running totals, and what is taken along comes back unchanged', async () => {
    const file = `unit,date,accepted,issued\nA1,2008-01-07,30,500\nA1,2008-01-08,30,520\nA2,2008-01-07,9,+7\n`
    const found = await check(file, {}, official)
    expect([found.refused, found.notes]).toEqual([[], []])
    expect(found.rows.map(({ cells }) => cells.find((c) => c.counter === 'issued'))).toMatchObject([
      { to: null, total: { total: 500 } },
      { to: 20, total: { total: 520 } },
      { to: 7 },
    ])
    const items = itemsOf(found.rows, { type: 'corrected', reason: 'from the file' })
    expect(await official.command('SubmitReports', { items })).toMatchObject({ ok: true })
    const taken = await official.get('/api/v1/figures?unit=A&from=2008-01-07&to=2008-01-08')
    const { rows } = taken.body as unknown as FigureTable
    expect(rows.filter(({ unit }) => unit !== 'A3').map(({ values, totals }) => [values, totals])).toEqual([
      [
        [30, null],
        [null, 500],
      ],
      [
        [9, 7],
        [null, null],
      ],
      [
        [30, 20],
        [null, 520],
      ],
      [
        [null, null],
        [null, null],
      ],
    ])
    const form = `unit,date,accepted,issued（累计）\n${rows.map(({ unit, day, values: [a, own], totals }) => [unit, day, a, totals![1] ?? (own == null ? '' : `'+${own}`)].join(',')).join('\n')}\n`
    expect(await check(form, {}, official)).toMatchObject({ rows: [], refused: [], notes: [], same: 6 })
  })
  test('F34 a first total below what is counted is asked about', async () => {
    const found = await check('unit,date,issued\nA2,2008-01-08,6\n', {}, official)
    expect(found.rows[0]!.cells[0]).toMatchObject({
      to: null,
      warnings: [{ code: 'total.below', params: { total: 6, counted: 7 } }],
    })
    const items = itemsOf(found.rows, { type: 'corrected', reason: 'from the file' })
    expect(await official.command('SubmitReports', { items })).toMatchObject({ ok: true })
  })
  test('a column of the day beside it says so', async () => {
    const found = await check('unit,date,issued（当日）,issued（累计）\nA3,2008-01-07,20,520\n', {}, official)
    expect(found.rows).toMatchObject([{ cells: [{ to: 20, total: { total: 520, given: true } }] }])
    const alone = await check('unit,date,issued（今日）\nA3,2008-01-07,20\n', {}, official)
    expect(alone.rows[0]!.cells[0]).toEqual({ counter: 'issued', column: 3, from: null, to: 20, warnings: [] })
  })
})

test('F5 F29 a day without its year, and texts that say of themselves that they are running totals', async () => {
  const found = await check(
    'unit,date,issued,accepted（累计）\nA1,1月7日,5 Σ950,累计63900\nA2,1月7日,5,63900\nA1,2月30日,5,1\n',
  )
  expect(found.rows.map(({ unit, day }) => [unit, day])).toEqual([
    ['A1', '2008-01-07'],
    ['A2', '2008-01-07'],
  ])
  expect(found.rows[0]!.cells).toMatchObject([
    { counter: 'issued', to: 5, total: { total: 950, given: true } },
    { counter: 'accepted', total: { total: 63_900 } },
  ])
  expect(places(found.refused)).toEqual(['day.invalid 4.2'])
})
