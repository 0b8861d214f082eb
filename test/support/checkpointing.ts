/** Writes checkpoints until it has written that many bytes, and is killed there: `checkpointing.ts LOG FOLDER BYTES`. */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { openCheckpoints } from '../../server/archive/checkpoints.ts'
import { foldCode } from '../../server/archive/code.ts'
import { after, BEGINNING } from '../../server/archive/position.ts'
import { emptyState, fold } from '../../server/live/state.ts'
import { openSqlite } from '../../server/store/sqlite.ts'

const [log, folder, bytes] = process.argv.slice(2) as [string, string, string]

let left = Number(bytes)
const write = fs.writeFileSync
fs.writeFileSync = (file, data) => {
  const part = data as Buffer
  write(file, part.subarray(0, left))
  if (part.length >= left) process.kill(process.pid, 'SIGKILL')
  left -= part.length
}
syncBuiltinESMExports()

const store = openSqlite(log, { readOnly: true })
const events = await store.read(0, 100_000)
const kept = openCheckpoints({
  folder,
  code: foldCode(),
  hashAt: async (seq) => events[seq - 1]?.hash,
  say: (line, about) => console.error(line, about),
})
for (;;) {
  const state = emptyState()
  let position = BEGINNING
  for (const event of events) {
    fold(state, event)
    position = after(position, event)
    kept.save({ state, position })
  }
}
