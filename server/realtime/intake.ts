/** What a live connection may send: who sends faster is read more slowly, so that nothing heaps up here. */
import { jsonFault } from '../../shared/schema.ts'
import type { Limits } from '../core/allowance.ts'
import { createBucket, UNBOUND } from '../core/bucket.ts'

/** A WebSocket of the library that Socket.IO stands on, as far as this is concerned. */
export interface Line {
  readonly readyState: number
  readonly OPEN: number
  pause(): void
  resume(): void
  on(event: 'message', heard: (data: Buffer, isBinary: boolean) => void): unknown
  on(event: 'ping' | 'pong' | 'close', heard: () => void): unknown
  /** heard before those who are there already */
  prependListener(event: 'message', heard: (data: Buffer, isBinary: boolean) => void): unknown
}

/** Bytes that count as a message more. */
const CHUNK = 1_024
/** Bytes that wait for somebody who does not read, above which nothing more is taken from them until they do. */
const UNREAD_BYTES = 262_144
const UNREAD_LOOK_MS = 100

/** ms for which a connection waits at most for what others have sent. */
const COMMON_MS = 16_000

export interface IntakeOptions {
  /** bytes that wait to be read by the other end */
  unread(): number
  /** ends it without a word; what it has just said is not listened to */
  end(): void
}

/** Watches over a connection from its first message on. */
export type LimitIntake = (line: Line, options: IntakeOptions) => void

/** `now`: ms of a clock that only goes forward. */
export function createIntake({ common = UNBOUND, ...own }: Limits['messages'], now: () => number): LimitIntake {
  const all = createBucket(common, now, (COMMON_MS / 1_000) * common.perSecond)

  return (line, { unread, end }) => {
    const mine = createBucket(own, now)
    /** ms of `now` from which on it is read again */
    let until = 0
    let timer: NodeJS.Timeout | undefined

    function charge(cost: number): void {
      mine.take(cost)
      let ms = mine.owedMs()
      if (own.burst - mine.left() > common.light) {
        all.take(cost)
        // each later than the one before, so that they do not all come back at once
        ms = Math.max(ms, all.owedMs())
      }
      until = Math.max(until, now() + ms)
      if (timer !== undefined || toWait() === 0) return
      // what it sends from now on waits in the network, and stops it there
      line.pause()
      goOnIn(toWait())
    }

    const toWait = (): number => Math.max(until - now(), unread() > UNREAD_BYTES ? UNREAD_LOOK_MS : 0)

    function goOnIn(ms: number): void {
      timer = setTimeout(() => {
        timer = undefined
        const more = toWait()
        if (more > 0) goOnIn(more)
        else if (line.readyState === line.OPEN) line.resume()
      }, ms)
      timer.unref()
    }

    line.prependListener('message', (data: Buffer, isBinary: boolean) => {
      charge(1 + data.length / CHUNK)
      // nothing that clients say has attachments, and those would be kept until all of them have come
      if (isBinary || jsonFault(data.toString()) !== null) end()
    })
    line.on('ping', () => charge(1))
    line.on('pong', () => charge(1))
    line.on('close', () => clearTimeout(timer))
  }
}
