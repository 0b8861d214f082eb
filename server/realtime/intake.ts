/** What a live connection may send: who sends faster is read more slowly, so that nothing heaps up here. */
import type { Limits } from '../core/allowance.ts'

/** A WebSocket of the library that Socket.IO stands on, as far as this is concerned. */
export interface Line {
  readonly readyState: number
  readonly OPEN: number
  pause(): void
  resume(): void
  /** ends it without a word */
  terminate(): void
  on(event: 'message', heard: (data: Buffer, isBinary: boolean) => void): unknown
  on(event: 'ping' | 'pong' | 'close', heard: () => void): unknown
}

/** Bytes that count as a message more. */
const CHUNK = 4_096
/** Bytes that wait for somebody who does not read, above which nothing more is taken from them until they do. */
const UNREAD_BYTES = 262_144
const UNREAD_LOOK_MS = 100

export interface IntakeOptions {
  limits: Limits['messages']
  /** ms of a clock that only goes forward */
  now: () => number
  /** bytes that wait to be read by the other end */
  unread(): number
}

/** Watches over a connection from its first message on. */
export function limitIntake(line: Line, { limits, now, unread }: IntakeOptions): void {
  const { burst, perSecond } = limits
  let left = burst
  let at = now()
  let timer: NodeJS.Timeout | undefined

  /** ms until it may be read on; 0 = at once */
  function toWait(): number {
    const passed = now() - at
    at += passed
    left = Math.min(burst, left + (passed / 1_000) * perSecond)
    if (left < 0) return (-left / perSecond) * 1_000
    return unread() > UNREAD_BYTES ? UNREAD_LOOK_MS : 0
  }

  function charge(cost: number): void {
    left -= cost
    const ms = toWait()
    if (ms === 0 || timer !== undefined) return
    // what it sends from now on waits in the network, and stops it there
    line.pause()
    goOnIn(ms)
  }

  function goOnIn(ms: number): void {
    timer = setTimeout(() => {
      timer = undefined
      const more = toWait()
      if (more > 0) goOnIn(more)
      else if (line.readyState === line.OPEN) line.resume()
    }, ms)
    timer.unref()
  }

  line.on('message', (data: Buffer, isBinary: boolean) => {
    // nothing that clients say has attachments, and those would be kept until all of them have come
    if (isBinary) return line.terminate()
    charge(1 + data.length / CHUNK)
  })
  line.on('ping', () => charge(1))
  line.on('pong', () => charge(1))
  line.on('close', () => clearTimeout(timer))
}
