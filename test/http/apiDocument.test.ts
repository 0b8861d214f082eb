/** The examples of docs/api.md, run as they stand against a real server. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Answer } from '../../shared/command.ts'
import { districtA } from '../support/core.ts'
import { startServer, type TestServer } from '../support/server.ts'

const run = promisify(execFile)
const text = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8')
const examples = new Map([...text.matchAll(/```sh (\w+)\n([\s\S]*?)```/g)].map(([, name, body]) => [name!, body!]))

let server: TestServer
let token = ''
beforeAll(async () => {
  server = await startServer()
  const client = await server.as(districtA)
  const input = { name: 'Town hall', unit: 'A', rights: ['report', 'read'] }
  token = String((await client.post('/api/v1/machines', input)).body.token)
})
afterAll(() => server.close())

const answerTo = async (name: string): Promise<unknown> => {
  const { stdout } = await run('bash', ['-c', examples.get(name)!], {
    env: { ...process.env, URL: server.url, TOKEN: token, no_proxy: '*' },
  })
  return JSON.parse(stdout)
}

describe('L2 L14 L15 N14 docs/api.md', () => {
  test('has these examples', () => {
    expect([...examples.keys()]).toEqual(['setup', 'report', 'correct', 'dry', 'partial', 'read', 'programme'])
  })

  test('they do what is said of them', async () => {
    const first = (await answerTo('report')) as Answer
    expect(first).toMatchObject({ ok: true, happened: [{ subject: 'report/A1/2008-01-10' }] })
    expect(await answerTo('report')).toEqual(first)
    expect(await answerTo('correct')).toMatchObject({ ok: true, happened: [{ subject: 'report/A1/2008-01-10' }] })
    expect(await answerTo('dry')).toMatchObject({ refusals: [{ code: 'report.exceeds', level: 'warning' }] })
    const split = await answerTo('partial')
    expect(split).toMatchObject({ ok: true, refused: [{ item: 1, refusals: [{ code: 'may.outsideUnit' }] }] })
    expect(await answerTo('partial')).toEqual(split)
    const read = (await answerTo('read')) as { rows: unknown[] }
    expect(JSON.stringify(read.rows)).toContain('Town hall')
    expect(await answerTo('programme')).toMatchObject({ programme: { key: 'tiny' } })
  })

  test('an id that is too short and a programme without its hash are refused as it says', async () => {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const command = (id: string) => JSON.stringify({ id, kind: 'SubmitReports', data: { items: [] } })
    const send = (id: string) =>
      fetch(`${server.url}/api/v1/commands`, { method: 'POST', headers, body: command(id) }).then((r) => r.json())
    for (const id of ['m1', '1234567', '.12345678', 'a'.repeat(65), 'with blanks'])
      expect(await send(id), id).toMatchObject({ refusals: [{ code: 'input.invalid', at: 'id' }] })
    for (const id of ['12345678', 'a._:-'.repeat(12) + 'aaaa'])
      expect(JSON.stringify(await send(id)), id).not.toContain('"id"')
    const bare = await fetch(`${server.url}/api/v1/programme`, { headers })
    expect([bare.status, await bare.json()]).toMatchObject([
      400,
      { refusals: [{ code: 'input.required', at: 'hash' }] },
    ])
  })

  test('name the codes that there are', async () => {
    const { REFUSAL_CODES } = await import('../../shared/errors.ts')
    const named = [...text.matchAll(/`([a-z]+\.[A-Za-z]+)`/g)].map(([, code]) => code!)
    expect(
      named.filter((code) => !(REFUSAL_CODES as readonly string[]).includes(code) && !code.includes('md')),
    ).toEqual([])
  })
})
