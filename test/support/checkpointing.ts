/** Writes checkpoints over and over until it is killed: `checkpointing.ts LOG FOLDER`. Says one line when it has begun. */
import { openCheckpoints } from '../../server/archive/checkpoints.ts'
import { after, BEGINNING } from '../../server/archive/mark.ts'
import { emptyState, fold } from '../../server/live/state.ts'
import { openSqlite } from '../../server/store/sqlite.ts'

const [log, folder] = process.argv.slice(2) as [string, string]
const store = openSqlite(log, { readOnly: true })
const events = await store.read(0, 100_000)
const kept = openCheckpoints({
  folder,
  code: 'code',
  hashAt: async (seq) => events[seq - 1]?.hash,
  say: (line, about) => console.error(line, about),
})
for (let round = 0; ; round++) {
  const state = emptyState()
  let mark = BEGINNING
  for (const event of events) {
    fold(state, event)
    mark = after(mark, event)
    kept.save({ state, mark })
  }
  if (round === 0) console.log('begun')
}
