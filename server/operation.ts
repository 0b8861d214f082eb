/** What the office is told of the server and its log; and the look through the whole log after a start. */
import type { Logger } from 'pino'
import type { Actor } from '../shared/policy.ts'
import type { OperationReport, Verdict } from '../shared/protocol/operation.ts'
import { faultIn } from './archive/finding.ts'
import { lastBackup } from './archive/lastBackup.ts'
import type { Shown } from './archive/messages.ts'
import { startVerifier } from './archive/verifier.ts'
import type { Config } from './config.ts'
import type { Core } from './core/core.ts'
import type { Health } from './health.ts'
import type { Serving } from './store/serving.ts'

export interface Operation {
  report(): OperationReport
  stop(): Promise<void>
}

export interface OperationOptions {
  config: Pick<Config, 'data' | 'state'>
  /** folder of the checkpoints */
  folder: string
  serving: Pick<Serving, 'kept' | 'damaged'>
  core: Pick<Core, 'changes' | 'setting' | 'clock'>
  health: Pick<Health, 'causes'>
  now(): Date
  log: Logger
  /** ms after which the look through the log begins */
  verifyAfterMs?: number
}

export function startOperation(options: OperationOptions): Operation {
  const { config, folder, serving, core, health, now, log, verifyAfterMs } = options

  /** What is compared with a fresh fold: what everybody sees of the whole. */
  async function shown(): Promise<Shown[]> {
    const root = core.setting()?.units.root
    if (root === undefined) return []
    const whoSeesAll: Actor = { id: 'system', name: 'system', role: 'office', unit: root }
    const found: Shown[] = []
    for (const scope of ['programme', 'issues', 'people', `unit:${root}`]) {
      const answer = await core.changes(whoSeesAll, scope, 0)
      if (answer.ok) found.push({ scope, seq: answer.value.to, rows: answer.value.rows })
    }
    return found
  }

  function found(verdict: Verdict): void {
    const fault = faultIn(verdict)
    if (fault === null) return log.info({ events: verdict.events, states: verdict.states }, 'the log is whole')
    log.error({ verdict }, `the log is not whole. ${fault}`)
    serving.damaged(fault)
  }

  const verifier = startVerifier({
    data: config.data,
    folder,
    now,
    shown,
    found,
    failed: (error) => log.error({ err: error }, 'the log could not be looked through'),
    ...(verifyAfterMs === undefined ? {} : { afterMs: verifyAfterMs }),
  })
  return {
    report: () => ({
      head: core.clock().seq,
      today: core.clock().today,
      kept: keptOf(serving),
      causes: health.causes().map(({ cause, since }) => ({ cause, since: new Date(since).toISOString() })),
      backup: config.state === null ? null : lastBackup(config.state, config.data),
      verify: verifier.report(),
    }),
    stop: verifier.stop,
  }
}

function keptOf({ kept }: Pick<Serving, 'kept'>): OperationReport['kept'] {
  const head = kept()
  return head && { seq: head.seq, at: head.at }
}
