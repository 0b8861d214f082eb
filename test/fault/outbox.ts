/**
 * Figures sent without a network, and the browser killed (SIGKILL of all its processes) at a random moment: while they are
 * typed, kept, or going out. A round is one life of a browser with up to ten sends; its profile outlives it. A send counts as made
 * once the page lists it as kept on the device: it is in the log exactly once then, in order. One that was cut before that is
 * there once or not at all; one that stands in its cell as typed and not sent stands there in the next life, too.
 */
import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { connect, createServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { type Browser, chromium, type Page } from '@playwright/test'
import { openSqlite } from '../../server/store/sqlite.ts'
import { chance } from '../support/chance.ts'
import { findChromium } from '../support/chromium.ts'
import { type CrowdedProcess, signIn, startProcess } from '../support/process.ts'
import type { Attack, Tally } from './attack.ts'

/** Sends of a life. */
const SENDS = 10
/** ms after one of the last five has begun within which the browser is killed: about as long as it takes */
const CUT_MS = 1_200
/** ms of a life within which there may be a network again, so that some goes out while it is killed */
const LIFE_MS = 8_000
const CELLS = ['A1/accepted', 'A2/accepted', 'A3/accepted']
const DRAINED_MS = 60_000

/** The way to the server, which can be cut. */
interface Line {
  url: string
  cut(): void
  mend(): Promise<void>
}

/** A send by its figure, which no other has. */
interface Sent {
  value: number
  /** key of its cell */
  cell: string
  /** the page was there to the end of it */
  seen: boolean
  /** the page shows it as sent */
  kept: boolean
  /** the page shows it as typed, and offers to send it */
  typed: boolean
}

export function outbox(): Attack {
  let world: Awaited<ReturnType<typeof startWorld>> | null = null
  let serial = 0
  return {
    title: 'what was sent without a network is in the log once and in order, whenever the browser is killed',
    rounds: 120,
    impossible: async () => ((await findChromium()) === undefined ? 'there is no Chromium' : null),
    async round(seed) {
      world ??= await startWorld()
      const luck = chance(seed)
      const { server, line, browse } = world
      const { page, kill } = world.open ?? (await browse())
      const sent: Sent[] = []
      line.cut()
      const last = SENDS - luck.below(SENDS / 2)
      const back = luck.next() < 0.4 ? pause(luck.below(LIFE_MS)).then(() => line.mend()) : Promise.resolve()
      let end: Promise<void> | null = null
      for (let n = 1; n <= SENDS; n++) {
        if (n === last) end = pause(luck.below(CUT_MS)).then(kill)
        sent.push({ value: ++serial, cell: luck.pick(CELLS), seen: false, kept: false, typed: false })
        if (!(await send(page, sent.at(-1)!))) break
      }
      await Promise.all([end, back])
      // also where a send has found no end before its time
      kill()
      await line.mend()
      world.open = await browse()
      return arrived(world.open.page, server, sent)
    },
    async close() {
      if (world === null) return
      const { server, line, profile, open } = world
      open?.kill()
      line.cut()
      await server.close()
      rmSync(profile, { recursive: true, force: true })
    },
  }
}

async function startWorld() {
  const server = await startProcess()
  const line = await openLine(Number(new URL(server.url).port))
  const profile = mkdtempSync(join(tmpdir(), 'rollout-profile-'))
  const cookie = await signIn(server.url, 'districtA')
  const open = null as { page: Page; kill: () => void } | null
  return { server, line, profile, open, browse: () => openBrowser(profile, line.url, cookie) }
}

/** False when the browser went away meanwhile. */
async function send(page: Page, sent: Sent): Promise<boolean> {
  try {
    const list = page.getByRole('list', { name: '本机待送' })
    const cell = page.locator(`input[data-cell="${sent.cell}"]`)
    const button = page.getByRole('button', { name: /^上报/ })
    await cell.fill(String(sent.value))
    await cell.press('Tab')
    await button.click()
    // with the way mended it may have arrived by then, and is looked for in the log
    await list
      .and(page.locator('[aria-busy=false]'))
      .waitFor({ timeout: 2_000 })
      .catch((error: unknown) => {
        if (page.isClosed() || !page.context().browser()!.isConnected()) throw error
      })
    const isThere = (await cell.inputValue()).replaceAll(',', '') === String(sent.value)
    const isBusy = (await list.and(page.locator('[aria-busy=true]')).count()) > 0
    // what a question or a refusal holds back is typed still, whatever went out beside it
    const state = await cell.locator('xpath=ancestor::td[1]').getAttribute('class')
    const isSent = /\b(kept|sending|accepted|waiting)\b/.test(state ?? '')
    sent.kept = isThere && isSent && !isBusy
    sent.typed = isThere && !isSent
    // the page does not say yet that it is kept
    sent.seen = !(isThere && isSent && isBusy)
    return true
  } catch {
    return false
  }
}

/** Waits until nothing waits any more, and holds the log against what was sent. */
async function arrived(page: Page, server: CrowdedProcess, sent: readonly Sent[]): Promise<Tally> {
  await page.getByText('实时', { exact: true }).waitFor({ timeout: DRAINED_MS })
  await page.getByRole('button', { name: /^本机待送/ }).waitFor({ state: 'detached', timeout: DRAINED_MS })
  const log = openSqlite(join(server.folder, 'rollout.db'), { readOnly: true })
  const events = await log.read(0, 1e6)
  await log.close()
  // what is typed next rests on what the page shows: upon older rows it would rightly be refused as a conflict
  const head = events.at(-1)!.seq.toLocaleString('en')
  await page.locator('.freshness', { hasText: new RegExp(`#${head}$`) }).waitFor({ timeout: DRAINED_MS })
  /** in order */
  const there = events.flatMap(({ type, data }) =>
    type === 'ReportSubmitted' ? Object.values((data as { values: Record<string, number> }).values) : [],
  )
  const times = (value: number) => there.filter((v) => v === value).length
  const kept = sent.filter((s) => s.kept).map((s) => s.value)
  // what the page took and shows nowhere is lost, whatever it had said of it
  for (const { value } of sent.filter((s) => s.seen && !s.kept && !s.typed))
    assert.equal(
      times(value),
      1,
      `${String(value)} is neither in its cell nor in the log; refused: ${refused.join(' ') || 'nothing'}`,
    )
  for (const key of CELLS) {
    const last = sent.findLast(({ cell }) => cell === key)
    if (last?.typed !== true || times(last.value) > 0) continue
    const text = await page.locator(`input[data-cell="${key}"]`).inputValue()
    assert.equal(text.replaceAll(',', ''), String(last.value), 'what was typed and not sent is there after the kill')
  }
  const missing = kept.filter((value) => times(value) === 0)
  if (missing.length > 0)
    assert.fail(
      `${missing.join(', ')} kept on the device and not in the log. ${await traces(page, missing)}; refused: ${refused.join(' ') || 'nothing'}`,
    )
  for (const value of kept) assert.equal(times(value), 1, `${String(value)} was kept on the device`)
  for (const { value } of sent) assert.ok(times(value) <= 1, `${String(value)} has one effect`)
  assert.deepEqual(
    there.filter((value) => kept.includes(value)),
    kept,
    'in order',
  )
  const ids = Map.groupBy(events, ({ command }) => command)
  for (const [id, own] of ids) assert.ok(own.length < 10, `${id} has one effect`)
  const typed = sent.filter((s) => s.typed).length
  return { sends: sent.length, kept: kept.length, typed, cut: sent.length - kept.length - typed }
}

/** Where figures are that are not in the log: refused with their text, still waiting, or drafts; or nowhere, which is lost. */
async function traces(page: Page, missing: readonly number[]): Promise<string> {
  const texts = await page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('rollout')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error!)
    })
    const store = database.transaction('texts').objectStore('texts')
    const all = <T>(request: IDBRequest<T[]>) =>
      new Promise<T[]>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error!)
      })
    const [keys, values] = await Promise.all([all(store.getAllKeys()), all(store.getAll() as IDBRequest<string[]>)])
    return keys.map((key, i) => `${String(key)}: ${values[i]!}`)
  })
  const left = texts.filter((text) => /^draft/.test(text) || (text.startsWith('outbox') && !text.includes('"ok":true')))
  const went = wire.filter((said) => missing.some((value) => said.includes(`:${String(value)}}`)))
  return `On the device: ${left.join(' · ') || 'nothing'}; sent: ${went.join(' ') || 'nothing'}`
}

