/** Opening a programme, and its days: the clock of the log. */
import type { Command } from '../command.ts'
import { ok, refuse, type Result } from '../errors.ts'
import type { DomainEvent } from '../event.ts'
import { day, z } from '../schema.ts'
import { programmeFaults } from './faults.ts'
import { programmeSchema } from './programme.ts'
import type { World } from './world.ts'

export const programmeCommands = {
  OpenProgramme: z.strictObject({ programme: programmeSchema, nature: z.enum(['real', 'simulated', 'replayed']) }),
  /** the day begins; the deadlines of all days before it have passed */
  BeginDay: z.strictObject({ day }),
  PassDeadline: z.strictObject({ day }),
}

export function decideProgrammeCommand(
  world: World,
  command: Extract<Command, { kind: keyof typeof programmeCommands }>,
): Result<DomainEvent[]> {
  if (command.kind === 'OpenProgramme') {
    if (world.frame !== null) return refuse({ code: 'programme.open', params: { key: world.frame.programme.key } })
    const faults = programmeFaults(command.data.programme)
    if (faults.length > 0) return { ok: false, refusals: faults.map((f) => ({ ...f, at: `programme.${f.at}` })) }
    return ok([{ type: 'ProgrammeOpened', data: command.data }])
  }
  if (world.frame === null) return refuse({ code: 'programme.notOpen' })
  const asked = command.data.day
  if (command.kind === 'BeginDay') {
    if (world.today !== null && asked <= world.today)
      return refuse({ code: 'day.notForward', params: { day: asked, today: world.today } })
    return ok([{ type: 'DayBegan', data: { day: asked } }])
  }
  if (asked !== world.today || (world.closed !== null && asked <= world.closed))
    return refuse({ code: 'day.notForward', params: { day: asked, today: world.today ?? '' } })
  return ok([{ type: 'DeadlinePassed', data: { day: asked } }])
}
