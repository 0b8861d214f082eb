import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codes, startServer, type TestServer } from '../support/server.ts'

const HTML = { headers: { accept: 'text/html' } }

describe('the client’s files', () => {
  let test: TestServer
  let client: string
  beforeAll(async () => {
    client = await mkdtemp(join(tmpdir(), 'client-'))
    await mkdir(join(client, 'assets'))
    await writeFile(join(client, 'index.html'), '<!doctype html><title>page</title>')
    await writeFile(join(client, 'elsewhere.html'), '<!doctype html><title>elsewhere</title>')
    await writeFile(join(client, 'assets/index-1a2b.js'), `export default '${'x'.repeat(2000)}'`)
    await writeFile(join(client, 'icon.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>')
    await writeFile(join(client, '.built'), 'secret')
    test = await startServer({ client })
  })
  afterAll(async () => {
    await test.close()
    await rm(client, { recursive: true })
  })

  /** with a path and headers that `fetch` would mend */
  const exactly = (path: string, headers: Record<string, string>) =>
    new Promise<IncomingMessage & { text: string }>((resolve, reject) => {
      const { hostname, port } = new URL(test.url)
      request({ hostname, port, path, headers }, (response) => {
        let text = ''
        response.on('data', (chunk) => (text += chunk)).on('end', () => resolve(Object.assign(response, { text })))
      })
        .on('error', reject)
        .end()
    })
  const get = (path: string, options = {}) => test.stranger().send('GET', path, options)

  it('keeps hashed files for a year and asks for the page each time', async () => {
    const script = await get('/assets/index-1a2b.js')
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(script.headers.get('content-type')).toMatch(/javascript/)
    for (const path of ['/', '/index.html', '/icon.svg'])
      expect((await get(path)).headers.get('cache-control')).toBe('no-cache')
  })

  it('gives the page for every address of the client', async () => {
    for (const path of ['/u/C', '/join', '/issues/12', '/.built'])
      expect((await get(path, HTML)).text).toContain('<title>page</title>')
  })

  it('does not pass the page off as something else', async () => {
    for (const [path, options] of [
      ['/assets/gone.js', HTML],
      ['/api/v2/anything', HTML],
      ['/missing.png', { headers: { accept: 'image/png' } }],
    ] as const) {
      const reply = await get(path, options)
      expect([reply.status, codes(reply.body)]).toEqual([404, ['route.unknown']])
    }
  })

  it('stays inside its folder', async () => {
    for (const path of ['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/%00', '/%E0%A4%A']) {
      expect((await exactly(path, {})).text).not.toContain('dependencies')
    }
  })

  it('W1 tells in words who opens a page by a name that is not ours, and programs by the code', async () => {
    for (const [accept, type, text] of [
      ['text/html,application/xhtml+xml,*/*;q=0.8', 'text/html; charset=utf-8', '<title>elsewhere</title>'],
      ['application/json', 'application/json; charset=utf-8', 'host.unknown'],
      ['*/*', 'application/json; charset=utf-8', 'host.unknown'],
    ] as const)
      for (const path of ['/', '/u/C', '/assets/index-1a2b.js']) {
        const answer = await exactly(path, { accept, host: 'evil.example' })
        expect([answer.statusCode, answer.headers['content-type']]).toEqual([421, type])
        expect(answer.headers['cache-control']).toBe('no-store')
        expect(answer.text).toContain(text)
      }
    await rm(join(client, 'elsewhere.html'))
    const { statusCode, text } = await exactly('/', { accept: 'text/html', host: 'evil.example' })
    expect([statusCode, JSON.parse(text)]).toMatchObject([421, { refusals: [{ code: 'host.unknown' }] }])
  })

  it('says whether the server is up', async () => {
    expect((await get('/healthz')).body).toEqual({ ok: true })
  })
})
