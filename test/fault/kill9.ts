/** The server killed without warning at random moments, while people write by both doors. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { makeBackup } from '../../server/archive/backup.ts'
import { faultIn } from '../../server/archive/finding.ts'
import { savedStates } from '../../server/archive/savedStates.ts'
import { verifyLog } from '../../server/archive/verify.ts'
import { checkpointsOf } from '../../server/build.ts'
import { openAudit } from '../../server/store/audit.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Answer } from '../../shared/command.ts'
import type { ReportItem } from '../../shared/domain/input.ts'
import { type Recorded, subjectOf } from '../../shared/event.ts'
import type { Patch } from '../../shared/view/patch.ts'
import { type Chance, chance } from '../support/chance.ts'
import { type Door, httpDoor, type Sent, socketDoor } from '../support/doors.ts'
import { freshFold, logOf, rowsIn, SCOPES, sorted } from '../support/equation.ts'
import { item } from '../support/people.ts'
import { type CrowdedProcess, signIn, startProcess } from '../support/process.ts'
import type { Attack } from './attack.ts'

/** Somebody who writes, with what they may write about. */
interface Writer {
  cookie: string
  streets: readonly string[]
}

/** A stopped server's folder, with everybody signed in; every round begins with a copy of it. */
interface Model {
  server: CrowdedProcess
  writers: Writer[]
}

interface Try {
  command: Sent
  answer: Answer | 'lost'
}

const DAYS = ['2008-01-02', '2008-01-03', '2008-01-04', '2008-01-07', '2008-01-08', '2008-01-09', '2008-01-10']
const CONFIRMED = ['report.unusual', 'report.exceeds', 'report.coverageOver'] as const
const STREETS = { office: ['A1', 'A2', 'A3', 'B1'], districtA: ['A1', 'A2', 'A3'], districtB: ['B1'] }
/** People write until so many ms have passed, or until the answer has come that makes so many; at the most. */
const WRITING_MS = 400
const ANSWERS = 30
/** ms after which a start is killed, at the most */
const STARTING_MS = 1_200

export function kill9(): Attack {
  let model: Promise<Model> | null = null
  return {
    title:
      'after kill -9 an acknowledged command is there once, any other wholly or not at all; sent again it has one effect',
    rounds: 200,
    async round(seed) {
      const { server: stopped, writers } = await (model ??= makeModel())
      const server = await startProcess(0, 0, stopped.folder)
      try {
        return await kill(server, writers, seed)
      } finally {
        await server.close()
      }
    },
    close: async () => (await model)?.server.close(),
  }
}

async function makeModel(): Promise<Model> {
  const server = await startProcess()
  const writers: Writer[] = []
  for (const [login, streets] of Object.entries(STREETS))
    writers.push({ cookie: await signIn(server.url, login), streets })
  await server.stop()
  return { server, writers }
}

async function kill(server: CrowdedProcess, writers: readonly Writer[], seed: number) {
  const luck = chance(seed)
  const { folder } = server
  const data = join(folder, 'rollout.db')
  const tries: Try[] = []
  const tally = {
    acknowledged: 0,
    refused: 0,
    lost: 0,
    ofThoseThere: 0,
    inStart: 0,
    inCheckpoint: 0,
    inBackup: 0,
    backupsWhole: 0,
  }

  // two that are sent together share a transaction, so that a half of it would show
  let left = 1 + luck.below(ANSWERS)
  const { promise: enough, resolve: stop } = Promise.withResolvers<null>()
  const take = (t: Try) => {
    tries.push(t)
    if (--left === 0) stop(null)
  }
  const writing = writers.flatMap((writer) =>
    [httpDoor, socketDoor].map((door) =>
      keepSending(door(server.url, writer.cookie), writer, chance(luck.below(1e9)), take),
    ),
  )
  const moment = luck.pick(['some time', 'an answer', 'an answer', 'a backup'] as const)
  await Promise.race([pause(luck.below(WRITING_MS)), moment === 'an answer' ? enough : pause(WRITING_MS)])
  const copy = join(folder, 'copy.db')
  const copying = moment === 'a backup' ? backup(data, copy) : null
  if (copying !== null) await pause(luck.below(60))
  await server.kill()
  await Promise.all(writing)
  if (copying !== null) {
    tally.inBackup++
    if (await copying) tally.backupsWhole++
    const left = readdirSync(folder).filter((name) => name.startsWith('copy.db'))
    assert.deepEqual(left.length, (await copying) ? 2 : 0, `a backup is whole or not there: ${left.join(', ')}`)
  }
  for (; luck.next() < 0.4; tally.inStart++) await server.startInVain(luck.below(STARTING_MS))
  if (luck.next() < 0.3) {
    await killCheckpointing(data, 1 + luck.below(200_000))
    tally.inCheckpoint++
  }
  await server.start()
  const drafts = existsSync(checkpointsOf(data)) ? readdirSync(checkpointsOf(data)) : []
  assert.deepEqual(
    drafts.filter((name) => name.endsWith('.draft')),
    [],
    'drafts of saved states are taken away',
  )

  const before = byCommand(await read(data))
  for (const { command, answer } of tries) {
    const there = before.get(command.id) ?? []
    if (answer === 'lost') {
      tally.lost++
      if (there.length > 0) tally.ofThoseThere++
      assertWhole(command, there)
    } else if (answer.ok) {
      tally.acknowledged++
      assert.deepEqual(there.map(happening), answer.happened, `${command.id} was acknowledged`)
    } else {
      tally.refused++
      assert.equal(there.length, 0, `${command.id} was refused`)
    }
  }

  const doors = writers.map(({ cookie }) => [httpDoor(server.url, cookie), socketDoor(server.url, cookie)] as const)
  for (const { command, answer } of tries) {
    const mine = doors[Number(command.id.split('-')[1])]!
    const again = await Promise.all(mine.map((door) => door.send(command)))
    assert.deepEqual(again[0], again[1], `${command.id} is answered alike by both doors`)
    const there = before.has(command.id)
    if (answer !== 'lost' && answer.ok)
      assert.deepEqual(again[0], answer, `${command.id} is answered as the first time`)
    if (there) assert.ok(again[0] !== 'lost' && again[0]!.ok, `${command.id} was there`)
  }
  doors.flat().forEach((door) => door.close())
  const shown = await rowsOf(server, writers[0]!.cookie)
  await server.stop()

  const log = await read(data)
  const after = byCommand(log)
  for (const { command } of tries) {
    const there = before.get(command.id)
    if (there !== undefined) assert.deepEqual(after.get(command.id), there, `${command.id} has had one effect`)
    assertWhole(command, after.get(command.id) ?? [])
  }
  const fresh = freshFold(log).state()
  for (const [scope, rows] of shown) assert.deepEqual(rows, rowsIn(fresh, scope, log), `rows of ${scope}`)
  await assertChain(data)
  return tally
}

