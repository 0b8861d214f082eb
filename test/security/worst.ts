/** Signed-in people who do the worst that they can, and others who work meanwhile (findings S2, S7). */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Attack } from '../fault/attack.ts'
import { signIn, startProcess } from '../support/process.ts'
import { openRawSocket } from '../support/rawSocket.ts'
import { DEEDS, DEMANDS, report, say, submit } from './misdeeds.ts'
import type { Done, Order } from './mob.ts'

/** How the system ranks those who misbehave, who take from the server what it would have on a machine of its own. */
const LOW = 5

export interface WorstOptions {
  sockets: number
  /** of misdeeds; half as long is quiet before */
  ms: number
  seed: number
  /** what they do; everything unless told */
  names?: readonly string[]
  /** whose connections these are: so many people's, as many as connections unless told */
  people?: number
}

/** ms from asking to the answer, and how many were not what they should be. */
export interface Served {
  answers: number[]
  lost: number
}

export interface Worst extends Done {
  /** an official's reports, before and meanwhile */
  quiet: Served
  meanwhile: Served
  /** somebody who comes meanwhile and asks for the whole */
  visits: Served
  /** bytes of memory, before and at most meanwhile */
  idle: number
  most: number
  /** of one core: what the server took of it meanwhile */
  busy: number
}

/** Everything that they do. */
export const NAMES: readonly string[] = [...Object.keys(DEEDS), ...Object.keys(DEMANDS)]

/** Runs it against a server in a process of its own; those who misbehave are in another. */
export async function doWorst(options: WorstOptions): Promise<Worst> {
  const { sockets, ms, seed, people = sockets, names = NAMES } = options
  const server = await startProcess(0, people)
  const { url, cookies } = server
  const official = await officialOf(url)
  await official.reports(ms / 4)
  const quiet = await official.reports(ms / 2)
  const idle = memoryOf(server.pid())
  let most = idle
  const watching = setInterval(() => (most = Math.max(most, memoryOf(server.pid()))), 100)
  const mob = startMob({
    ...{ url, names, seed },
    cookies: Array.from({ length: sockets }, (_, i) => cookies[i % people]!),
  })
  const before = processorOf(server.pid())
  const [meanwhile, visits] = await Promise.all([official.reports(ms), visit(url, ms)])
  const busy = (processorOf(server.pid()) - before) / ms
  const done = await mob.stop()
  clearInterval(watching)
  official.close()
  await server.close()
  return { ...done, quiet, meanwhile, visits, idle, most, busy }
}

function startMob(order: Order): { stop(): Promise<Done> } {
  const execPath = join(import.meta.dirname, '../../node_modules/.bin/node')
  const mob: ChildProcess = fork(join(import.meta.dirname, 'mob.ts'), { execPath })
  // they have machines of their own
  setPriority(mob.pid!, LOW)
  mob.send(order)
  return {
    async stop() {
      const told = once(mob, 'message')
      mob.send('stop')
      const [done] = (await told) as [Done]
      return done
    },
  }
}

/** An official of district B, who reports ten times a second as long as the answers come. */
async function officialOf(url: string) {
  const heard = new Map<number, (answer: string) => void>()
  const socket = await openRawSocket(url, await signIn(url, 'districtB'), (content) => {
    const [, n] = /^43(\d+)/.exec(content.toString('latin1', 0, 20)) ?? []
    if (n !== undefined) heard.get(Number(n))?.(content.toString())
  })
  let n = 0
  /** seq of the last report */
  let head = 0
  return {
    async reports(ms: number): Promise<Served> {
      const served: Served = { answers: [], lost: 0 }
      for (const end = performance.now() + ms; performance.now() < end; await pause(100)) {
        const began = performance.now()
        const answer = new Promise<string>((resolve) => heard.set(++n, resolve))
        say(socket, n, 'command', submit(`official-${n}`, [report(n, 'B1', head)]))
        const seq = /"ok":true,"seq":(\d+)/.exec(await answer)?.[1]
        served.answers.push(performance.now() - began)
        if (seq === undefined) served.lost++
        else head = Number(seq)
        heard.delete(n)
      }
      return served
    },
    close: () => socket.close(),
  }
}

/** Somebody of the office who opens the page anew each second: a live connection, and the rows of the whole. */
async function visit(url: string, ms: number): Promise<Served> {
  const served: Served = { answers: [], lost: 0 }
  const cookie = await signIn(url, 'office')
  for (const end = performance.now() + ms; performance.now() < end; await pause(1_000)) {
    const began = performance.now()
    try {
      const socket = await openRawSocket(url, cookie, () => undefined)
      const response = await fetch(`${url}/api/v1/changes?scope=unit:C`, { headers: { cookie } })
      if (!response.ok) throw new Error(await response.text())
      await response.text()
      socket.close()
    } catch {
      served.lost++
    }
    served.answers.push(performance.now() - began)
  }
  return served
}

/** Bytes of memory that a process of this machine takes. */
const memoryOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) * 1_024

/** ms of processor that it has taken; the system counts in hundredths of a second. */
function processorOf(pid: number): number {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /, '')
    .split(' ')
    .slice(11)
  return (Number(user) + Number(system)) * 10
}

/** The claim, in rounds of a minute with a hundred of them (H20). */
export const worst: Attack = {
  title:
    'a hundred signed-in people do their worst for a minute: memory within 300 MB, answers within ten times the quiet',
  rounds: 3,
  async round(seed) {
    const done = await doWorst({ sockets: 100, ms: 60_000, seed })
    const figures = {
      memoryIdleMbMax: Math.round(done.idle / MB),
      memoryGrownMbMax: Math.round((done.most - done.idle) / MB),
      ackQuietMsMax: medianOf(done.quiet),
      ackMeanwhileMsMax: medianOf(done.meanwhile),
      visitMsMax: medianOf(done.visits),
      reports: done.meanwhile.answers.length,
      deeds: sum(done.did),
      cutOff: sum(done.cut),
    }
    const isKept =
      done.meanwhile.lost + done.visits.lost === 0 &&
      figures.memoryGrownMbMax < 300 &&
      figures.ackMeanwhileMsMax < 10 * figures.ackQuietMsMax
    if (!isKept) throw new Error(JSON.stringify({ ...figures, lost: done.meanwhile.lost, notSeen: done.visits.lost }))
    return figures
  },
}

const MB = 1_000_000
const sum = (counts: Record<string, number>) => Object.values(counts).reduce((all, n) => all + n, 0)

/** ms, to a tenth. */
function medianOf({ answers }: Served): number {
  const sorted = answers.toSorted((a, b) => a - b)
  return Math.round((sorted[Math.floor(sorted.length / 2)] ?? 0) * 10) / 10
}
