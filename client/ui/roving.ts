/** One tab stop for many links: the arrow keys go on from there, and the focus goes along when the list moves. */
import { useEventListener, useMutationObserver } from '@vueuse/core'
import { type MaybeRefOrGetter, onScopeDispose, toValue, watch } from 'vue'
import { directionOf, nearestIn } from './places.ts'

const LINKS = 'a[href], button:not(:disabled)'

/**
 * The links in `box` are one tab stop: the one that had the focus last, at first the first. Left and right go to the
 * neighbours in their order, up and down to the nearest above and below. A link that is taken out and put back, or whose
 * neighbours are, keeps the focus; where it is gone for good, the one in its place has it.
 */
export function useRoving(box: MaybeRefOrGetter<HTMLElement | null | undefined>): void {
  let current: HTMLElement | null = null
  let at = 0
  let focused = false
  let timer: ReturnType<typeof setTimeout> | undefined
  const items = () =>
    [...(toValue(box)?.querySelectorAll<HTMLElement>(LINKS) ?? [])].filter((item) => item.closest('[inert]') === null)
  const hasFocus = () => toValue(box)?.contains(document.activeElement) === true
  /** nowhere, or still at what is going out of reach: the browser takes it from there only later */
  const isLost = () => !hasFocus() || document.activeElement!.closest('[inert]') !== null

  function settle(): void {
    const all = items()
    if (current === null || !all.includes(current)) current = all[Math.min(at, all.length - 1)] ?? null
    if (current === null) return
    at = all.indexOf(current)
    for (const item of all) item.tabIndex = item === current ? 0 : -1
    if (focused && isLost()) current.focus()
  }

  function go(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return
    const all = items()
    const from = all.indexOf(event.target as HTMLElement)
    if (from < 0) return
    const next = nextOf(all, from, event.key)
    if (next === undefined) return
    event.preventDefault()
    next.focus()
  }

  watch(() => toValue(box), settle, { immediate: true, flush: 'post' })
  useMutationObserver(() => toValue(box), settle, { childList: true, subtree: true, attributeFilter: ['inert'] })
  useEventListener(() => toValue(box), 'keydown', go)
  useEventListener(
    () => toValue(box),
    'focusin',
    ({ target }: FocusEvent) => {
      focused = true
      if (!items().includes(target as HTMLElement)) return
      current = target as HTMLElement
      settle()
    },
  )
  // what is moved loses the focus before the list has settled, and gets it back there; who leaves is gone after that
  useEventListener(
    () => toValue(box),
    'focusout',
    () => {
      clearTimeout(timer)
      timer = setTimeout(() => (focused = hasFocus()))
    },
  )
  onScopeDispose(() => clearTimeout(timer))
}

function nextOf(all: readonly HTMLElement[], from: number, key: string): HTMLElement | undefined {
  switch (key) {
    case 'ArrowLeft':
      return all[from - 1]
    case 'ArrowRight':
      return all[from + 1]
    case 'Home':
      return all[0]
    case 'End':
      return all.at(-1)
    case 'ArrowUp':
    case 'ArrowDown': {
      const places = all.map((item) => item.getBoundingClientRect())
      const next = nearestIn(places, from, directionOf(key))
      // of the last line, and while rows change places, their order decides
      return all[next ?? from + directionOf(key)]
    }
    default:
      return undefined
  }
}
