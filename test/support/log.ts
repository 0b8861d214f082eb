/** A log that is written by hand, without commands: events folded as they would be recorded. */
import { createProjector, type Projector } from '../../server/live/projector.ts'
import type { DomainEvent, EventData, EventType, Recorded } from '../../shared/event.ts'
import { versionOf } from '../../shared/event.ts'
import type { RowByKind, RowKind } from '../../shared/view/rows.ts'
import { rowsOf } from '../../shared/view/wire.ts'
import type { Past } from '../domain/given.ts'

/** Minutes after 9:00 UTC of 2008-01-02 are the seqs. */
const BEGUN = Date.UTC(2008, 0, 2, 9)

export interface WrittenLog {
  projector: Projector
  events: Recorded[]
  /** the clock of the scopes, ms */
  clock: { now: number }
  /** records and folds events; the seq of the last */
  write(...past: Past[]): number
  /** the same as events of one command */
  together(...past: Past[]): number
  /** the same for one event */
  add<T extends EventType>(type: T, data: EventData[T], by?: string): number
  /** rows of one kind of a scope as they stand */
  rows<K extends RowKind>(kind: K, scope: string): RowByKind<K>[]
}

export function writtenLog(options: { keepMs?: number; most?: number } = {}): WrittenLog {
  const clock = { now: 0 }
  const projector = createProjector({ now: () => clock.now, ...options })
  const events: Recorded[] = []
  function record(next: DomainEvent, by: string, command = `test-${events.length + 1}`): void {
    const seq = events.length + 1
    const at = new Date(BEGUN + seq * 60_000).toISOString()
    const event = { ...next, seq, at, actor: by, command, v: versionOf(next), hash: '' } as Recorded
    events.push(event)
    projector.fold([event])
  }
  return {
    projector,
    events,
    clock,
    write(...past) {
      for (const { by, ...next } of past) record(next as DomainEvent, by?.id ?? 'system')
      return events.length
    },
    together(...past) {
      const command = `test-${events.length + 1}`
      for (const { by, ...next } of past) record(next as DomainEvent, by?.id ?? 'system', command)
      return events.length
    },
    add(type, data, by = 'system') {
      record({ type, data } as DomainEvent, by)
      return events.length
    },
    rows: (kind, scope) => [
      ...rowsOf(kind, projector.scopes.changes(scope, 0).rows, projector.state().world.setting!.units),
    ],
  }
}
