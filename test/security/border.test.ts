/** What stands between a browser and the server: under which names it is reached, what browsers are told, what they keep (findings S8, S9). */
import { once } from 'node:events'
import { connect } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { API } from '../../shared/protocol/api.ts'
import { districtA, office } from '../support/core.ts'
import { codes, startServer, type TestServer } from '../support/server.ts'

const UPGRADE = [
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  `Sec-WebSocket-Key: ${Buffer.alloc(16).toString('base64')}`,
]
const SOCKET = '/socket.io/?EIO=4&transport=websocket'

/** Says exactly that, and resolves with the answer's status and text; nothing that a client of ours would not let us say is changed. */
async function say(url: string, first: string, lines: readonly string[], address?: string) {
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), address ?? hostname)
  await once(socket, 'connect')
  let text = ''
  socket.on('data', (data: Buffer) => {
    text += data.toString('latin1')
    // a live connection does not end by itself
    if (text.startsWith('HTTP/1.1 101')) socket.destroy()
  })
  socket.write(`${first} HTTP/1.1\r\n${lines.map((l) => `${l}\r\n`).join('')}\r\n`)
  await once(socket, 'close')
  return { status: Number(text.slice(9, 12)), text }
}

const FORGED: [what: string, lines: readonly string[], target?: string][] = [
  ['a name of somebody else', ['Host: evil.example']],
  ['a name that begins like ours', ['Host: localhost.evil.example']],
  ['a name that ends like ours', ['Host: evil-localhost']],
  ['an address that is not this machine’s', ['Host: 192.0.2.1']],
  ['no address', ['Host: 127.0.0.1@evil.example']],
  ['nothing', ['Host:']],
  ['another host before the path', ['Host: localhost'], 'http://evil.example'],
  ['another host before the path, in another scheme', ['Host: localhost'], 'x://evil.example'],
]

describe('W1 the server answers under its own names alone', () => {
  let test: TestServer
  let cookie: string
  beforeAll(async () => {
    test = await startServer()
    cookie = `Cookie: ${(await test.as(office)).cookie}`
  })
  afterAll(() => test.close())

  const ask = (lines: readonly string[], path = '/api/v1/session', target = '') =>
    say(test.url, `GET ${target}${path}`, [...lines, cookie, 'Connection: close'])

  it.each(FORGED)('not under %s', async (_, lines, target) => {
    for (const path of ['/api/v1/session', '/', '/join', '/boot.js', '/metrics', '/nothing']) {
      const { status, text } = await ask(lines, path, target)
      expect([path, status]).toEqual([path, 421])
      expect(text).toContain('"code":"host.unknown"')
      expect(text).not.toContain('evil')
    }
  })

  it('not under two names at once', async () => {
    const { status } = await ask(['Host: localhost', 'Host: localhost'])
    expect([400, 421]).toContain(status)
    expect((await ask(['Host: localhost', 'Host: evil.example'])).status).toBe(status)
    expect((await say(test.url, 'GET /api/v1/session', ['Connection: close'])).status).toBe(400)
  })

  it('on no route', async () => {
    for (const { method, path } of Object.values(API)) {
      const { status, text } = await say(test.url, `${method} ${path}`, [
        'Host: evil.example',
        cookie,
        'Connection: close',
      ])
      expect([path, status, text.includes('host.unknown')]).toEqual([path, 421, true])
    }
  })

  it('to no live connection', async () => {
    const shake = (lines: readonly string[]) => say(test.url, `GET ${SOCKET}`, [...lines, ...UPGRADE, cookie])
    for (const [, lines, target] of FORGED)
      if (target === undefined) expect([400, 403]).toContain((await shake(lines)).status)
    expect((await shake(['Host: localhost', 'Host: evil.example'])).status).not.toBe(101)
    expect((await shake(['Host: localhost'])).status).toBe(101)
  })

  it('but under those of the machine, at any port, and the address at which it was reached', async () => {
    for (const host of ['localhost', 'LocalHost:80', '127.0.0.1:8008', '127.0.0.2', '[::1]:8008'])
      expect([host, (await ask([`Host: ${host}`])).status]).toEqual([host, 200])
    expect((await ask(['Host: localhost'], '/api/v1/session', 'http://127.0.0.1:8008')).status).toBe(200)

    const own = Object.values(networkInterfaces()).flatMap((a) => a ?? [])
    const addresses = own.filter((a) => !a.internal && a.family === 'IPv4').map((a) => a.address)
    const wide = await startServer({ config: { host: '0.0.0.0' } })
    const reach = async (address: string, host: string) =>
      (await say(wide.url, 'GET /api/v1/session', [`Host: ${host}:${wide.server.port}`, 'Connection: close'], address))
        .status
    for (const address of addresses) {
      expect(await reach(address, address)).toBe(200)
      expect(await reach(address, '192.0.2.1')).toBe(421)
    }
    expect(await reach('127.0.0.1', '0.0.0.0')).toBe(421)
    await wide.close()
  })

  it('to whoever watches over servers under any', async () => {
    for (const path of ['/healthz', '/readyz'])
      expect((await ask(['Host: evil.example'], path)).text).toMatch(/^HTTP\/1.1 200[^]*\r\n\r\n\{"ok":true[^}]*\}$/)
  })
})

