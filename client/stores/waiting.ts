/** How much waits for the person who is signed in, beside the pages where it is done. */
import { defineStore } from 'pinia'
import { computed, shallowRef, watch } from 'vue'
import { reviewLevelAt } from '../../shared/domain/levels.ts'
import { mayCommand } from '../../shared/policy.ts'
import { monthsOf } from '../../shared/view/calendar.ts'
import { isFor, type QueueRow } from '../../shared/view/queueRows.ts'
import { rowKey } from '../../shared/view/wire.ts'
import { thingsIn } from '../../shared/view/workRows.ts'
import { deviceStorage } from '../sync/device.ts'
import { openDrafts } from '../sync/drafts.ts'
import { useDecisions } from './decisions.ts'
import { useProgramme } from './programme.ts'
import { useScope } from './scope.ts'
import { useSession } from './session.ts'

export const useWaiting = defineStore('waiting', () => {
  const session = useSession()
  const store = useProgramme()
  const decisions = useDecisions()
  const reviewer = computed(() => {
    const { me } = session
    if (me === null || !store.ready || !mayCommand(me, 'ApproveReports', store.units, me.unit)) return null
    const level = reviewLevelAt(store, me.unit)
    return level === 0 ? null : { id: me.id, level }
  })
  const queue = useScope(() => (reviewer.value === null ? '' : `queue:${session.me!.unit}`))
  /** whoever answers for the whole is not the one who reports for each part of it */
  const work = useScope(() => {
    const { me } = session
    if (me === null || !store.ready || me.unit === store.units.root) return ''
    return mayCommand(me, 'SubmitReports', store.units, me.unit) ? `work:${me.unit}` : ''
  })
  const calendar = useScope(() => (work.ready.value ? `calendar:${session.me!.unit}` : ''))
  /** what today still wants while its deadline has not passed: all that is not begun together, each that is partial */
  const today = computed(() => {
    const { today: day, due } = work.get<'clock'>(rowKey.clock()) ?? { today: null, due: null }
    if (day === null || (due !== null && day <= due)) return 0
    const known = monthsOf(calendar.all('calendar'))
    const days = store.units.leaves(session.me!.unit).map((unit) => known(unit, day))
    const partial = days.filter((d) => d?.blank !== undefined).length
    return partial + (days.some((d) => d?.state === 'open') ? 1 : 0)
  })
  /** other days of which something is typed on this device, a sheet each */
  const places = shallowRef<readonly { unit: string; day: string }[]>([])
  watch(
    () => (store.ready ? session.me?.id : undefined),
    (member, _, forget) => {
      if (member === undefined) return void (places.value = [])
      const drafts = openDrafts(deviceStorage, { programme: store.programme.key, member }, () => Date.now())
      const look = () => (places.value = drafts.places())
      look()
      drafts.onChange(look)
      forget(() => drafts.close())
    },
    { immediate: true },
  )
  const typed = computed(() => {
    const day = work.get<'clock'>(rowKey.clock())?.today ?? null
    const own = session.me?.unit ?? ''
    const sheets = places.value
      .filter((place) => place.day !== day)
      .map((place) => {
        const parent = store.units.get(place.unit)?.parent ?? ''
        return `${place.day}/${store.units.within(parent, own) ? parent : place.unit}`
      })
    return new Set(sheets).size
  })
  /** the list of the sheet that is open, which knows more: what of the shown day is refused or asked about */
  const list = shallowRef<{ by: object; total: number } | null>(null)

  return {
    /** A list of all that waits for the person says how much that is, as long as it is there; `by` tells it from another. */
    show(by: object, total: number): void {
      list.value = { by, total }
    },
    hide(by: object): void {
      if (list.value?.by === by) list.value = null
    },
    /** reports with figures that the person can approve or return, and has not just decided about */
    review: computed(() => {
      const by = reviewer.value
      if (by === null) return 0
      const isWaiting = ({ unit, day, figures }: QueueRow) =>
        !decisions.isHeld(unit, day) && figures.some((figure) => isFor(figure, by))
      return queue.all('queue').filter(isWaiting).length
    }),
    /** what waits in the list of the sheet: things of one's own unit and below, of whatever day */
    report: computed(() => {
      if (list.value !== null) return list.value.total
      const row = work.get<'workCounts'>(rowKey.workCounts())
      if (row === undefined) return 0
      const rows = work.all('work')
      const beyond = row.counts.reduce((n, count) => n + count, 0) - rows.length
      return thingsIn(rows) + Math.max(0, beyond) + row.offers + today.value + typed.value
    }),
  }
})
