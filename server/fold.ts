/** Watches whether what is shown keeps up with the log. */
import type { Core } from './core/core.ts'
import type { Health } from './health.ts'

/** ms between two looks, and for which an event may be on disk and not shown */
const LOOK_MS = 1_000
const BEHIND_MS = 5_000

/** `foldBehind` holds while an event that was known 5 s ago is not shown. */
export function watchFold(core: Pick<Core, 'load'>, health: Pick<Health, 'set'>): { stop(): void } {
  let goal = 0
  /** ms of `performance.now()` at which the goal was the newest event */
  let since = 0
  const timer = setInterval(() => {
    const { shown, head } = core.load()
    const now = performance.now()
    if (shown >= goal) {
      goal = head
      since = now
    }
    const late = shown < goal && now - since > BEHIND_MS
    health.set('foldBehind', late ? `shown up to event ${shown} of ${head}` : null)
  }, LOOK_MS)
  timer.unref()
  return { stop: () => clearInterval(timer) }
}
