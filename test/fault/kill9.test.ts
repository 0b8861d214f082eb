/** A server that is killed without warning loses nothing that it acknowledged, and doubles nothing that is sent again. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Answer } from '../../shared/command.ts'
import type { Patch } from '../../shared/view/patch.ts'
import type { ReportRow } from '../../shared/view/rows.ts'
import { item, newId } from '../support/core.ts'
import { type ServerProcess, signIn, startProcess } from '../support/process.ts'

let server: ServerProcess
let cookie: string
beforeEach(async () => {
  server = await startProcess()
  cookie = await signIn(server.url, 'office')
})
afterEach(() => server.close())

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

async function sheet(): Promise<Map<string, ReportRow>> {
  const rows = new Map<string, ReportRow>()
  for (const unit of ['A', 'B']) {
    const response = await fetch(`${server.url}/api/v1/changes?scope=sheet:${unit}`, { headers: { cookie } })
    for (const row of ((await response.json()) as Patch).rows) if (row.kind === 'report') rows.set(row.key, row)
  }
  return rows
}

test('L6 killed right after the acknowledgement: the count is there after the start, at its seq', async () => {
  const answer = await send(submit('A1', '2008-01-10', 42))
  await server.kill()
  expect(answer).toMatchObject({ ok: true })
  await server.start()
  const row = (await sheet()).get('report/A1/2008-01-10')
  expect(row).toMatchObject({ values: [42, 42], version: answer !== 'lost' && answer.ok ? answer.seq : 0 })
})

test('L6 killed in the middle of many commands: acknowledged lost 0, sent again doubled 0, phantom 0', async () => {
  const commands = STREETS.flatMap((unit, i) => DAYS.map((day, j) => submit(unit, day, 100 * i + j + 1)))
  const answers = new Map<Sent, Answer | 'lost'>()
  const all = commands.map((c) => send(c).then((a) => answers.set(c, a)))
  await Promise.race(all)
  await server.kill()
  await Promise.all(all)
  await server.start()

  const kept = await sheet()
  for (const [command, answer] of answers) {
    const { unit, day, values } = command.data.items[0]!
    const row = kept.get(`report/${unit}/${day}`)
    if (answer !== 'lost') {
      expect(answer).toMatchObject({ ok: true })
      expect(row?.version, 'acknowledged, therefore present').toBe(answer.ok ? answer.seq : -1)
    }
    if (row !== undefined) expect(row.values, 'no phantom').toEqual([values.accepted, values.issued])
  }

  for (const command of commands) {
    const again = await send(command)
    expect(again).toMatchObject({ ok: true })
    const first = answers.get(command)
    if (first !== 'lost') expect(again).toEqual(first)
  }
  const whole = await sheet()
  expect(whole.size).toBe(commands.length)
  const history = await fetch(`${server.url}/api/v1/history?subject=report/A1/2008-01-07`, { headers: { cookie } })
  expect(((await history.json()) as { entries: unknown[] }).entries).toHaveLength(1)
})
