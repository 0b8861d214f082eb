/** Whether the sheet can be sent, and if not, why; what became of what was sent. */
import { computed } from 'vue'
import { useConnection } from '../../stores/connection.ts'
import type { Labels } from './labels.ts'
import type { Todo } from './todo.ts'
import type { Sheet } from './useSheet.ts'

/** Todos that hold typing back, and why. */
const HOLDING: Partial<Record<Todo['kind'], 'refused' | 'crossed' | 'unconfirmed'>> = {
  refused: 'refused',
  line: 'refused',
  conflict: 'crossed',
  stale: 'crossed',
  warned: 'unconfirmed',
}

export function useSendState(sheet: Sheet, { t, format, say }: Labels) {
  const connection = useConnection()
  const held = computed(() =>
    sheet.todos.flatMap((todo) => {
      const why = HOLDING[todo.kind]
      const open = todo.kind !== 'warned' || todo.warnings.some((w) => !w.confirmed)
      return why !== undefined && open ? [why] : []
    }),
  )
  /** why nothing would go out; undefined when something would */
  const cannot = computed(() => {
    if (connection.trouble !== null && connection.closed) return t(`common.trouble.${connection.trouble}Long`)
    if (!sheet.writable) return t('sheet.held.readOnly')
    if (sheet.ready.length > 0) return undefined
    const why = (['refused', 'crossed', 'unconfirmed'] as const).find((w) => held.value.includes(w))
    if (why === undefined) return t('sheet.action.nothing')
    // where days are shut there is nothing to correct
    const shut = sheet.lines.flatMap(({ typed, barred }) => (typed.cells.size > 0 ? barred : []))[0]
    if (why === 'refused' && shut !== undefined) return say(shut)
    const n = held.value.filter((w) => w === why).length
    return t(`sheet.held.${why}`, { n }, n)
  })
  /** the state of what was sent, in a sentence; empty before the first */
  const became = computed(() => {
    const { way, sending, unsent } = sheet
    if (way.busy) return t('sheet.action.sending')
    if (way.waiting.length > 0) return t('common.outbox.waiting')
    const { outcome } = sending
    if (outcome === null || unsent > 0) return ''
    return t('sheet.outcome', { n: outcome.cells, seq: format.int(outcome.seq) }, outcome.cells)
  })
  return { cannot, became }
}
