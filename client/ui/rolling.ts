/** Smooth change of a figure. */
import { onScopeDispose, type Ref, ref, watch } from 'vue'

const ROLL_MS = 400
const REST_MS = 1_000

/** Ease-out from 0 to 1. */
export const easeOut = (x: number): number => 1 - (1 - Math.min(1, Math.max(0, x))) ** 3

/** Follows `value`: rolls for 400 ms, then rests until a second has passed; the last value always arrives exactly. */
export function useRolling(value: Ref<number>): Readonly<Ref<number>> {
  const shown = ref(value.value)
  const still = matchMedia('(prefers-reduced-motion: reduce)')
  let frame = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let began = -Infinity

  function start(): void {
    timer = undefined
    const from = shown.value
    const to = value.value
    if (still.matches || document.hidden) {
      shown.value = to
      return
    }
    began = performance.now()
    const step = (now: number) => {
      const part = (now - began) / ROLL_MS
      shown.value = part >= 1 ? to : Math.round(from + (to - from) * easeOut(part))
      if (part < 1) frame = requestAnimationFrame(step)
      else if (value.value !== to) wait()
    }
    frame = requestAnimationFrame(step)
  }

  function wait(): void {
    timer ??= setTimeout(start, Math.max(0, began + REST_MS - performance.now()))
  }

  watch(value, (next) => {
    const rolling = performance.now() - began < ROLL_MS
    if (next === shown.value && !rolling) return
    if (!rolling) wait()
  })
  onScopeDispose(() => {
    cancelAnimationFrame(frame)
    clearTimeout(timer)
  })
  return shown
}
