/** An older download: cells that nobody has edited in it are told from those that somebody has (F16). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ReportItem } from '../../shared/domain/input.ts'
import type { FileCheck, FigureTable } from '../../shared/protocol/files.ts'
import { districtA, districtB, office, otherA } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import { type Client, startServer, type TestServer } from '../support/server.ts'
import { utf8 } from './files.ts'

const TODAY = '2008-01-10'
let server: TestServer
let own: Client
let other: Client
beforeAll(async () => {
  const programme = tinyProgramme()
  const counters = programme.counters.map((c) => (c.key === 'issued' ? { ...c, cumulative: true as const } : c))
  server = await startServer({ programme: { ...programme, counters } })
  own = await server.as(districtA)
  other = await server.as(otherA)
})
afterAll(() => server.close())

type Checked = Extract<FileCheck, { kind: 'checked' }>
async function check(text: string, who = own) {
  const reply = await who.post('/api/v1/files/check', { data: Buffer.from(utf8(text)).toString('base64') })
  return reply.body as unknown as Checked
}
const told = (list: Checked['notes']) =>
  list.map(({ row, column, refusal: { code, params } }) => [code, `${row}.${column}`, params])
const head = async () => {
  const { body } = await own.get(`/api/v1/figures?unit=A&from=${TODAY}&to=${TODAY}`)
  return (body as unknown as FigureTable).seq
}
const give = async (client: Client, unit: string, data: Pick<ReportItem, 'values' | 'totals'>) =>
  expect(
    await client.command('SubmitReports', { items: [{ unit, day: TODAY, basedOn: await head(), ...data }] }),
  ).toMatchObject({ ok: true })

test('F16 a cell that has the figure of its version is no edit of what was changed since: it is listed, and stays', async () => {
  await give(own, 'A1', { values: { accepted: 5 }, totals: { issued: 100 } })
  await give(own, 'A2', { values: { accepted: 7 } })
  const seq = await head()
  await give(other, 'A1', { values: { accepted: 20 }, totals: { issued: 140 } })
  await give(other, 'A2', { values: { accepted: 0 } })
  const file = (...rows: string[]) => ['unit,date,accepted,issued,version', ...rows].join('\n')

  const untouched = await check(file(`A1,${TODAY},5,100,${seq}`, `A2,${TODAY},7,,${seq}`, `A3,${TODAY},,,${seq}`))
  expect([untouched.rows, untouched.refused]).toEqual([[], []])
  expect(told(untouched.notes)).toEqual([
    ['table.untouched', '2.3', { counter: 'accepted', n: 20 }],
    ['table.untouched', '2.4', { counter: 'issued', n: 140 }],
    ['table.untouched', '3.3', { counter: 'accepted', n: 0 }],
  ])

  const edited = await check(file(`A1,${TODAY},6,100,${seq}`))
  expect(told(edited.refused)).toEqual([['report.stale', '2.3', { counter: 'accepted', standing: 20, sent: 6 }]])
  expect(told(edited.notes)).toEqual([['table.untouched', '2.4', { counter: 'issued', n: 140 }]])

  // without a version it is based on what the check has seen; with a reason it is meant
  expect((await check(`unit,date,accepted\nA1,${TODAY},5\n`)).rows).toMatchObject([{ cells: [{ from: 20, to: 5 }] }])
  const meant = await check(`unit,date,accepted,reason,version\nA1,${TODAY},5,it was right,${seq}\n`)
  expect(told(meant.refused)).toEqual([['report.stale', '2.3', { counter: 'accepted', standing: 20, sent: 5 }]])
})

test('F15 of units that one may not see a check says nothing, whatever is in the file', async () => {
  const stranger = await server.as(districtB)
  const seq = await head()
  const rows = [`A1,${TODAY},,,${seq}`, `A1,${TODAY},5,100,1`, `A2,${TODAY},0,,${seq}`, `B1,${TODAY},1,,${seq}`]
  const found = await check(
    ['unit,date,accepted,issued,version', ...rows.filter((_, i) => i !== 1)].join('\n'),
    stranger,
  )
  expect(told(found.refused)).toEqual([
    ['may.outsideUnit', '2.0', { unit: 'A1' }],
    ['may.outsideUnit', '3.0', { unit: 'A2' }],
  ])
  expect([found.notes, found.same, found.rows.map(({ unit }) => unit)]).toEqual([[], 0, ['B1']])
  const again = await check(`unit,date,accepted,issued,version\n${rows[1]!}\n`, stranger)
  expect([again.notes, again.same, again.rows]).toEqual([[], 0, []])
  // and whoever may see them all is told
  const all = await check(`unit,date,accepted,issued,version\n${rows[1]!}\n`, await server.as(office))
  expect(all.notes.length + all.refused.length).toBeGreaterThan(0)
})
