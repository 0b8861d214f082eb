/** One bit of a server's files flips while it is stopped or killed; then it is started. */
import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { pino } from 'pino'
import { buildServer, checkpointsOf, type RunningServer, StartFault } from '../../server/build.ts'
import { DEFAULTS } from '../../server/config.ts'
import { headFileOf } from '../../server/store/head.ts'
import { lockOf } from '../../server/store/lock.ts'
import type { OperationReport, Verdict } from '../../shared/protocol/operation.ts'
import { chance } from '../support/chance.ts'
import { newId, office } from '../support/core.ts'
import { sorted } from '../support/equation.ts'
import { tinyProgramme } from '../support/programme.ts'
import { createClient } from '../support/server.ts'
import type { Attack, Tally } from './attack.ts'
import { copyOf, type Files, type Left, makeLeft, tablesIn } from './brokenFiles.ts'

/** ms in which the look through the whole log has to end */
const LOOKING_MS = 60_000
/** What the kept head covers, and the signs of life that are written beside it. */
const LOG = ['event', 'command', 'life']

export function bitrot(): Attack {
  let left: ReturnType<typeof makeLeft> | null = null
  return {
    title:
      'a flipped bit in any file is without effect, or no start with words, or found and ends writing; no other figure is shown',
    rounds: 200,
    async round(seed) {
      const { pick, below, next } = chance(seed)
      const from = (await (left ??= makeLeft()))[pick(['stopped', 'stopped', 'killed'] as const)]
      const folder = mkdtempSync(join(tmpdir(), 'rollout-bitrot-'))
      try {
        const files = copyOf(from, join(folder, 'files'))
        // then all of the log is folded at the start
        if (next() < 0.4) rmSync(checkpointsOf(files.data), { recursive: true })
        const [what, file] = pick(targetsIn(files))
        const at = below(statSync(file).size)
        flip(file, at, below(8))
        const outcome = await afterFlip(files, from, what === 'wal').catch((error: unknown) => {
          throw new Error(`${what}, byte ${at}: ${String(error)}`, { cause: error })
        })
        return { [what]: 1, ...outcome }
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    },
    close: async () => (await left)?.remove(),
  }
}

/** Files with something in them, by what they are: the log's own the most often. */
function targetsIn({ data, state }: Files): [string, string][] {
  const states = checkpointsOf(data)
  const files: [string, string][] = [
    ...Array.from({ length: 4 }, (): [string, string] => ['file', data]),
    ['wal', `${data}-wal`],
    ['wal', `${data}-wal`],
    ['shm', `${data}-shm`],
    ['head', headFileOf(state, data)],
    ['lock', lockOf(data)],
    ['state', join(states, existsSync(states) ? readdirSync(states)[0]! : '')],
  ]
  return files.filter(([, file]) => existsSync(file) && statSync(file).isFile() && statSync(file).size > 0)
}

function flip(file: string, at: number, bit: number): void {
  const bytes = readFileSync(file)
  bytes[at]! ^= 1 << bit
  writeFileSync(file, bytes)
}

async function afterFlip(files: Files, from: Left, mayCut: boolean): Promise<Tally> {
  const tables = tablesIn(files)
  const changed = Object.keys(from.tables).filter((table) => tables?.[table] !== from.tables[table])
  const server = await start(files)
  if (server === null) return { refused: 1 }
  try {
    const isShown = await showsTheSame(server, from)
    const verdict = await lookedThrough(server)
    const refusals = await refusalsOf(server)
    if (verdict.findings.length > 0 || !isShown) {
      assert(server.health.holds('logDamaged'), 'found, but not said')
      assert.deepEqual(refusals, ['store.readOnly'], 'found, but written to')
      return { found: 1 }
    }
    assert.deepEqual(server.health.causes(), [])
    assert.deepEqual(refusals, [])
    if (changed.length === 0) return { withoutEffect: 1 }
    // the end of the `-wal` was cut after the last event: what people did to accounts and sessions since (docs/reliability.md)
    const unsaid = changed.filter((table) => !mayCut || LOG.includes(table))
    assert.deepEqual(unsaid, [], 'rows were changed, and nobody says so')
    return { accountsCut: 1 }
  } finally {
    await server.close()
  }
}

/** Of a command that is always in order. */
async function refusalsOf({ core }: RunningServer): Promise<string[]> {
  const member = newId()
  const data = { member, name: member, role: 'viewer', unit: 'C' }
  const answer = await core.dispatch({ id: newId(), kind: 'AddMember', data }, office)
  return answer.ok ? [] : answer.refusals.map(({ code }) => code)
}

const url = (server: RunningServer) => `http://127.0.0.1:${server.port}`

/** Null where there is no start, which has to be said in words. */
async function start({ data, state }: Files): Promise<RunningServer | null> {
  try {
    return await buildServer({
      config: { ...DEFAULTS, host: '127.0.0.1', port: 0, data, state },
      programme: tinyProgramme(),
      clock: () => new Date('2008-01-02T09:30:00Z'),
      scheduler: false,
      verifyAfterMs: 0,
      log: pino({ level: 'silent' }),
    })
  } catch (error) {
    assert(error instanceof StartFault, `no start, but not in words: ${String(error)}`)
    return null
  }
}

/** Are all scopes what the undamaged log folds to? What cannot be read at all is not shown. */
async function showsTheSame({ core }: RunningServer, { rows }: Left): Promise<boolean> {
  let all = true
  for (const [scope, should] of rows) {
    const is = await core.changes(office, scope, 0).catch(() => null)
    all &&= is !== null
    if (is === null) continue
    assert(is.ok, `${scope} is refused`)
    const shown = sorted(JSON.parse(JSON.stringify(is.value.rows)) as typeof should)
    assert.deepEqual(shown, should, `other figures are shown in ${scope}`)
  }
  return all
}

async function lookedThrough(server: RunningServer): Promise<Verdict> {
  const client = createClient(async () => url(server), `sid=${await server.auth.sessions.create(office.id)}`)
  for (let waited = 0; waited < LOOKING_MS; waited += 50) {
    const { verify } = (await client.get('/api/v1/operation')).body as unknown as OperationReport
    if (verify.verdict !== null) return verify.verdict
    assert(verify.ended === null, 'the log could not be looked through')
    await pause(50)
  }
  throw new Error('the look through the log does not end')
}
