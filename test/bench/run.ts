/** Benchmarks: `npm run bench -- NAME …`, or all of them. */
import { cpus } from 'node:os'
import { ingest } from './ingest.ts'
import { type Benchmark, print } from './measure.ts'

const BENCHMARKS: Record<string, () => Promise<Benchmark>> = { ingest }

const wanted = process.argv.slice(2)
const unknown = wanted.filter((name) => !Object.hasOwn(BENCHMARKS, name))
if (unknown.length > 0) {
  console.error(`no benchmark ${unknown.join(', ')}; there are: ${Object.keys(BENCHMARKS).join(', ')}`)
  process.exit(1)
}
console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}`)
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHMARKS)) {
  console.log(`\n${name}`)
  print(await BENCHMARKS[name]!())
}
