/** A start of the server's core on a log, up to its first answer, in a process of its own: `restarting.ts LOG FOLDER`. */
import { newestState } from '../../server/archive/archive.ts'
import { openCore } from '../../server/core/core.ts'
import { openSqlite } from '../../server/store/sqlite.ts'

const [data, folder] = process.argv.slice(2) as [string, string]
const store = openSqlite(data)
const begin = await newestState({ folder, say: (line, about) => console.error(line, about) }, store)
// the core folds the state on in place
const from = begin?.world.seq ?? 0
const core = await openCore({ store, now: () => new Date(), ...(begin === undefined ? {} : { begin }) })
const { root } = core.setting()!.units
await core.prepare(core.actor('office')!, `unit:${root}`)
const { seq, digest } = core.live.head(`unit:${root}`)
console.log(JSON.stringify({ seq, digest, begin: from, head: await store.head() }))
process.exit(0)
