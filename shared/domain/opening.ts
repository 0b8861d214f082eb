/** Opening a programme, and the log's clock: days begin and deadlines pass (O1, C1–C3). */
import { ok, refuse, type Result } from '../errors.ts'
import { addDays, type Day } from '../progress/day.ts'
import { day, z } from '../schema.ts'
import { createCells } from './columns.ts'
import { programmeFaults } from './faults.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { type Programme, programmeSchema } from './programme.ts'
import { ORIGINS, type DataOrigin } from './values.ts'
import { settingOf, type World } from './world.ts'

export interface ProgrammeEvents {
  ProgrammeOpened: { programme: Programme; origin: DataOrigin }
  DayBegan: { day: Day }
  DeadlinePassed: { day: Day }
}

const clock = { version: 1, upcast: [], subject: () => null, cell: () => null, figures: () => [], movesClock: true }

export const programmeEvents: EventTable<ProgrammeEvents> = {
  ProgrammeOpened: {
    ...clock,
    subject: () => 'programme',
    evolve(world, { data }) {
      world.setting = settingOf(data.programme, data.origin)
      world.cells = createCells(world.setting)
    },
  },
  DayBegan: {
    ...clock,
    evolve(world, { data }) {
      world.today = data.day
      close(world, addDays(data.day, -1))
    },
  },
  DeadlinePassed: { ...clock, evolve: (world, { data }) => close(world, data.day) },
}

/** Moves the last closed day forward, never back. ISO days compare as text. */
function close(world: World, day: Day): void {
  if (world.closed === null || day > world.closed) world.closed = day
}

type Decision = Result<EventsOf<ProgrammeEvents>[]>

export const programmeCommands = {
  OpenProgramme: command(
    z.strictObject({ programme: programmeSchema, origin: z.enum(ORIGINS) }),
    ({ setting }, data): Decision => {
      if (setting !== null) return refuse({ code: 'programme.open', params: { key: setting.programme.key } })
      const faults = programmeFaults(data.programme)
      if (faults.length > 0) return refuse(...faults.map((f) => ({ ...f, at: `programme.${f.at}` })))
      return ok([{ type: 'ProgrammeOpened', data }])
    },
  ),
  /** begins the day; the deadlines of all days before it have then passed */
  BeginDay: command(z.strictObject({ day }), ({ setting, today }, data): Decision => {
    if (setting === null) return refuse({ code: 'programme.notOpen' })
    if (today !== null && data.day <= today) return refuse({ code: 'day.notForward', params: { day: data.day, today } })
    return ok([{ type: 'DayBegan', data }])
  }),
  PassDeadline: command(z.strictObject({ day }), ({ setting, today, closed }, data): Decision => {
    if (setting === null) return refuse({ code: 'programme.notOpen' })
    if (data.day !== today || (closed !== null && data.day <= closed))
      return refuse({ code: 'day.notForward', params: { day: data.day, today: today ?? '' } })
    return ok([{ type: 'DeadlinePassed', data }])
  }),
}
