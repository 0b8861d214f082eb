/** A member about whom somebody decides by a route of its own. */
import type { Role } from '../../shared/domain/roles.ts'
import { ok, refuse, type Result } from '../../shared/errors.ts'
import { type Actor, covers, mayCommand, type Right } from '../../shared/policy.ts'
import type { Core } from '../core/core.ts'

/** Refuses with `member.unknown`, `may.outsideUnit`, or `may.beyondOwn` (Y9). */
export function coveredMember(
  core: Pick<Core, 'actor' | 'setting'>,
  by: Actor,
  member: string,
  right: Right,
): Result<Actor & { role: Role }> {
  const of = core.actor(member)
  const units = core.setting()?.units
  if (of === undefined || of.role === 'system' || units === undefined)
    return refuse({ code: 'member.unknown', at: 'member' })
  const { role, unit } = of
  if (!mayCommand(by, right, units, unit)) return refuse({ code: 'may.outsideUnit', params: { unit } })
  if (!covers(by, units, role, unit)) return refuse({ code: 'may.beyondOwn', params: { role, unit } })
  return ok({ ...of, role })
}
