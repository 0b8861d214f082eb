/** What the operating system and the terminal say to a server. */

/** ms within which a second signal is the first once more: npm passes Ctrl-C on to whoever has had it from the terminal. */
const SAME_MS = 500

/** Calls `stop` at the first SIGTERM or SIGINT and `hurry` at every later one. */
export function onStopSignal(stop: () => void, hurry: () => void): void {
  let first: number | null = null
  const heard = () => {
    const at = performance.now()
    if (first === null) {
      first = at
      stop()
    } else if (at - first > SAME_MS) hurry()
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, heard)
}
