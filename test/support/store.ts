/** A store that can be told to refuse, or to let somebody else be first. */
import { openCore } from '../../server/core/core.ts'
import type { Store } from '../../server/store/store.ts'
import type { CommandData } from '../../shared/command.ts'
import type { Actor } from '../../shared/policy.ts'
import { newId } from './core.ts'

export interface Watched {
  store: Store
  /** transactions that were written */
  transactions: number
  /** events of the largest of them */
  largest: number
  /** events that were read */
  read: number
  /** the disk is full */
  refuse: boolean
  /** nothing can be read */
  unreadable: boolean
  /** runs once, right before the next append */
  overtake: (() => Promise<unknown>) | null
}

export function watchStore(inner: Store): Watched {
  const watched: Watched = {
    transactions: 0,
    largest: 0,
    read: 0,
    refuse: false,
    unreadable: false,
    overtake: null,
    store: {
      ...inner,
      read: async (after, limit) => {
        if (watched.unreadable) throw new Error('disk broken')
        const events = await inner.read(after, limit)
        watched.read += events.length
        return events
      },
      append: async (expected, entries) => {
        const { overtake } = watched
        watched.overtake = null
        await overtake?.()
        if (watched.refuse) throw new Error('disk full')
        const written = await inner.append(expected, entries)
        if (written === 'conflict') return written
        watched.transactions++
        watched.largest = Math.max(watched.largest, written.length)
        return written
      },
    },
  }
  return watched
}

/** Another writer of the same log, who sends one command and goes. */
export async function elsewhere(
  store: Store,
  actor: Actor,
  items: CommandData<'SubmitReports'>['items'],
  id = newId(),
): Promise<void> {
  const core = await openCore({ store, now: () => new Date('2008-01-02T09:00:00Z') })
  const answer = await core.dispatch({ id, kind: 'SubmitReports', data: { items } }, actor)
  if (!answer.ok) throw new Error(JSON.stringify(answer.refusals))
  await core.close()
}