describe('W1 the names of the settings', () => {
  it('are the public one, those added, and that of the address to listen at', async () => {
    const config = { origin: 'https://rollout.example:8443', hosts: ['10.9.8.7'], host: 'localhost' }
    const test = await startServer({ config })
    const statusAt = async (host: string) =>
      (await say(test.url, 'GET /api/v1/session', [`Host: ${host}`, 'Connection: close'], 'localhost')).status
    for (const host of ['rollout.example', 'rollout.example:8443', '10.9.8.7:8008', 'localhost'])
      expect(await statusAt(host)).toBe(200)
    for (const host of ['example', 'x.rollout.example', '10.9.8.8']) expect(await statusAt(host)).toBe(421)
    await test.close()
  })

  it('hold for what a trusted proxy says as well, and for what it leaves as it was', async () => {
    const test = await startServer({
      config: { trustProxy: 1, hosts: ['rollout.example'] },
      demo: { people: () => [] },
    })
    const statusOf = async (host: string, ...more: string[]) =>
      (await say(test.url, 'GET /api/v1/session', [`Host: ${host}`, ...more, 'Connection: close'])).status
    expect(await statusOf('localhost', 'X-Forwarded-Host: rollout.example')).toBe(200)
    expect(await statusOf('localhost', 'X-Forwarded-Host: evil.example')).toBe(421)
    expect(await statusOf('localhost', 'X-Forwarded-Host: evil.example, rollout.example')).toBe(421)
    expect(await statusOf('localhost', 'X-Forwarded-Host: rollout.example', 'X-Forwarded-Host: evil.example')).toBe(421)
    expect(await statusOf('evil.example', 'X-Forwarded-Host: rollout.example')).toBe(421)
    await test.close()
  })
})

describe('W2 a link leads to the server, whoever asks for it and how', () => {
  const links = async (test: TestServer, headers: Record<string, string>) => {
    const asOffice = await test.as(office)
    const post = (path: string, body: object) => asOffice.send('POST', path, { body, headers })
    await test.account(districtA, 'district')
    return Promise.all([
      post('/api/v1/invitations', { name: 'x', role: 'viewer', unit: 'A' }),
      post('/api/v1/resets', { member: districtA.id }),
    ])
  }

  it('to the name that it is asked by, whatever a proxy that nobody trusts says', async () => {
    const test = await startServer()
    const forged = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', forwarded: 'host=evil.example' }
    for (const { status, body } of await links(test, forged)) {
      expect(status).toBe(200)
      expect(new URL(String(body.link)).origin).toBe(test.url)
    }
    await test.close()
  })

  it('to the public one where there is one', async () => {
    const test = await startServer({ config: { origin: 'https://rollout.example', trustProxy: 1 } })
    for (const { body } of await links(test, { origin: 'https://rollout.example' }))
      expect(new URL(String(body.link)).origin).toBe('https://rollout.example')
    await test.close()
  })

  it('to none of another scheme', async () => {
    const test = await startServer({ config: { trustProxy: 1 } })
    for (const { body } of await links(test, { 'x-forwarded-proto': 'javascript' }))
      expect(new URL(String(body.link)).origin).toBe(test.url)
    await test.close()
  })
})

const POLICY =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self';connect-src 'self';manifest-src 'self';worker-src 'self';base-uri 'none';" +
  "form-action 'self';frame-ancestors 'none';require-trusted-types-for 'script';trusted-types vue default"

/** With every answer, by TLS or not. */
const ALWAYS = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
  'permissions-policy': 'camera=(), display-capture=(), geolocation=(), microphone=(), midi=(), payment=(), usb=()',
}

