/** Outboxes of pages over one storage, whose server, time and locks the test gives. */
import type { Answer } from '../../shared/command.ts'
import type { DraftStorage, Owner } from '../../client/sync/drafts.ts'
import { createOutbox, type Outbox, type Waiting } from '../../client/sync/outbox.ts'
import type { Tabs } from './tabs.ts'

export type Sent = Pick<Waiting, 'id' | 'kind' | 'data'>
export const owner: Owner = { programme: 'p', member: 'anna' }
export const lock = (through: string) => ['LockPeriod', { through }] as const

export interface Page {
  outbox: Outbox
  storage: DraftStorage & { hear(): void }
  /** runs what was put off, once */
  tick(): Promise<void>
}

export const settle = async () => {
  for (let i = 0; i < 50; i++) await Promise.resolve()
}

export function page(
  tabs: Tabs,
  send: (command: Sent) => Answer | Promise<Answer>,
  locks = openLocks(),
  reachable = () => Promise.resolve(true),
  now = () => 1_000,
): Page {
  const storage = tabs.open()
  let timers: (() => void)[] = []
  let n = 0
  const outbox = createOutbox({
    storage,
    send: async (command) => await send(command),
    exclusive: locks,
    newId: () => `id-${tabs.texts.size}-${++n}-${Math.random()}`,
    reachable,
    versionOf: () => 1,
    taken: () => null,
    now,
    later(_ms, run) {
      timers.push(run)
      return () => (timers = timers.filter((t) => t !== run))
    },
  })
  return {
    outbox,
    storage,
    async tick() {
      const due = timers
      timers = []
      for (const run of due) run()
      await settle()
    },
  }
}

/** Locks by name, as a browser's tabs share them. */
export function openLocks() {
  const last = new Map<string, Promise<void>>()
  return (name: string, run: () => Promise<void>): Promise<void> => {
    const next = (last.get(name) ?? Promise.resolve()).then(run)
    last.set(name, next)
    return next
  }
}
