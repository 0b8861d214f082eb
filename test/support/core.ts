/** A real core on a real store in memory, with people, for tests of everything behind the edges. */
import type { Answer, CommandData, CommandKind } from '../../shared/command.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import type { Actor } from '../../shared/policy.ts'
import type { RowByKind, RowKind } from '../../shared/view/rows.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import { type Core, type CoreOptions, openCore, SYSTEM } from '../../server/core/core.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import type { Store } from '../../server/store/store.ts'
import { office, PEOPLE } from './people.ts'
import { tinyProgramme } from './programme.ts'

export { districtA, districtB, item, legal, office, otherA, PEOPLE, viewer } from './people.ts'

export interface Bench {
  core: Core
  store: Store
  /** sends a command with an id of its own */
  send<K extends CommandKind>(actor: Actor, kind: K, data: CommandData<K>): Promise<Answer>
  /** the same, and throws when it is refused; the seq of the answer */
  must<K extends CommandKind>(actor: Actor, kind: K, data: CommandData<K>): Promise<number>
  /** rows of one kind of a scope, as the office sees it; as of a seq or moment if told */
  rows<K extends RowKind>(kind: K, scope: string, asOf?: number | string): Promise<RowByKind<K>[]>
  close(): Promise<void>
}

export type BenchOptions = Partial<Omit<CoreOptions, 'store'>> & {
  programme?: Programme
  /** begins this day */
  day?: string
  store?: Store
}

let serial = 0
export const newId = (): string => `test-${String(++serial).padStart(8, '0')}`

/** Opens the programme, adds the people and begins `day`, unless the store holds all that. */
export async function startBench({ programme, day, ...options }: BenchOptions = {}): Promise<Bench> {
  const store = options.store ?? openSqlite(':memory:')
  const core = await openCore({ now: () => new Date('2008-01-02T09:00:00Z'), tickMs: 5, ...options, store })
  const send: Bench['send'] = (actor, kind, data) => core.dispatch({ id: newId(), kind, data }, actor)
  const must: Bench['must'] = async (actor, kind, data) => {
    const answer = await send(actor, kind, data)
    if (!answer.ok) throw new Error(`${kind} refused: ${JSON.stringify(answer.refusals)}`)
    return answer.seq
  }
  if (core.setting() === null) {
    await must(SYSTEM, 'OpenProgramme', { programme: programme ?? tinyProgramme(), origin: 'real' })
    for (const { id, name, role, unit } of PEOPLE)
      if (role !== 'system') await must(SYSTEM, 'AddMember', { member: id, name, role, unit })
    if (day !== undefined) await must(SYSTEM, 'BeginDay', { day })
  }
  return {
    core,
    store,
    send,
    must,
    rows: rowsAt(() => core),
    close: async () => {
      await core.close()
      await store.close()
    },
  }
}

/** Rows as the office sees them; throws where it may not. `core`: asked for every time, since servers are restarted. */
export const rowsAt =
  (core: () => Core): Bench['rows'] =>
  async (kind, scope, asOf) => {
    const found = await core().changes(office, scope, 0, asOf)
    if (!found.ok) throw new Error(`${scope}: ${JSON.stringify(found.refusals)}`)
    return [...rowsOf(kind, found.value.rows, core().setting()!.units)]
  }
