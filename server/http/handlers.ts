/** What each route does. Nothing is decided here: core and auth decide. */
import type { Setting } from '../../shared/domain/world.ts'
import { ok, refuse, type Refusal } from '../../shared/errors.ts'
import { covers, mayCommand } from '../../shared/policy.ts'
import { openInvitation } from '../auth/joining.ts'
import { createAccountHandlers, type HandlerOptions } from './accountHandlers.ts'
import type { Handlers } from './routes.ts'

export function createHandlers(options: HandlerOptions): Handlers {
  const { core, auth, pace, operation } = options
  return {
    ...createAccountHandlers(options),

    invite: async ({ who, origin, input: { name, role, unit } }) => {
      if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
      const units = core.setting()?.units
      const refusals: Refusal[] = []
      if (units?.get(unit) === undefined) refusals.push({ code: 'unit.unknown', params: { unit }, at: 'unit' })
      else if (!mayCommand(who.actor, 'AddMember', units, unit))
        refusals.push({ code: 'may.outsideUnit', params: { unit }, at: 'unit' })
      else if (!covers(who.actor, units, role, unit))
        refusals.push({ code: 'may.beyondOwn', params: { role, unit }, at: 'role' })
      if (refusals.length > 0) return { ok: false, refusals }
      return ok({ link: linkOf(origin, await auth.invitations.create({ name, role, unit, by: who.actor.id })) })
    },

    invitation: async ({ input }) => {
      const found = await openInvitation(auth, core, input.token)
      if (!found.ok) return found
      const { name, role, unit } = found.value.invitation
      const setting = core.setting()
      return setting === null
        ? refuse({ code: 'programme.notOpen' })
        : ok({ name, role, unit, unitName: unitName(setting, unit) })
    },

    changes: ({ who, input: { scope, since, asOf } }) => core.changes(who.actor, scope, since, asOf),

    spans: ({ who, input: { scope, month, address } }) => core.span(who.actor, scope, month, address),

    programme: async ({ input }) => {
      const programme = await core.programme(input.hash)
      return programme === undefined ? refuse({ code: 'route.unknown' }) : ok({ programme })
    },

    operation: async () => ok(operation()),

    command: async ({ who, input }) => {
      const answer = await pace.dispatch(input, who.actor)
      return answer.ok ? ok(answer) : answer
    },
  }
}

/** The address under which an invitation opens. */
export const linkOf = (origin: string, token: string): string => `${origin}/join/${token}`

const unitName = (setting: Setting, unit: string) => setting.units.get(unit)?.name ?? { zh: unit, en: unit }
