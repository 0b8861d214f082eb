/** Keeps the log's clock in step with the calendar of the programme's time zone, as long as the machine's clock is believed. */
import type { Logger } from 'pino'
import { SYSTEM_ID } from '../shared/command.ts'
import type { Programme } from '../shared/domain/programme.ts'
import { stagesToReach } from '../shared/domain/stages.ts'
import type { Day } from '../shared/progress/day.ts'
import { type ClockNow, type Core, SYSTEM } from './core/core.ts'
import { type LocalTime, localTime } from './localTime.ts'
import { createWallClock, type LastLife } from './wallClock.ts'

export interface Scheduler {
  /** checks the clock once; resolves when whatever was due is in the log */
  tick(): Promise<void>
  stop(): void
}

/** A store keeps the last one. */
export interface SignsOfLife {
  /** ISO 8601, UTC; null before the first */
  life(): Promise<string | null>
  alive(at: string): Promise<void>
}

export interface SchedulerOptions {
  core: Pick<Core, 'dispatch' | 'setting' | 'clock'>
  store: SignsOfLife
  clock: () => Date
  /** ms that pass while the machine runs or sleeps, whatever its clock is set to */
  elapsed: () => number
  log: Logger
  /** ms between two checks of the clock */
  everyMs?: number
}

type Kind = 'BeginDay' | 'PassDeadline' | 'EndProgramme' | 'DoubtDay' | 'EndDoubt'

/** ms between two signs of life */
const LIFE_MS = 60_000

/** Starts checking every `everyMs`; the first check is the caller's `tick()`. */
export function startScheduler({ core, store, clock, elapsed, log, everyMs = 5_000 }: SchedulerOptions): Scheduler {
  const wallClock = createWallClock()
  let running: Promise<void> | null = null
  let saidOver = false

  async function check(): Promise<void> {
    const setting = core.setting()
    if (setting === null) return
    const { programme } = setting
    if (core.clock().over !== null) return sayOver(programme)
    const now = clock()
    const local = localTime(now, programme.timeZone)
    const reading = { wall: now.getTime(), day: local.day, elapsed: elapsed() }
    const life = await lastLife(programme.timeZone)
    if (!wallClock.isBelieved(reading, core.clock(), life)) return doubt(local.day)
    if (core.clock().doubted !== null) await send('EndDoubt', local.day)
    const due = dueNow(programme, local, core.clock())
    if (due !== null) await send(due.kind, due.day)
    if (due?.kind === 'EndProgramme') return sayOver(programme)
    const passed = deadlineToPass(programme, local, core.clock())
    if (passed !== null) await send('PassDeadline', passed)
    await escalate(local)
    // also where the last one is ahead: a wrong clock has left it
    if (life === null || Math.abs(reading.wall - life.at) >= LIFE_MS) await store.alive(now.toISOString())
  }

  function sayOver({ key, endsOn }: Programme): void {
    if (!saidOver) log.warn({ programme: key, endsOn }, 'the programme is over: no day begins and nothing is reported')
    saidOver = true
  }

  async function lastLife(timeZone: string): Promise<LastLife | null> {
    const at = await store.life()
    return at === null ? null : { at: Date.parse(at), day: localTime(new Date(at), timeZone).day }
  }

  async function doubt(day: Day): Promise<void> {
    if (core.clock().doubted === day) return
    log.warn({ says: day, today: core.clock().today }, 'the clock of this machine is not believed: the office decides')
    await send('DoubtDay', day)
  }

  /** Whatever has been passed over goes out together, so that a clock that was stopped sends one summary. */
  async function escalate(local: LocalTime): Promise<void> {
    const stages = stagesToReach(core.setting()!, core.clock(), local)
    if (stages === null) return
    const id = `${SYSTEM_ID}Escalate:${core.clock().seq}`
    const answer = await core.dispatch({ id, kind: 'Escalate', data: stages }, SYSTEM)
    if (answer.ok) log.info({ stages, seq: answer.seq }, 'escalation')
    else log.error({ stages, refusals: answer.refusals }, 'the escalation was refused')
  }

  /** The id is of this step from this head: the same day may begin again after it was taken back. */
  async function send(kind: Kind, day: Day): Promise<void> {
    const id = `${SYSTEM_ID}${kind}:${day}:${core.clock().seq}`
    const answer = await core.dispatch({ id, kind, data: { day } }, SYSTEM)
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

/** What the day brings: it begins, or the programme is over; null before the start and when it has begun. Missed days are skipped. */
function dueNow(
  { startsOn, endsOn }: Programme,
  { day }: LocalTime,
  { today }: ClockNow,
): { kind: 'BeginDay' | 'EndProgramme'; day: Day } | null {
  if (day > endsOn) return { kind: 'EndProgramme', day }
  return day >= startsOn && (today === null || today < day) ? { kind: 'BeginDay', day } : null
}

/** The day whose deadline has passed but is not in the log yet; null when there is none. */
function deadlineToPass(programme: Programme, local: LocalTime, { today, closed, over }: ClockNow): Day | null {
  if (today === null || over !== null || (closed !== null && closed >= today)) return null
  const passed = local.day > today || (local.day === today && local.time >= programme.reporting.deadline)
  return passed ? today : null
}
