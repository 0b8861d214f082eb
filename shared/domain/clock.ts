/** The clock of the log: days begin and deadlines pass, the end, doubts about the machine's clock, and days taken back (C3, C13–C21). */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { addDays, type Day } from '../progress/day.ts'
import { day, reason, z } from '../schema.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { forgetCorrections, putAllAside } from './puttingAside.ts'
import { forgetItems } from './silence.ts'
import type { Step } from './steps.ts'
import { dueThrough, type World } from './world.ts'

export interface ClockEvents {
  /** the days before it are closed; `reason` where a person has begun it */
  DayBegan: { day: Day; reason?: string }
  DeadlinePassed: { day: Day }
  /** the machine's clock says that it is this day, and nothing explains it; begins nothing */
  DayDoubted: { day: Day }
  /** it is believed again; `day` is what it says now */
  DoubtEnded: { day: Day }
  /** on `day` by the machine's clock the programme was over; `reason` where a person has said so */
  ProgrammeEnded: { day: Day; reason?: string }
  /**
   * the day, or the end, and everything that the clock did since; `to` is today again (null = no day has begun). Where locks
   * go with it, days up to `through` stay locked (null = none)
   */
  DayTakenBack: { day: Day; to: Day | null; reason: string; through?: Day | null }
}

const shape = {
  version: 1,
  upcast: [],
  subject: () => 'clock',
  cell: () => null,
  figures: () => [],
  movesClock: true,
}

export const clockEvents: EventTable<ClockEvents> = {
  DayBegan: {
    ...shape,
    evolve(world, { data, seq }) {
      if (world.over !== null) reopen(world, world.over)
      takeStep(world, 'began', data.day, seq)
      world.today = data.day
      close(world, addDays(data.day, -1))
      if (world.doubted === data.day) world.doubted = null
      if (data.reason !== undefined) world.setAt = seq
    },
  },
  DeadlinePassed: { ...shape, subject: () => null, evolve: (world, { data }) => close(world, data.day) },
  DayDoubted: {
    ...shape,
    movesClock: false,
    evolve(world, { data }) {
      world.doubted = data.day
    },
  },
  DoubtEnded: {
    ...shape,
    movesClock: false,
    evolve(world) {
      world.doubted = null
    },
  },
  ProgrammeEnded: {
    ...shape,
    evolve(world, { data, seq }) {
      takeStep(world, 'ended', data.day, seq)
      world.over = data.day
      world.doubted = null
      if (data.reason !== undefined) world.setAt = seq
      // days that never began are not closed: nobody can report for them any more
      if (world.today !== null) close(world, world.today)
    },
  },
  DayTakenBack: {
    ...shape,
    evolve(world, { data, seq }) {
      const index = world.steps.findIndex((step) => step.day === data.day)
      const { today, closed, lockedThrough, reached, seq: since } = world.steps[index]!
      world.steps = world.steps.slice(0, index)
      Object.assign(world, { today, closed, lockedThrough, over: null, doubted: data.day, setAt: seq })
      world.notBegun.set(seq, { to: today, reports: putAllAside(world, today) })
      forgetCorrections(world, dueThrough(world))
      forgetItems(world.silence, since, reached)
    },
  },
}

/** Moves the last closed day forward, never back. ISO days compare as text. */
function close(world: World, day: Day): void {
  if (world.closed === null || day > world.closed) world.closed = day
}

function takeStep(world: World, kind: Step['kind'], day: Day, seq: number): void {
  const { today, closed, lockedThrough } = world
  const { reached } = world.silence
  world.steps = [...world.steps, { kind, day, seq, today, closed, lockedThrough, reached }]
}

/** A programme that was over goes on, on a day that a person has chosen: what the machine's clock says is not believed. */
function reopen(world: World, over: Day): void {
  world.steps = world.steps.filter(({ kind }) => kind !== 'ended')
  world.over = null
  world.doubted = over
}

type Decision = Result<EventsOf<ClockEvents>[]>
const NOT_OPEN = refuse({ code: 'programme.notOpen' })
const about = z.strictObject({ day })
const reasoned = z.strictObject({ day, reason })

export const clockCommands = {
  /** begins the day; the deadlines of all days before it have then passed */
  BeginDay: command(about, (world, data): Decision => {
    if (world.setting === null) return NOT_OPEN
    const refusal = overRefusal(world, data.day) ?? notForward(world, data.day)
    return refusal === null ? ok([{ type: 'DayBegan', data }]) : refuse(refusal)
  }),
  PassDeadline: command(about, ({ setting, today, closed, over }, data): Decision => {
    if (setting === null) return NOT_OPEN
    if (data.day !== today || over !== null || (closed !== null && data.day <= closed))
      return refuse({ code: 'day.notForward', params: { day: data.day, today: today ?? '' } })
    return ok([{ type: 'DeadlinePassed', data }])
  }),
  EndProgramme: command(about, ({ setting, over }, data): Decision => {
    if (setting === null) return NOT_OPEN
    if (data.day <= setting.programme.endsOn) return refuse({ code: 'input.invalid', at: 'day' })
    return ok(over === null ? [{ type: 'ProgrammeEnded', data }] : [])
  }),
  DoubtDay: command(about, ({ setting, doubted }, data): Decision => {
    if (setting === null) return NOT_OPEN
    return ok(doubted === data.day ? [] : [{ type: 'DayDoubted', data }])
  }),
  EndDoubt: command(about, ({ setting, doubted }, data): Decision => {
    if (setting === null) return NOT_OPEN
    return ok(doubted === null ? [] : [{ type: 'DoubtEnded', data }])
  }),
  /** begins the doubted day, or another one, where the clock waits for a person */
  ConfirmDay: command(reasoned, (world, data): Decision => {
    const { setting, doubted, over } = world
    if (setting === null) return NOT_OPEN
    const { startsOn, endsOn } = setting.programme
    if (doubted === null && over === null) return refuse({ code: 'day.notDoubted' })
    if (data.day < startsOn)
      return refuse({ code: 'programme.notStarted', params: { day: data.day, starts: startsOn }, at: 'day' })
    if (data.day > endsOn && over === null) return ok([{ type: 'ProgrammeEnded', data }])
    const refusal = notForward(world, data.day) ?? (data.day > endsOn ? overRefusal(world, data.day) : null)
    return refusal === null ? ok([{ type: 'DayBegan', data }]) : refuse({ ...refusal, at: 'day' })
  }),
  /** takes the day back, with everything that the clock did since */
  TakeDayBack: command(reasoned, ({ setting, steps, lockedThrough }, { day, reason }): Decision => {
    if (setting === null) return NOT_OPEN
    const step = steps.find((s) => s.day === day)
    if (step === undefined) return refuse({ code: 'day.notBegun', params: { day }, at: 'day' })
    const unlocked = step.lockedThrough === lockedThrough ? {} : { through: step.lockedThrough }
    return ok([{ type: 'DayTakenBack', data: { day, to: step.today, reason, ...unlocked } }])
  }),
}

function overRefusal({ setting, over }: World, day: Day): Refusal | null {
  const { endsOn } = setting!.programme
  return over === null && day <= endsOn ? null : { code: 'programme.over', params: { ends: endsOn } }
}

const notForward = ({ today }: World, day: Day): Refusal | null =>
  today !== null && day <= today ? { code: 'day.notForward', params: { day, today } } : null
