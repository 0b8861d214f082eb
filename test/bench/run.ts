/** Benchmarks: `npm run bench -- NAME … [--quick] [--program PATH --data PATH]`, or all of them. A table to read, then one JSON line per metric. */
import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { type Benchmark, type BenchOptions, print } from './measure.ts'

type Run = (options: BenchOptions) => Promise<Benchmark>

/** Loaded when they are run: each measures in a process that has done as little else as can be. */
const BENCHMARKS: Record<string, () => Promise<Run>> = {
  patch: async () => (await import('./patch.ts')).patch,
  fanout: async () => (await import('./fanout.ts')).fanout,
  ack: async () => (await import('./ack.ts')).ack,
  idle: async () => (await import('./idle.ts')).idle,
  stalled: async () => (await import('./stalled.ts')).stalled,
  ingest: async () => (await import('./ingest.ts')).ingest,
  files: async () => oneByOne((await import('./files.ts')).files, (await import('./batch.ts')).batch),
  asof: async () => (await import('./asof.ts')).asof,
  restart: async () => (await import('./restart.ts')).restart,
  questions: async () => (await import('./questions.ts')).questions,
  memory: async () => (await import('./memory.ts')).memory,
}

/** Several that belong together, as one. */
function oneByOne(...runs: Run[]): Run {
  return async (options) => {
    const done: Benchmark[] = []
    for (const run of runs) done.push(await run(options))
    return { setting: done.flatMap(({ setting }) => setting), metrics: done.flatMap(({ metrics }) => metrics) }
  }
}

const { positionals: wanted, values } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: 'boolean', default: false }, program: { type: 'string' }, data: { type: 'string' } },
})
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHMARKS, name))
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${Object.keys(BENCHMARKS).join(', ')}`)
  process.exit(1)
}
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`)
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHMARKS)) {
  console.log(`\n${name}${values.quick ? ' (quick)' : ''}`)
  const run = await BENCHMARKS[name]!()
  print(name, await run(values))
}
