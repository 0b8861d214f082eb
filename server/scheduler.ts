/** Keeps the log's clock in step with the calendar of the programme's time zone. */
import type { Logger } from 'pino'
import type { Programme } from '../shared/domain/programme.ts'
import type { Day } from '../shared/progress/day.ts'
import { type Core, SYSTEM } from './core/core.ts'

export interface Scheduler {
  /** checks the clock once; resolves when whatever was due is in the log */
  tick(): Promise<void>
  stop(): void
}

export interface SchedulerOptions {
  core: Pick<Core, 'dispatch' | 'setting' | 'now'>
  clock: () => Date
  log: Logger
  /** ms between two checks of the clock */
  everyMs?: number
}

/** Starts checking every `everyMs`; the first check is the caller's `tick()`. */
export function startScheduler({ core, clock, log, everyMs = 5_000 }: SchedulerOptions): Scheduler {
  let warned = false
  let running: Promise<void> | null = null

  async function check(): Promise<void> {
    const setting = core.setting()
    if (setting === null) return
    const { programme } = setting
    const local = localTime(clock(), programme.timeZone)
    if (local.day > programme.endsOn && !warned) {
      warned = true
      log.warn({ programme: programme.key, endsOn: programme.endsOn }, 'the programme is over: its last day stays')
    }
    const day = dayToBegin(programme, local.day, core.now().today)
    if (day !== null) await send('BeginDay', day)
    const passed = deadlineToPass(programme, local, core.now())
    if (passed !== null) await send('PassDeadline', passed)
  }

  async function send(kind: 'BeginDay' | 'PassDeadline', day: Day): Promise<void> {
    const answer = await core.dispatch({ id: `${kind}:${day}`, kind, data: { day } }, SYSTEM)
    if (answer.ok) log.info({ kind, day, seq: answer.seq }, 'clock')
    else log.error({ kind, day, refusals: answer.refusals }, 'the clock was refused')
  }

  function tick(): Promise<void> {
    running ??= check()
      .catch((error: unknown) => log.error({ err: error }, 'the clock failed'))
      .finally(() => (running = null))
    return running
  }

  const timer = setInterval(() => void tick(), everyMs)
  return { tick, stop: () => clearInterval(timer) }
}

export interface LocalTime {
  day: Day
  /** `HH:MM` */
  time: string
}

/** Local day and time in a time zone. Throws a RangeError for an unknown zone. */
export function localTime(at: Date, timeZone: string): LocalTime {
  const there = Temporal.Instant.fromEpochMilliseconds(at.getTime()).toZonedDateTimeISO(timeZone)
  return { day: there.toPlainDate().toString(), time: there.toPlainTime().toString({ smallestUnit: 'minute' }) }
}

/** The day that should begin now: null before the programme starts and when it has begun; after the end, the last day. Missed days are skipped. */
function dayToBegin(programme: Programme, local: Day, today: Day | null): Day | null {
  if (local < programme.startsOn) return null
  const day = local < programme.endsOn ? local : programme.endsOn
  return today === null || today < day ? day : null
}

/** The day whose deadline has passed but is not in the log yet; null when there is none. */
function deadlineToPass(
  programme: Programme,
  local: LocalTime,
  { today, closed }: { today: Day | null; closed: Day | null },
): Day | null {
  if (today === null || (closed !== null && closed >= today)) return null
  const passed = local.day > today || (local.day === today && local.time >= programme.reporting.deadline)
  return passed ? today : null
}
