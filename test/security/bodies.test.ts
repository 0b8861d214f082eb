/** What is sent to the server is small, shallow and from somebody who may, before anything is made of it (finding S4). */
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { API, type Route } from '../../shared/protocol/api.ts'
import { jsonFault, parse, sizeFault, z } from '../../shared/schema.ts'
import { districtA, item, newId, office, viewer } from '../support/core.ts'
import { openRawSocket } from '../support/rawSocket.ts'
import { type Client, codes, type Reply, startServer, type TestServer } from '../support/server.ts'

const JSON_TYPE = { 'content-type': 'application/json' }
const MB = 1_048_576
const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const keys = (many: number) => Object.fromEntries(Array.from({ length: many }, (_, i) => [`k${i}`, i]))

let test: TestServer
beforeAll(async () => {
  const MANY = 1_000_000
  test = await startServer({ limits: { commands: { burst: MANY, perSecond: MANY, together: 64 } } })
})
afterAll(() => test.close())

const post = (client: Client, path: string, body: string): Promise<Reply> =>
  client.send('POST', path, { body, headers: JSON_TYPE })
const command = (client: Client, body: string) => post(client, '/api/v1/commands', body)

describe('H10 small bodies for small routes', () => {
  const routes = Object.entries(API).filter(([, row]) => row.method === 'POST') as [
    Route,
    { body: number; path: string },
  ][]

  it.each(routes)('%s', async (_, { body, path }) => {
    const client = await test.as(office)
    const padded = (bytes: number) => `{"x":"${'x'.repeat(bytes - 8)}"}`
    expect(codes((await post(client, path, padded(body))).body)).not.toContain('input.tooLarge')
    const { status, body: answer } = await post(client, path, padded(body + 1))
    expect([status, codes(answer)]).toEqual([413, ['input.tooLarge']])
  })

  it('only commands, files and lists of people may be larger than a form', () => {
    const large = routes.filter(([, { body }]) => body > 16_384).map(([route]) => route)
    expect(large).toEqual(['inviteMany', 'readList', 'checkFile', 'command'])
  })

  it('whatever is compressed is refused, and not unpacked', async () => {
    const packed = {
      gzip: gzipSync,
      deflate: deflateSync,
      br: brotliCompressSync,
      'gzip, gzip': gzipSync,
      nothing: Buffer.from,
    }
    for (const [encoding, pack] of Object.entries(packed)) {
      const headers = { ...JSON_TYPE, 'content-encoding': encoding }
      const body = pack('{"login":"x","password":"y"}')
      const response = await fetch(`${test.url}/api/v1/session`, { method: 'POST', headers, body })
      expect([encoding, response.status, codes(await response.json())]).toEqual([encoding, 415, ['input.packed']])
    }
    const asIs = { headers: { ...JSON_TYPE, 'content-encoding': 'identity' }, body: '{"login":"x","password":"y"}' }
    expect(codes((await test.stranger().send('POST', '/api/v1/session', asIs)).body)).toEqual(['auth.wrong'])
  })
})

describe('H11 who may not is not read', () => {
  it('nobody’s and a viewer’s command is refused whatever it holds', async () => {
    for (const [client, code] of [
      [test.stranger(), 'may.signIn'],
      [await test.as(viewer), 'may.not'],
    ] as const)
      for (const body of ['{', nested(100_000), JSON.stringify(keys(60_000)), 'x'.repeat(7 * MB), '{}'])
        expect(codes((await command(client, body)).body)).toEqual([code])
  })

  it('a role that may not send this command has nothing of its data looked at', async () => {
    const client = await test.as(districtA)
    const data = { baseline: keys(60_000), reason: '' }
    const { body } = await client.post('/api/v1/commands', { id: newId(), kind: 'AddBaseline', data })
    expect(codes(body)).toEqual(['may.not'])
    expect(
      codes((await client.post('/api/v1/commands', { id: newId(), kind: 'SubmitReports', data })).body),
    ).not.toContain('may.not')
  })
})

