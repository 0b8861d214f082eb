/** Locking days against change, and opening them again with a reason. */
import type { Command } from '../command.ts'
import { ok, refuse, type Refusal, type Result } from '../errors.ts'
import type { DomainEvent } from '../event.ts'
import { addDays } from '../progress/day.ts'
import { day, reason, z } from '../schema.ts'
import type { World } from './world.ts'

export const periodCommands = {
  /** all days up to and including `through` */
  LockPeriod: z.strictObject({ through: day }),
  /** all days from `from` on may be changed again */
  ReopenPeriod: z.strictObject({ from: day, reason }),
}

export function decidePeriodCommand(
  world: World,
  command: Extract<Command, { kind: keyof typeof periodCommands }>,
): Result<DomainEvent[]> {
  if (world.frame === null) return refuse({ code: 'programme.notOpen' })
  const locked = world.lockedThrough
  if (command.kind === 'LockPeriod') {
    const { through } = command.data
    const refusals: Refusal[] = []
    if (world.today === null || through >= world.today)
      refusals.push({ code: 'report.future', params: { day: through, today: world.today ?? '' }, at: 'through' })
    if (locked !== null && through <= locked)
      refusals.push({ code: 'report.locked', params: { through: locked }, at: 'through' })
    return refusals.length > 0 ? { ok: false, refusals } : ok([{ type: 'PeriodLocked', data: { through } }])
  }
  const { from, reason } = command.data
  if (locked === null || from > locked) return refuse({ code: 'period.notLocked', at: 'from' })
  const through = from <= world.frame.programme.startsOn ? null : addDays(from, -1)
  return ok([{ type: 'PeriodReopened', data: { through, reason } }])
}
