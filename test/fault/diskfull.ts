/** The disk under a running server fills, to the last byte or nearly, while people report; then there is room again. */
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { verifyLog } from '../../server/archive/verify.ts'
import { openAudit } from '../../server/store/audit.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Answer, CommandData } from '../../shared/command.ts'
import { type Chance, chance } from '../support/chance.ts'
import { districtA, newId, office } from '../support/core.ts'
import { freshFold, logOf, rowsIn, sorted } from '../support/equation.ts'
import { item } from '../support/people.ts'
import { type Client, PASSWORD, startServer, type TestServer } from '../support/server.ts'
import type { Attack, Tally } from './attack.ts'

const LOOK_MS = 10
/** looks, `LOOK_MS` apart or more, by which a full disk is noticed, and by which a server is well again: a second, two seconds;
 * on a machine that stands still between them there are as many, and the time that it took is printed */
const NOTICED_LOOKS = 100
const HEALED_LOOKS = 200
/** bytes at most that a full disk has left: fewer than the server counts as full, whichever temporary file it takes away */
const LEFT = 900_000
const SCOPES = ['unit:C', 'unit:A1', 'sheet:A/2008-01-10', 'history:report/A1/2008-01-10']
const CONFIRMED = ['report.unusual', 'report.exceeds', 'report.coverageOver'] as const

/** A disk of 4 MB in memory. */
interface Disk {
  folder: string
  /** leaves so many bytes, 0 = none */
  fill(left: number): void
  free(): void
  remove(): void
}

export function diskfull(): Attack {
  return {
    title:
      'on a full disk acknowledgements stop, reading and signing in go on, it heals by itself; nothing acknowledged is lost, nothing refused has an effect',
    rounds: 20,
    impossible: async () => {
      try {
        makeDisk().remove()
        return null
      } catch (error) {
        return `a small disk cannot be mounted here (${String(error).split('\n')[0]})`
      }
    },
    async round(seed) {
      const disk = makeDisk()
      try {
        return await onDisk(disk, chance(seed))
      } finally {
        disk.remove()
      }
    },
  }
}

