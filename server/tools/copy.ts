/** Copies a log from one store into another that is empty: the same events, times, answers and hashes. */
import type { Recorded } from '../../shared/event.ts'
import type { Entry, Store } from '../store/store.ts'

const PAGE = 5_000

/** Resolves with the number of events; rejects when the target is not empty. */
export async function copyLog(from: Store, to: Store): Promise<number> {
  let head = await to.head()
  if (head !== 0) throw new Error('the target store is not empty')
  let open: Recorded[] = []
  for (let page = await from.read(0, PAGE); page.length > 0; page = await from.read(page.at(-1)!.seq, PAGE)) {
    const events = [...open, ...page]
    // the last command may go on in the next page
    const last = events.at(-1)!.command
    const cut = events.findIndex((e) => e.command === last)
    open = events.slice(cut)
    await append(events.slice(0, cut))
  }
  await append(open)
  return head

  async function append(events: readonly Recorded[]): Promise<void> {
    if (events.length === 0) return
    const entries = new Map<string, Entry>()
    const answers = await from.answers([...new Set(events.map((e) => e.command))])
    for (const event of events) {
      const entry = entries.get(event.command) ?? { id: event.command, ...answers.get(event.command)!, events: [] }
      entries.set(event.command, entry)
      entry.events.push(event)
    }
    const written = await to.append(head, [...entries.values()])
    if (written === 'conflict') throw new Error('somebody else writes to the target store')
    head = written.at(-1)!.seq
  }
}
