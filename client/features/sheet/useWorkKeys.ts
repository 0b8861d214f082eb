/** Letters that act from anywhere on the page but in a text or a dialog: a figure has none, so that in its cell they act too. */
import { useEventListener } from '@vueuse/core'
import { isSend } from './keys.ts'
import { isFigure, type WorkAct, workAct } from './workKeys.ts'

/** In the cells of the grid, and beside it. */
export interface InGrid {
  /** the letter belongs to the text of the cell */
  isText(text: string): boolean
  /** what is typed is kept before a letter acts */
  settle(): void
  /** acts on the report of a field that is not in the grid; false where the act is about no report */
  beside(act: WorkAct, field: HTMLInputElement): boolean
}

export function useWorkKeys(acts: Readonly<Record<WorkAct | 'send', () => void>>, grid: InGrid): void {
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return
    if (isSend(event)) {
      event.preventDefault()
      return acts.send()
    }
    const act = workAct(event)
    if (act === null) return
    const { target } = event
    if (target instanceof HTMLInputElement && target.closest('[role=grid]') !== null) {
      if (grid.isText(target.value)) return
      grid.settle()
    } else if (target instanceof HTMLInputElement && target.inputMode === 'numeric') {
      if (!isFigure(target.value)) return
      // the report in hand is another one than that of this cell
      if (grid.beside(act, target)) return event.preventDefault()
    } else if (target instanceof HTMLElement && isField(target)) return
    event.preventDefault()
    acts[act]()
  })
}

const isField = (element: HTMLElement): boolean =>
  element.isContentEditable || element.matches('textarea, select, input:not([type=checkbox], [type=radio])')