function makeDisk(): Disk {
  const folder = mkdtempSync(join(tmpdir(), 'rollout-disk-'))
  const file = join(folder, 'ballast')
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', folder], { stdio: 'pipe' })
  return {
    folder,
    fill(left) {
      const { bavail, bsize } = statfsSync(folder)
      const handle = openSync(file, 'a')
      try {
        for (let room = bavail * bsize - left; room > 0;)
          room -= writeSync(handle, Buffer.alloc(Math.min(room, 65_536)))
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      } finally {
        closeSync(handle)
      }
    },
    free: () => rmSync(file, { force: true }),
    remove() {
      execFileSync('umount', ['-l', folder])
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A command and its answer. */
interface Sent {
  id: string
  answer: Answer
}

async function onDisk(disk: Disk, luck: Chance): Promise<Tally> {
  const data = join(disk.folder, 'data', 'log.db')
  mkdirSync(join(disk.folder, 'data'))
  // with the log on one disk, or on another
  const state = luck.next() < 0.5 ? join(disk.folder, 'state') : mkdtempSync(join(tmpdir(), 'rollout-state-'))
  const server = await startServer({ config: { data, state } })
  const sent: Sent[] = []
  const tally = { acknowledged: 0, refused: 0, noticedMsMax: 0, healedMsMax: 0, refusedMsMax: 0 }
  const official = await server.as(districtA)
  await server.account(office, 'office')
  const writer = write(official, sent, luck)
  try {
    await pause(200 + luck.below(300))
    for (let times = 1 + luck.below(2); times > 0; times--) await fullOnce({ disk, server, official, luck, tally })
    await pause(200)
    await writer.stop()
    await sameAsFresh(server, official)
    await server.restart()
    await lookBack(server, sent, tally)
  } finally {
    disk.free()
    await writer.stop()
    await server.close()
    rmSync(state, { recursive: true, force: true })
  }
  return tally
}

/** Reports one after another, as fast as they are answered, until it is told to stop. */
function write(official: Client, sent: Sent[], luck: Chance) {
  const going = { on: true }
  const working = (async () => {
    while (going.on) {
      const id = newId()
      const values = { accepted: luck.below(100), issued: luck.below(100) }
      const confirmed = { basedOn: await seqOf(official), confirmed: [...CONFIRMED] }
      const data: CommandData<'SubmitReports'> = { items: [item('A1', '2008-01-10', values, confirmed)] }
      sent.push({ id, answer: await official.command('SubmitReports', data, id) })
      await pause(luck.below(10))
    }
  })()
  return {
    stop: async () => {
      going.on = false
      await working
    },
  }
}

const seqOf = async (client: Client): Promise<number> =>
  Number((await client.get('/api/v1/changes?scope=unit:A1')).body.to)

interface Full {
  disk: Disk
  server: TestServer
  official: Client
  luck: Chance
  tally: Tally
}

async function fullOnce({ disk, server, official, luck, tally }: Full): Promise<void> {
  const stranger = server.stranger()
  disk.fill(luck.next() < 0.5 ? 0 : luck.below(LEFT))
  const noticed = await until(NOTICED_LOOKS, async () => {
    const { status, body } = await stranger.get('/readyz')
    return status === 503 && JSON.stringify(body).includes('diskFull')
  })
  tally.noticedMsMax = Math.max(tally.noticedMsMax!, noticed)
  for (let n = 0; n < 5; n++) {
    const data = { items: [item('A2', '2008-01-10', { issued: 1 })] }
    const began = performance.now()
    const answer = await official.command('SubmitReports', data)
    tally.refusedMsMax = Math.max(tally.refusedMsMax!, Math.round(performance.now() - began))
    assert(!answer.ok && answer.refusals[0]?.code === 'store.readOnly', 'taken on a full disk')
    for (const scope of SCOPES) assert.equal((await official.get(`/api/v1/changes?scope=${scope}`)).status, 200, scope)
    const newcomer = server.stranger()
    const signedIn = await newcomer.post('/api/v1/session', { login: 'office', password: PASSWORD })
    assert.equal(signedIn.status, 200, `no sign-in on a full disk: ${signedIn.text}`)
    assert.equal((await newcomer.get('/api/v1/changes?scope=unit:C')).status, 200)
    // longer than what a session last did may stay unwritten
    server.clock.now = new Date(server.clock.now.getTime() + 10 * 60_000)
    await pause(luck.below(100))
  }
  disk.free()
  const healed = await until(HEALED_LOOKS, async () => (await stranger.get('/readyz')).status === 200)
  tally.healedMsMax = Math.max(tally.healedMsMax!, healed)
}

/** ms that it took; rejects when it took more looks. */
async function until(looks: number, is: () => Promise<boolean>): Promise<number> {
  const began = performance.now()
  for (let look = 1; !(await is()); look++) {
    assert(look < looks, `not by the ${looks}th look, after ${Math.round(performance.now() - began)} ms`)
    await pause(LOOK_MS)
  }
  return Math.round(performance.now() - began)
}

/** What is shown is what the log folds to. */
async function sameAsFresh({ file }: TestServer, official: Client): Promise<void> {
  const store = openSqlite(file, { readOnly: true })
  const events = await logOf(store)
  await store.close()
  const fresh = freshFold(events).state()
  for (const scope of SCOPES) {
    const { rows } = (await official.get(`/api/v1/changes?scope=${scope}`)).body as {
      rows: Parameters<typeof sorted>[0]
    }
    assert.deepEqual(sorted(rows), rowsIn(fresh, scope, events), scope)
  }
}

/** Every acknowledged command is in the log at its seq, every refused one is not there at all, and the log is whole. */
async function lookBack({ file }: TestServer, sent: readonly Sent[], tally: Tally): Promise<void> {
  const audit = openAudit(file)
  try {
    assert.deepEqual((await verifyLog(audit)).findings, [])
    for (const { id, answer } of sent) {
      const kept = audit.answerTo(id)
      tally[answer.ok ? 'acknowledged' : 'refused']!++
      if (answer.ok) assert.equal(kept?.seq, answer.seq, `${id} was acknowledged`)
      else assert.equal(kept, undefined, `${id} was refused`)
    }
  } finally {
    audit.close()
  }
}
