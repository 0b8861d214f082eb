/** The keyboard goes on from where it was when what had the focus is taken out of the page. */
import { useEventListener, useMutationObserver } from '@vueuse/core'
import { type MaybeRefOrGetter, toValue } from 'vue'

const FOCUSABLE = ':is(a[href], button, input, select, textarea, summary, [tabindex]):not(:disabled, [tabindex="-1"])'
/** ms in which what is drawn anew may come back */
const BACK_MS = 5_000
const nameOf = (element: Element) => element.getAttribute('aria-label') ?? element.textContent.trim()

/**
 * In `room`. What was drawn anew has it again, by its name; of what is gone, what comes after it; where all of its surroundings
 * are gone, `home`, which can have the focus. Only for who goes by keys: a finger or a pointer needs no place.
 */
export function useKeptFocus(
  room: MaybeRefOrGetter<HTMLElement | null | undefined>,
  home: MaybeRefOrGetter<HTMLElement | null | undefined> = room,
): void {
  /** what has the focus, what it is in, and what could have had it, in order */
  let last: { element: HTMLElement; around: readonly Element[]; order: readonly HTMLElement[] } | null = null
  /** what has it in the place of the last, and since when (ms) */
  let given: { element: HTMLElement; at: number } | null = null
  const all = (within: Element) => [...within.querySelectorAll<HTMLElement>(FOCUSABLE)]
  const isThere = (e: HTMLElement) => e.isConnected && e.checkVisibility() && e.closest('[inert]') === null
  const isNowhere = () => document.activeElement === null || document.activeElement === document.body

  function come({ target }: FocusEvent): void {
    const [element, within] = [target as HTMLElement, toValue(room)!]
    if (element === given?.element) return
    last = given = null
    const isElsewhere = element.closest('dialog') !== within.closest('dialog')
    if (element === within || !element.matches(':focus-visible') || isElsewhere) return
    const around: Element[] = []
    for (let up = element.parentElement; up !== null && up !== within; up = up.parentElement) around.push(up)
    last = { element, around, order: all(within) }
  }
  /** who leaves by themselves has left; what is taken away is gone by now */
  const leave = () => setTimeout(() => last?.element.isConnected === true && isNowhere() && (last = null))

  function settle(): void {
    const isPassing = given !== null && document.activeElement === given.element
    if (last === null || !(isNowhere() || isPassing)) return
    const { element, around, order } = last
    const stands = around.find((e) => e.isConnected)
    const isSame = (e: HTMLElement) => e.tagName === element.tagName && nameOf(e) === nameOf(element) && isThere(e)
    const again = isThere(element) ? element : stands && all(stands).find(isSame)
    if (again !== undefined) {
      given = null
      return again.focus()
    }
    if (isPassing) {
      if (performance.now() - given!.at > BACK_MS) last = given = null
      return
    }
    const at = order.indexOf(element)
    const beside = stands && [...order.slice(at + 1), ...order.slice(0, at).toReversed()].find(isThere)
    const next = beside ?? toValue(home)
    // a room that is shut has no place for it
    if (next == null) return
    given = { element: next, at: performance.now() }
    next.focus({ preventScroll: beside === undefined })
  }

  useEventListener(() => toValue(room), 'focusin', come)
  useEventListener(() => toValue(room), 'focusout', leave)
  useMutationObserver(() => toValue(room), settle, { childList: true, subtree: true })
}
