/** A server that is killed without warning loses nothing that it acknowledged, and doubles nothing that is sent again. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Answer } from '../../shared/command.ts'
import type { Patch } from '../../shared/view/patch.ts'
import type { ReportRow, RowByKind, RowKind } from '../../shared/view/rows.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import { indexUnits } from '../../shared/domain/units.ts'
import { item, newId } from '../support/core.ts'
import { tinyProgramme } from '../support/programme.ts'
import { type ServerProcess, signIn, startProcess } from '../support/process.ts'

let server: ServerProcess
let cookie: string
beforeEach(async () => {
  server = await startProcess()
  cookie = await signIn(server.url, 'office')
})
afterEach(() => server.close())

const units = indexUnits(tinyProgramme())
const STREETS = ['A1', 'A2', 'A3', 'B1']
const DAYS = ['2008-01-07', '2008-01-08', '2008-01-09', '2008-01-10']

interface Sent {
  id: string
  kind: 'SubmitReports'
  data: { items: ReturnType<typeof item>[] }
}

const submit = (unit: string, day: string, n: number): Sent => ({
  id: newId(),
  kind: 'SubmitReports',
  data: {
    items: [
      item(
        unit,
        day,
        { accepted: n, issued: n },
        {
          type: 'late',
          reason: 'test',
          confirmed: ['report.unusual', 'report.exceeds', 'report.coverageOver'],
        },
      ),
    ],
  },
})

async function send(command: Sent): Promise<Answer | 'lost'> {
  try {
    const response = await fetch(`${server.url}/api/v1/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify(command),
    })
    return (await response.json()) as Answer
  } catch {
    return 'lost'
  }
}

const rowsOfScope = async <K extends RowKind>(kind: K, scope: string): Promise<RowByKind<K>[]> => {
  const response = await fetch(`${server.url}/api/v1/changes?scope=${scope}`, { headers: { cookie } })
  return [...rowsOf(kind, ((await response.json()) as Patch).rows, units)]
}

/** Reports of all streets and days, by `UNIT/DAY`. */
async function reports(): Promise<Map<string, ReportRow>> {
  const found = new Map<string, ReportRow>()
  for (const day of DAYS)
    for (const unit of ['A', 'B'])
      for (const row of await rowsOfScope('report', `sheet:${unit}/${day}`)) found.set(`${row.unit}/${day}`, row)
  return found
}

test('L6 killed right after the acknowledgement: the count is there after the start, at its seq', async () => {
  const answer = await send(submit('A1', '2008-01-10', 42))
  await server.kill()
  expect(answer).toMatchObject({ ok: true })
  await server.start()
  const version = answer !== 'lost' && answer.ok ? answer.seq : 0
  expect((await reports()).get('A1/2008-01-10')?.figures).toMatchObject([42, 42].map((value) => ({ value, version })))
})

test('L6 killed in the middle of many commands: acknowledged lost 0, sent again doubled 0, phantom 0', async () => {
  const commands = STREETS.flatMap((unit, i) => DAYS.map((day, j) => submit(unit, day, 100 * i + j + 1)))
  const answers = new Map<Sent, Answer | 'lost'>()
  const all = commands.map((c) => send(c).then((a) => answers.set(c, a)))
  await Promise.race(all)
  await server.kill()
  await Promise.all(all)
  await server.start()

  const kept = await reports()
  for (const [command, answer] of answers) {
    const { unit, day, values } = command.data.items[0]!
    const figures = kept.get(`${unit}/${day}`)?.figures
    if (answer !== 'lost') {
      expect(answer).toMatchObject({ ok: true })
      expect(figures?.[0]?.version, 'acknowledged, therefore present').toBe(answer.ok ? answer.seq : -1)
    }
    if (figures !== undefined)
      expect(
        figures.map((f) => f.value),
        'no phantom',
      ).toEqual([values.accepted, values.issued])
  }

  for (const command of commands) {
    const again = await send(command)
    expect(again).toMatchObject({ ok: true })
    const first = answers.get(command)
    if (first !== 'lost') expect(again).toEqual(first)
  }
  const whole = await reports()
  expect(whole.size).toBe(commands.length)
  expect(await rowsOfScope('version', 'history:report/A1/2008-01-07')).toHaveLength(1)
})
