/** The attacks in full: `npm run fault -- NAME … [--rounds K] [--seed S]`, or `all`. Ends with a table (Markdown), and with 1 when a promise was broken. */
import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { giveUp, readArguments, wholeNumber } from '../../server/tools/arguments.ts'
import { attack, type Attack, Broken, type Tally } from './attack.ts'

/** Loaded when they are run. */
const ATTACKS: Record<string, () => Promise<Attack>> = {
  retry: async () => (await import('./retry.ts')).retry(),
  resume: async () => (await import('./resume.ts')).resume(),
  clock: async () => (await import('./clock.ts')).clock,
  bitrot: async () => (await import('./bitrot.ts')).bitrot(),
  diskfull: async () => (await import('./diskfull.ts')).diskfull(),
  kill9: async () => (await import('./kill9.ts')).kill9(),
  outbox: async () => (await import('./outbox.ts')).outbox(),
  worst: async () => (await import('../security/worst.ts')).worst,
}

/** One line of the table. */
interface Line {
  name: string
  rounds: number
  seconds: number
  outcome: string
}

/** rounds a minute are said while it runs */
const SAY_MS = 30_000

const { positionals, values } = readArguments({
  args: process.argv.slice(2),
  allowPositionals: true,
  options: { rounds: { type: 'string' }, seed: { type: 'string' } },
})
const names = positionals.length === 0 || positionals.includes('all') ? Object.keys(ATTACKS) : positionals
const unknown = names.filter((name) => !Object.hasOwn(ATTACKS, name))
if (unknown.length > 0) giveUp(`no attack ${unknown.join(', ')}; there are: ${Object.keys(ATTACKS).join(', ')}, all`)
const rounds = values.rounds === undefined ? null : wholeNumber('--rounds', values.rounds, 1, 1e6)
const seed = values.seed === undefined ? randomInt(1e9) : wholeNumber('--seed', values.seed, 0, 4e9)

const commit = git('describe', '--always', '--dirty')
const date = new Date().toISOString().slice(0, 10)
console.log(`seed ${seed}, ${date}, commit ${commit}, Node ${process.version}`)
const lines: Line[] = []
for (const name of names) lines.push(await run(name))
console.log(`\n| attack | rounds | seconds | outcome |\n|---|--:|--:|---|`)
for (const { name, rounds, seconds, outcome } of lines) console.log(`| ${name} | ${rounds} | ${seconds} | ${outcome} |`)
// not by itself: what an attack left open would keep it
process.exit()

async function run(name: string): Promise<Line> {
  const it = await ATTACKS[name]!()
  console.log(`\n${name}: ${it.title}`)
  const why = (await it.impossible?.()) ?? null
  if (why !== null) return line(name, 0, 0, `skipped: ${why}`)
  const asked = rounds ?? it.rounds
  const began = performance.now()
  let said = began
  let held = 0
  const seconds = () => Math.round((performance.now() - began) / 100) / 10
  try {
    const tally = await attack(it, asked, seed, (round) => {
      held = round
      if (performance.now() - said < SAY_MS) return
      said = performance.now()
      console.log(`  ${round} of ${asked}`)
    })
    return line(name, asked, seconds(), `held: ${inWords(tally)}`)
  } catch (error) {
    process.exitCode = 1
    if (!(error instanceof Broken)) {
      // what only shows in the end, over all rounds
      console.error(`${name}: ${error instanceof Error ? error.stack : String(error)}`)
      return line(name, held, seconds(), `BROKEN with seed ${seed}, in the end`)
    }
    console.error(`${name}: ${error.message}\nAgain: npm run fault -- ${name} --rounds 1 --seed ${error.seed}`)
    return line(name, held, seconds(), `BROKEN with seed ${error.seed}`)
  }
}

function line(name: string, rounds: number, seconds: number, outcome: string): Line {
  console.log(`  ${outcome}`)
  return { name, rounds, seconds, outcome }
}

function inWords(tally: Tally): string {
  return Object.entries(tally)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ')
}

function git(...args: string[]): string {
  try {
    return execFileSync('git', args, {
      cwd: import.meta.dirname,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim()
  } catch {
    return 'unknown'
  }
}
