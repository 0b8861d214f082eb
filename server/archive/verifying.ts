/** The thread that looks through the whole log beside the server, once: chain, commands, saved states, and what is shown. */
import { once } from 'node:events'
import { setPriority } from 'node:os'
import { isDeepStrictEqual } from 'node:util'
import { parentPort, workerData } from 'node:worker_threads'
import type { Finding } from '../../shared/protocol/operation.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import type { State } from '../live/state.ts'
import { rowsOf } from '../live/views/scope.ts'
import { openAudit } from '../store/audit.ts'
import type { FromVerifier, Shown, Start } from './messages.ts'
import { savedStates } from './savedStates.ts'
import { assertSame } from './thread.ts'
import { verifyLog } from './verify.ts'

const port = parentPort!
const start = workerData as Start
const { data, folder } = start
const tell = (message: FromVerifier) => port.postMessage(message)

// here it is this thread alone; elsewhere it would be the whole process
if (process.platform === 'linux') setPriority(15)

assertSame(start)
const audit = openAudit(data)
assertSame(start)
tell({ kind: 'verdict', verdict: await verifyLog(audit, { saved: savedStates(folder, audit), more: compareShown }) })
audit.close()
port.close()

/** Folds on to where the server is, and compares what it shows there. */
async function compareShown(state: State, foldTo: (seq: number) => Finding | null) {
  const answer = once(port, 'message') as Promise<[Shown[]]>
  tell({ kind: 'show' })
  const [shown] = await answer
  let states = 0
  for (const { scope, seq, rows } of shown.sort((a, b) => a.seq - b.seq)) {
    const finding = foldTo(seq)
    if (finding !== null) return { states, finding }
    states++
    if (!isDeepStrictEqual(lines(rows), lines(rowsOf(state, scope)))) return { states, finding: different(scope, seq) }
  }
  return { states, finding: null }
}

// declared, not assigned: the work above waits, and is done, before this place is reached
function lines(rows: readonly WireRow[]): Set<string> {
  return new Set(rows.map((row) => JSON.stringify(row)))
}

function different(scope: string, seq: number): Finding {
  return { code: 'state', seq, type: null, params: { what: scope } }
}
