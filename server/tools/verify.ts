/** Looks through a whole log, also beside its server: `npm run verify [-- --data FILE]`. Ends with 1 where it is not whole. */
import { existsSync } from 'node:fs'
import { savedStates } from '../archive/savedStates.ts'
import { verifyLog } from '../archive/verify.ts'
import { checkpointsOf } from '../build.ts'
import { type Audit, openAudit } from '../store/audit.ts'
import { headFault, headFileOf, readHead } from '../store/head.ts'
import { giveUp, readArguments, usualStore } from './arguments.ts'
import { faultIn } from '../archive/finding.ts'

const usual = usualStore()
const { values } = readArguments({ options: { data: { type: 'string', default: usual.data } } })
const { data } = values
if (!existsSync(data)) giveUp(`${data} is not there`)

let audit: Audit
try {
  audit = openAudit(data)
} catch (error) {
  giveUp(`${data} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
}
const began = performance.now()
const verdict = await verifyLog(audit, { saved: savedStates(checkpointsOf(data), audit) })
const why = audit.fault === null && audit.isMade ? againstHead(audit) : null
if (why !== null) verdict.findings.push({ code: 'head', seq: null, type: null, params: { why } })
const seconds = ((performance.now() - began) / 1_000).toFixed(1)
const { events, head, commands, states } = verdict
console.log(`${data}: ${events} of ${head} events, ${commands} commands, ${states} saved states, in ${seconds} s`)
const fault = faultIn(verdict)
if (fault !== null) giveUp(fault)
console.log('The log is whole.')

function againstHead(log: Audit): string | null {
  if (usual.state === null) return null
  try {
    const kept = readHead(headFileOf(usual.state, data))
    return kept && headFault(kept, log.head(), log.hashAt)
  } catch (error) {
    return String(error)
  }
}
