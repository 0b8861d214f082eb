/** A real core on a real store in memory, with people, for tests of everything behind the edges. */
import type { Answer, CommandData, CommandKind } from '../../shared/command.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import type { ReportItem } from '../../shared/domain/report.ts'
import type { Values } from '../../shared/event.ts'
import type { Actor } from '../../shared/policy.ts'
import { type Core, openCore, SYSTEM } from '../../server/core/core.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Store } from '../../server/store/store.ts'
import { tinyProgramme } from './programme.ts'

export const office: Actor = { id: 'office', name: 'Office', role: 'office', unit: 'C' }
export const districtA: Actor = { id: 'districtA', name: 'District A', role: 'district', unit: 'A' }
export const otherA: Actor = { id: 'otherA', name: 'Other A', role: 'district', unit: 'A' }
export const districtB: Actor = { id: 'districtB', name: 'District B', role: 'district', unit: 'B' }
export const legal: Actor = { id: 'legal', name: 'Legal', role: 'legal', unit: 'C' }
export const viewer: Actor = { id: 'viewer', name: 'Viewer', role: 'viewer', unit: 'B' }
export const PEOPLE = [office, districtA, otherA, districtB, legal, viewer]

export interface Bench {
  core: Core
  store: Store
  /** sends a command with an id of its own */
  send<K extends CommandKind>(actor: Actor, kind: K, data: CommandData<K>): Promise<Answer>
  /** the same, and throws when it is refused */
  must<K extends CommandKind>(actor: Actor, kind: K, data: CommandData<K>): Promise<number>
  close(): Promise<void>
}

let serial = 0
export const newId = (): string => `test-${String(++serial).padStart(8, '0')}`

/** Opens the programme, adds the people and begins `day`. */
export async function startBench(options: { programme?: Programme; day?: string; store?: Store } = {}): Promise<Bench> {
  const store = options.store ?? openSqlite(':memory:')
  const core = await openCore({ store, now: () => new Date('2008-01-02T09:00:00Z'), tickMs: 5, proofMs: 50 })
  const send: Bench['send'] = (actor, kind, data) => core.dispatch({ id: newId(), kind, data }, actor)
  const must: Bench['must'] = async (actor, kind, data) => {
    const answer = await send(actor, kind, data)
    if (!answer.ok) throw new Error(`${kind} refused: ${JSON.stringify(answer.refusals)}`)
    return answer.seq
  }
  if (core.frame() === null) {
    await must(SYSTEM, 'OpenProgramme', { programme: options.programme ?? tinyProgramme(), nature: 'real' })
    for (const { id, name, role, unit } of PEOPLE)
      if (role !== 'system') await must(SYSTEM, 'AddMember', { member: id, name, role, unit })
    if (options.day !== undefined) await must(SYSTEM, 'BeginDay', { day: options.day })
  }
  return {
    core,
    store,
    send,
    must,
    close: async () => {
      await core.close()
      await store.close()
    },
  }
}

/** One item of a submit; `basedOn` 0 unless told. */
export const item = (unit: string, day: string, values: Values, more: Partial<ReportItem> = {}): ReportItem => ({
  unit,
  day,
  values,
  basedOn: 0,
  ...more,
})