describe('W3 browsers are told with every answer', () => {
  const kinds = async (test: TestServer, headers: Record<string, string> = {}) => {
    const stranger = test.stranger()
    const get = (path: string, accept = '*/*') => stranger.send('GET', path, { headers: { ...headers, accept } })
    const asOffice = await test.as(office)
    return {
      page: await get('/', 'text/html'),
      join: await get('/join', 'text/html'),
      reset: await get('/reset', 'text/html'),
      file: await get('/boot.js'),
      nothing: await get('/assets/nothing.js'),
      answer: await asOffice.send('GET', '/api/v1/session', { headers }),
      command: await asOffice.send('POST', '/api/v1/commands', { body: {}, headers }),
      refused: await stranger.send('GET', '/api/v1/sessions', { headers }),
      noRoute: await get('/api/v1/nothing'),
      foreign: await stranger.send('POST', '/api/v1/session', {
        headers: { ...headers, origin: 'https://evil.example' },
      }),
      notJson: await stranger.send('POST', '/api/v1/session', { body: '[', headers }),
      health: await get('/healthz'),
      ready: await get('/readyz'),
      metrics: await get('/metrics'),
    }
  }

  it('what a page may do', async () => {
    const test = await startServer()
    for (const [kind, { headers }] of Object.entries(await kinds(test))) {
      const told = Object.fromEntries(Object.keys(ALWAYS).map((name) => [name, headers.get(name)]))
      expect([kind, told]).toEqual([kind, ALWAYS])
      expect(headers.get('strict-transport-security'), kind).toBeNull()
      expect(headers.get('cross-origin-opener-policy'), kind).toBe('same-origin')
      expect(headers.get('origin-agent-cluster'), kind).toBe('?1')
    }
    const other = await say(test.url, 'GET /', ['Host: evil.example', 'Connection: close'])
    expect(other.text).toContain(`Content-Security-Policy: ${POLICY}`)
    await test.close()
  })

  it('nothing unsafe', () => {
    expect(POLICY).not.toMatch(/unsafe|\*|data:|blob:|http/)
  })

  it('to come by TLS alone, where they have come so', async () => {
    const origin = 'https://rollout.example'
    const before = await startServer({ config: { origin } })
    const proxied = await startServer({ config: { trustProxy: 1, hosts: ['rollout.example'] } })
    const behind = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'rollout.example' }
    for (const answers of [await kinds(before), await kinds(proxied, behind)])
      for (const [kind, { headers }] of Object.entries(answers)) {
        expect([kind, headers.get('strict-transport-security')]).toEqual([kind, 'max-age=31536000'])
        expect([kind, headers.get('cross-origin-opener-policy')]).toEqual([kind, 'same-origin'])
      }
    const { headers } = await proxied.stranger().get('/')
    expect(headers.get('strict-transport-security')).toBeNull()
    await before.close()
    await proxied.close()
  })

  it('to keep no answer about a person', async () => {
    const test = await startServer()
    const asOffice = await test.as(office)
    for (const path of ['/api/v1/session', '/api/v1/sessions', '/api/v1/changes?scope=people', '/api/v1/operation'])
      expect((await asOffice.get(path)).headers.get('cache-control')).toBe('private, no-store')
    for (const path of ['/api/v1/sessions', '/api/v1/nothing', '/metrics'])
      expect((await test.stranger().get(path)).headers.get('cache-control')).toBe('no-store')
    await test.close()
  })
})

describe('W4 the cookies', () => {
  it('are bound to this host and to TLS where the person has come by it', async () => {
    const origin = 'https://rollout.example'
    const test = await startServer({ config: { origin } })
    await test.account(office, 'office')
    const stranger = test.stranger()
    const reply = await stranger.post('/api/v1/session', { login: 'office', password: 'correct horse battery' })
    expect(reply.status).toBe(200)
    expect(reply.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^__Host-sid=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict; Secure$/),
      expect.stringMatching(/^__Host-did=[\w-]{43}; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict; Secure$/),
    ])
    expect((await stranger.get('/api/v1/sessions')).status).toBe(200)

    // anybody on the way could have set this one, by a page without TLS
    stranger.cookie = stranger.cookie.replace('__Host-', '')
    const planted = await stranger.get('/api/v1/sessions')
    expect([planted.status, codes(planted.body)]).toEqual([401, ['may.signIn']])
    await expect(stranger.socket()).rejects.toThrow()
    await test.close()
  })

  it('have their plain names where TLS is nowhere, since browsers keep no other', async () => {
    const test = await startServer({ demo: { people: () => [] } })
    const reply = await test.stranger().post('/api/v1/session/demo', { member: 'office' })
    expect(reply.headers.getSetCookie()[0]).toMatch(
      /^sid=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/,
    )
    await test.close()
  })
})