describe('H12 nothing is deep or wide', () => {
  it('a body is refused before it is parsed', () => {
    expect(jsonFault(nested(16))).toBeNull()
    expect(jsonFault(nested(17))).toEqual({ code: 'input.tooDeep', params: { max: 16 } })
    expect(jsonFault(nested(4 * MB))?.code).toBe('input.tooDeep')
    expect(jsonFault(`[${'[],'.repeat(300_000)}[]]`)).toEqual({ code: 'input.tooMany', params: { max: 200_000 } })
    // brackets in texts are no depth
    expect(jsonFault(JSON.stringify({ text: `${'[{,'.repeat(300_000)}\\"${'['.repeat(99)}` }))).toBeNull()
    expect(jsonFault('{"__proto__":{}}')?.code).toBe('input.notJson')
    expect(jsonFault('{"\\u005f_pr\\u006Fto__" :{}}')?.code).toBe('input.notJson')
    expect(jsonFault('{"text":"\\"__proto__\\": is a word"}')).toBeNull()
    expect(jsonFault('{"\\\\u005f_proto__": "a blank before it is a word"}')).toBeNull()
  })

  it('a command has bounds wherever it comes from', async () => {
    expect(sizeFault({ a: [{ b: [1, 2, 3] }] })).toBeNull()
    const many = { items: Array.from({ length: 9 }, () => Array.from({ length: 9_999 }, () => [1, 2])) }
    expect(sizeFault(many)).toEqual({ code: 'input.tooMany', params: { max: 200_000 } })
    expect(sizeFault(keys(10_001))).toEqual({ code: 'input.tooMany', params: { max: 10_000 } })
    expect(sizeFault(JSON.parse(nested(17)))).toEqual({ code: 'input.tooDeep', params: { max: 16 } })
  })

  it('a live connection that says such a thing is closed before it is parsed', async () => {
    const { cookie } = await test.as(districtA)
    const says = (data: string) => `421["command",{"id":"${newId()}","kind":"SubmitReports","data":${data}}]`
    const texts: string[] = []
    const fine = await openRawSocket(test.url, cookie, (content) => void texts.push(content.toString()))
    // a list of texts with brackets is neither deep nor long
    fine.send(says(JSON.stringify({ items: Array.from({ length: 2_000 }, () => '[[[[[[{{{{{{[[[[[[') })))
    await vi.waitFor(() => expect(texts.at(-1)).toMatch(/^431.*input\.type/))
    fine.close()
    const socket = await openRawSocket(test.url, cookie, () => undefined)
    const parsing = vi.spyOn(JSON, 'parse')
    socket.send(says(nested(50_000)))
    await socket.closed
    expect(parsing.mock.calls.filter(([text]) => text.length > 50_000)).toEqual([])
    parsing.mockRestore()
  })

  it('however short it is', async () => {
    const { cookie } = await test.as(districtA)
    for (const data of ['{"__proto__":{}}', '{"\\u005f_proto__":{}}', nested(17)]) {
      const texts: string[] = []
      const socket = await openRawSocket(test.url, cookie, (content) => void texts.push(content.toString()))
      socket.send(`421["command",${data}]`)
      await socket.closed
      expect(texts.filter((text) => text.startsWith('431'))).toEqual([])
    }
  })

  it('300,000 keys in a report’s values are too many, and no fault of the server', async () => {
    const client = await test.as(districtA)
    const data = { items: [item('A1', '2008-01-10', keys(300_000))] }
    const { status, body } = await client.post('/api/v1/commands', { id: newId(), kind: 'SubmitReports', data })
    expect([status, codes(body)]).toEqual([400, ['input.tooMany']])
    const fewer = { items: [item('A1', '2008-01-10', keys(21)), item('A1', '2008-01-10', keys(9_999))] }
    const answer = await client.post('/api/v1/commands', { id: newId(), kind: 'SubmitReports', data: fewer })
    expect(answer.status).toBe(400)
    const refusal = { code: 'input.tooMany', params: { max: 20 } }
    expect(answer.body.refusals).toEqual([0, 1].map((i) => ({ ...refusal, at: `items.${i}.values` })))
  })
})

describe('H13 what comes back is short', () => {
  it('at most 100 faults of a shape are named', () => {
    const shape = z.strictObject({ list: z.array(z.number()) })
    for (const input of [{ list: [], ...keys(60_000) }, { list: Array.from({ length: 5_000 }, () => 'x') }]) {
      const parsed = parse(shape, input)
      expect(parsed.ok ? 0 : parsed.refusals.length).toBe(100)
    }
  })

  it('60,000 unknown fields of 60 characters come back as a hundredth of what was sent', async () => {
    const client = await test.as(districtA)
    const fields = Object.fromEntries(Array.from({ length: 60_000 }, (_, i) => [`${'field'.repeat(11)}${i}`, 0]))
    const body = JSON.stringify({ id: newId(), kind: 'SubmitReports', data: {}, ...fields })
    const { text, status } = await command(client, body)
    expect(status).toBe(400)
    expect(text.length).toBeLessThan(body.length / 100)
  })

  it('of a long name its beginning is repeated', async () => {
    const client = await test.as(districtA)
    const long = 'x'.repeat(5_000)
    const { body, text } = await client.post('/api/v1/commands', { id: newId(), kind: long, data: {} })
    expect(codes(body)).toEqual(['command.unknown'])
    expect(text.length).toBeLessThan(300)
    const parsed = parse(z.strictObject({ [long]: z.strictObject({}) }), { [long]: { [long]: 1 } })
    expect(JSON.stringify(parsed).length).toBeLessThan(500)
  })
})
