/** What is owed by the person who is signed in, and the reminder they were sent last. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { mayWatch } from '../../shared/policy.ts'
import { rowKey } from '../../shared/view/wire.ts'
import { outbox } from '../sync/commands.ts'
import { useProgramme } from './programme.ts'
import { useScope } from './scope.ts'
import { useSession } from './session.ts'

export const useReminders = defineStore('reminders', () => {
  const session = useSession()
  const store = useProgramme()
  const scope = useScope(() => {
    const { me } = session
    if (me === null || !store.ready) return ''
    return mayWatch(me, { kind: 'silence', unit: me.unit }, store.units, null) ? `silence:${me.unit}` : ''
  })
  /** reports at the person's unit and below it that are due and not complete */
  const owed = computed(() => scope.get<'silence'>(rowKey.silence())?.owed ?? 0)
  /** the last reminder to the person, while any of its reports is owed and it has not been seen */
  const unseen = computed(() => {
    const row = session.me === null ? undefined : scope.get<'reminder'>(rowKey.reminder(session.me.id))
    if (row === undefined || row.seen !== null) return null
    const cells = row.cells.filter(({ unit, day }) => scope.rows.value.has(rowKey.chase(store.units.index(unit), day)))
    return cells.length === 0 ? null : { ...row, cells }
  })
  function see(): void {
    if (unseen.value === null) return
    const { id, answer } = outbox.submit('SeeReminder', { reminder: unseen.value.seq })
    // it was seen; whoever may not say so any more has nothing to mend
    void answer.then(() => outbox.dismiss(id))
  }
  return { owed, unseen, see }
})