/** Until the door is lost. */
async function keepSending(door: Door, { streets }: Writer, luck: Chance, take: (t: Try) => void): Promise<void> {
  const person = Object.values(STREETS).indexOf(streets as string[])
  for (let answers: Try['answer'][] = []; !answers.includes('lost');) {
    const commands = Array.from({ length: 1 + luck.below(3) }, () => commandOf(person, streets, luck))
    const send = async (command: Sent) => {
      const answer = await door.send(command)
      take({ command, answer })
      return answer
    }
    answers = await Promise.all(commands.map(send))
  }
  door.close()
}

function commandOf(person: number, streets: readonly string[], luck: Chance): Sent {
  const id = `kill-${person}-${luck.below(1e9).toString(36)}-${luck.below(1e9).toString(36)}`
  if (luck.next() < 0.25) {
    const issue = { title: 't', text: 'x', category: 'fee', unit: streets[0], from: DAYS[0], to: null }
    return { id, kind: 'LogIssue', data: { ...issue, article: null, counters: [] } }
  }
  if (person === 0 && luck.next() < 0.5) {
    const member = `m${luck.below(1e9)}`
    const data = { member, name: member, role: 'viewer', unit: 'A' }
    return { id, kind: 'AddMember', data }
  }
  const day = luck.pick(DAYS)
  const more: Partial<ReportItem> = { type: 'late', reason: 'a box was found', confirmed: [...CONFIRMED] }
  const given = streets.slice(0, 1 + luck.below(streets.length))
  const items = given.map((unit) => item(unit, day, { accepted: 1 + luck.below(1e6), issued: luck.below(1e6) }, more))
  return { id, kind: 'SubmitReports', data: { items } }
}

/** All that the command is about, or nothing. */
function assertWhole({ id, kind, data }: Sent, events: readonly Recorded[]): void {
  if (events.length === 0 || kind !== 'SubmitReports') return
  const { items } = data as { items: { unit: string; day: string }[] }
  const wanted = items.map(({ unit, day }) => `report/${unit}/${day}`)
  assert.deepEqual([...new Set(events.map(subjectOf))].sort(), wanted.sort(), `${id} is there by halves`)
}

const happening = (event: Recorded) => ({ subject: subjectOf(event), version: event.seq })

async function backup(data: string, file: string): Promise<boolean> {
  const state = join(data, '../state')
  try {
    const { verdict } = await makeBackup({ data, state, file, now: () => new Date() }, faultIn)
    assert.equal(faultIn(verdict), null, 'the backup is whole')
    return true
  } catch (error) {
    if (error instanceof assert.AssertionError) throw error
    return false
  }
}

/** A process that saves states of the log, killed when it has written so many bytes. */
async function killCheckpointing(data: string, bytes: number): Promise<void> {
  const node = join(import.meta.dirname, '../../node_modules/.bin/node')
  const script = join(import.meta.dirname, '../support/checkpointing.ts')
  const child = spawn(node, [script, data, checkpointsOf(data), String(bytes)], { stdio: 'inherit' })
  assert.deepEqual(await once(child, 'exit'), [null, 'SIGKILL'])
}

async function read(data: string): Promise<Recorded[]> {
  const store = openSqlite(data, { readOnly: true })
  try {
    return await logOf(store)
  } finally {
    await store.close()
  }
}

const byCommand = (log: readonly Recorded[]): Map<string, Recorded[]> => Map.groupBy(log, ({ command }) => command)

async function rowsOf(server: CrowdedProcess, cookie: string) {
  const shown = new Map<string, ReturnType<typeof sorted>>()
  for (const scope of SCOPES) {
    const response = await fetch(`${server.url}/api/v1/changes?scope=${scope}`, { headers: { cookie } })
    if (response.ok) shown.set(scope, sorted(((await response.json()) as Patch).rows))
  }
  return shown
}

async function assertChain(data: string): Promise<void> {
  const audit = openAudit(data)
  try {
    assert.equal(faultIn(await verifyLog(audit, { saved: savedStates(checkpointsOf(data), audit) })), null)
  } finally {
    audit.close()
  }
}
