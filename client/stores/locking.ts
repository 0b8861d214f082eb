/** Locking the days of the whole programme and opening them again: how far they are locked, and what keeps more of them from it. */
import { computed } from 'vue'
import type { CommandData } from '../../shared/command.ts'
import type { Day } from '../../shared/progress/day.ts'
import { rowKey } from '../../shared/view/wire.ts'
import { outbox } from '../sync/commands.ts'
import { useProgramme } from './programme.ts'
import { useScope } from './scope.ts'
import { useUnit } from './unit.ts'

/** Watches the whole while `open`. */
export function useLocking(open: () => boolean) {
  const store = useProgramme()
  const root = () => (open() ? store.units.root : '')
  const whole = useUnit(root)
  const queue = useScope(() => (open() ? `queue:${store.units.root}` : ''))
  const silence = useScope(() => (open() ? `silence:${store.units.root}` : ''))
  const work = useScope(() => (open() ? `work:${store.units.root}` : ''))
  const sum = (counts: readonly number[] | undefined) => (counts ?? []).reduce((n, count) => n + count, 0)
  return {
    clock: whole.clock,
    /** reports that are due and missing or partial; undefined while loading */
    owed: computed(() => whole.closed(store.units.root)?.owedCount),
    /** those of them whose day is locked; undefined while loading */
    owedLocked: computed(() => silence.get<'silence'>(rowKey.silence())?.locked),
    queue: computed(() => queue.all('queue')),
    work: computed(() => work.all('work')),
    /** there is more than has a row */
    cut: computed(() => {
      const isWaiting = queue.all('queue').filter(({ figures }) => figures.some(({ state }) => state === 'submitted'))
      return (
        sum(queue.get<'queueCounts'>(rowKey.queueCounts())?.waiting) > isWaiting.length ||
        sum(work.get<'workCounts'>(rowKey.workCounts())?.counts) > work.all('work').length
      )
    }),
    lock: (through: Day, carried: NonNullable<CommandData<'LockPeriod'>['carried']>) =>
      outbox.submit('LockPeriod', { through, ...(carried.length > 0 && { carried }) }),
    reopen: (from: Day, reason: string) => outbox.submit('ReopenPeriod', { from, reason }),
  }
}
