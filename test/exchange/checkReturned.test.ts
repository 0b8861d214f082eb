/** A returned figure is not given again by a file that has it as it was (F15). */
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { FileCheck } from '../../shared/protocol/files.ts'
import { itemsOf } from '../../client/features/sheet/importItems.ts'
import { districtA, office } from '../support/people.ts'
import { tinyProgramme } from '../support/programme.ts'
import { type Client, startServer, type TestServer } from '../support/server.ts'
import { utf8 } from './files.ts'

const TODAY = '2008-01-10'
let server: TestServer
let official: Client
let reviewer: Client
beforeAll(async () => {
  server = await startServer({
    programme: tinyProgramme({ reporting: { ...tinyProgramme().reporting, reviewLevels: 1 } }),
  })
  official = await server.as(districtA)
  reviewer = await server.as(office)
})
afterAll(() => server.close())

async function check(text: string) {
  const reply = await official.post('/api/v1/files/check', { data: Buffer.from(utf8(text)).toString('base64') })
  return reply.body as unknown as Extract<FileCheck, { kind: 'checked' }>
}
const kept = ({ notes }: Extract<FileCheck, { kind: 'checked' }>) =>
  notes.map(({ row, column, refusal: { code } }) => `${code} ${row}.${column}`)

test('F15 after a return the same file again changes nothing, and says what was returned; a changed figure or a reason gives it again', async () => {
  const file = `unit,date,accepted,issued\nA1,${TODAY},100,90\n`
  const { rows } = await check(file)
  const sent = await official.command('SubmitReports', { items: itemsOf(rows, { type: 'corrected', reason: '-' }) })
  expect(sent).toMatchObject({ ok: true })
  const seq = (sent as unknown as { seq: number }).seq
  const returned = await reviewer.command('ReturnReports', {
    items: [{ unit: 'A1', day: TODAY, versions: { issued: seq } }],
    reason: 'half of them?',
  })
  expect(returned).toMatchObject({ ok: true })

  for (const again of [file, `unit,date,accepted,issued,version\nA1,${TODAY},100,90,${seq}\n`]) {
    const found = await check(again)
    expect(found).toMatchObject({ rows: [], refused: [], same: 1 })
    expect(kept(found)).toEqual(['table.returnedKept 2.4'])
  }
  const changed = await check(file.replace(',90', ',80'))
  expect(changed.rows).toMatchObject([{ cells: [{ counter: 'issued', from: 90, to: 80 }] }])
  const said = await check(`unit,date,accepted,issued,reason\nA1,${TODAY},100,90,counted twice over\n`)
  expect(said.rows).toMatchObject([{ cells: [{ counter: 'issued', from: 90, to: 90 }] }])
})
