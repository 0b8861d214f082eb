/** `v-busy`: a button that is to wait looks as a disabled one and does nothing, and the keyboard stays with it. */
import type { ObjectDirective } from 'vue'

const BUSY = 'aria-disabled'

/** Heard before what the button itself does, and before it sends a form. */
function stop(event: Event): void {
  if ((event.currentTarget as Element).getAttribute(BUSY) !== 'true') return
  event.preventDefault()
  event.stopImmediatePropagation()
}
function mark(element: HTMLElement, isBusy: boolean): void {
  if (isBusy) element.setAttribute(BUSY, 'true')
  else element.removeAttribute(BUSY)
}

/** The browser takes the focus from a button that is disabled while it has it; so a button that is busy is not. */
export const vBusy: ObjectDirective<HTMLElement, boolean> = {
  created(element, { value }) {
    element.addEventListener('click', stop, { capture: true })
    mark(element, value)
  },
  beforeUpdate: (element, { value }) => mark(element, value),
}