async function openBrowser(profile: string, url: string, cookie: string) {
  const { child, address } = await launch(profile)
  const kill = () => killAll(child)
  const browser = await chromium.connectOverCDP(address)
  const page = await openPage(browser, url, cookie)
  return { browser, page, kill }
}

/** Again while the killed one still holds the profile. */
async function launch(profile: string, tries = 20): Promise<{ child: ChildProcess; address: string }> {
  const options = ['--headless=new', '--no-sandbox', '--disable-gpu', '--remote-debugging-port=0', '--lang=zh-CN']
  const child = spawn((await findChromium())!, [...options, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const said: string[] = []
  const address = await debuggerOf(child, said)
  if (address !== null) return { child, address }
  if (tries === 1) throw new Error(`the browser did not start: ${said.join(' · ')}`)
  await pause(500)
  return launch(profile, tries - 1)
}

/** What went out and what the server refused in this run, for the words of a failure. */
const wire: string[] = []
const refused: string[] = []

const hear = (said: string | Buffer) => {
  if (String(said).includes('"ok":false')) refused.push(String(said))
}
const tell = (said: string) => {
  if (said.includes('SubmitReports')) wire.push(said)
}
/** Commands go by the socket while it is there, else by HTTP. */
function hearRefusals(page: Page): void {
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) => hear(payload))
    socket.on('framesent', ({ payload }) => tell(String(payload)))
  })
  page.on('request', (request) => tell(request.postData() ?? ''))
  page.on('response', (response) => {
    if (response.url().endsWith('/commands')) response.text().then(hear, () => undefined)
  })
}

