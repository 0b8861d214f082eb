/** Opening a programme (O1–O3). */
import { ok, refuse, type Result } from '../errors.ts'
import { z } from '../schema.ts'
import { createCells } from './columns.ts'
import { programmeFaults } from './faults.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { inBothLanguages } from './olderProgramme.ts'
import { type Programme, programmeSchema } from './programme.ts'
import { ORIGINS, type DataOrigin } from './values.ts'
import { settingOf } from './world.ts'

export interface ProgrammeEvents {
  ProgrammeOpened: { programme: Programme; origin: DataOrigin }
}

export const programmeEvents: EventTable<ProgrammeEvents> = {
  ProgrammeOpened: {
    version: 2,
    upcast: [inBothLanguages],
    subject: () => 'programme',
    cell: () => null,
    figures: () => [],
    movesClock: true,
    evolve(world, { data }) {
      world.setting = settingOf(data.programme, data.origin)
      world.cells = createCells(world.setting)
    },
  },
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
}