async function openPage(browser: Browser, url: string, cookie: string): Promise<Page> {
  const [context] = browser.contexts()
  const [name, value] = cookie.split('=') as [string, string]
  await context!.addCookies([{ name, value, url }])
  const page = await context!.newPage()
  hearRefusals(page)
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${url}/sheet/A`)
  await page.locator(`input[data-cell="${CELLS[0]!}"]`).waitFor({ timeout: DRAINED_MS })
  return page
}

/** The group of this browser's own processes. */
function killAll(child: ChildProcess): void {
  try {
    process.kill(-child.pid!, 'SIGKILL')
  } catch {
    // they are gone
  }
}

/** Null when it ended before it told; what it `said` instead. */
async function debuggerOf(child: ChildProcess, said: string[]): Promise<string | null> {
  for await (const line of createInterface({ input: child.stderr! })) {
    said.push(line)
    const [, address] = /^DevTools listening on (ws:\S+)/.exec(line) ?? []
    if (address !== undefined) return address
  }
  return null
}

async function openLine(port: number): Promise<Line> {
  const sockets = new Set<Socket>()
  let own = 0
  let listening: Server | null = null
  const line: Line = {
    url: '',
    cut() {
      listening?.close()
      listening = null
      for (const socket of sockets) socket.destroy()
    },
    async mend() {
      if (listening !== null) return
      const server = createServer((near) => {
        const far = connect(port, '127.0.0.1')
        for (const [socket, other] of [
          [near, far],
          [far, near],
        ] as const) {
          sockets.add(socket)
          socket.on('error', () => other.destroy()).on('close', () => sockets.delete(socket))
        }
        near.pipe(far).pipe(near)
      })
      listening = server
      server.listen(own, '127.0.0.1')
      await once(server, 'listening')
      own = (server.address() as { port: number }).port
      line.url = `http://127.0.0.1:${String(own)}`
    },
  }
  await line.mend()
  return line
}
