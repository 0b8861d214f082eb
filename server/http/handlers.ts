/** What each route does. Nothing is decided here: core and auth decide. */
import type { Setting } from '../../shared/domain/world.ts'
import { ok, refuse, type Refusal } from '../../shared/errors.ts'
import { mayCommand } from '../../shared/policy.ts'
import type { Me, SessionInfo } from '../../shared/protocol/api.ts'
import type { Auth } from '../auth/auth.ts'
import { join, openInvitation } from '../auth/joining.ts'
import { changePassword, checkSignIn } from '../auth/signin.ts'
import type { Who } from '../auth/who.ts'
import type { Core } from '../core/core.ts'
import type { Call, Handlers } from './routes.ts'

/** A demonstration: everybody in it may be signed in as without a password. */
export interface Demo {
  /** ids of the members that the sign-in page offers */
  people(): readonly string[]
}

export interface HandlerOptions {
  core: Core
  auth: Auth
  demo: Demo | null
}

export function createHandlers({ core, auth, demo }: HandlerOptions): Handlers {
  const me = async ({ id, name, role, unit }: Who['actor']): Promise<Me> => {
    const login = (await auth.accounts.byMember(id))?.login ?? id
    return { id, name, role, unit, login }
  }

  const infoFor = async (actor: Who['actor'] | null): Promise<SessionInfo> => {
    const setting = core.setting()
    return {
      me: actor === null ? null : await me(actor),
      programme: setting === null ? null : { ...nameOf(setting), origin: setting.origin },
      demo: demo === null || setting === null ? null : offered(core, setting, demo),
    }
  }

  /** A new session in place of the one that the request came with. */
  const enter = async (member: string, { who, cookie }: Pick<Call<'signIn'>, 'who' | 'cookie'>) => {
    if (who !== null) await auth.sessions.end(who.session.hash)
    cookie(await auth.sessions.create(member))
    const actor = core.actor(member)
    return actor === undefined || actor.role === 'system'
      ? refuse({ code: 'may.signIn' })
      : ok(await infoFor({ ...actor, role: actor.role }))
  }

  return {
    session: async ({ who }) => ok(await infoFor(who?.actor ?? null)),

    signIn: async (call) => {
      const checked = await checkSignIn(auth, core, call.input, call.address)
      return checked.ok ? enter(checked.value, call) : checked
    },

    signOut: async ({ who, cookie }) => {
      await auth.sessions.end(who.session.hash)
      cookie(null)
      return ok({ ok: true })
    },

    demoSignIn: async (call) => {
      if (demo === null) return refuse({ code: 'route.unknown' })
      const { member } = call.input
      return core.actor(member) === undefined ? refuse({ code: 'member.unknown', at: 'member' }) : enter(member, call)
    },

    changePassword: async ({ who, input, address }) => {
      const changed = await changePassword(auth, who, input, address)
      return changed.ok ? ok({ ok: true }) : changed
    },

    invite: async ({ who, origin, input: { name, role, unit } }) => {
      const units = core.setting()?.units
      const refusals: Refusal[] = []
      if (units?.get(unit) === undefined) refusals.push({ code: 'unit.unknown', params: { unit }, at: 'unit' })
      else if (!mayCommand(who.actor, 'AddMember', units, unit))
        refusals.push({ code: 'may.outsideUnit', params: { unit }, at: 'unit' })
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

    join: async (call) => {
      const joined = await join(auth, core, call.input)
      return joined.ok ? enter(joined.value, call) : joined
    },

    changes: ({ who, input: { scope, since, asOf } }) => core.changes(who.actor, scope, since, asOf),

    spans: ({ who, input: { scope, month, address } }) => core.span(who.actor, scope, month, address),

    programme: async ({ input }) => {
      const programme = await core.programme(input.hash)
      return programme === undefined ? refuse({ code: 'route.unknown' }) : ok({ programme })
    },

    command: async ({ who, input }) => {
      const answer = await core.dispatch(input, who.actor)
      return answer.ok ? ok(answer) : answer
    },
  }
}

/** The address under which an invitation opens. */
export const linkOf = (origin: string, token: string): string => `${origin}/join/${token}`

function offered(core: Core, setting: Setting, demo: Demo): NonNullable<SessionInfo['demo']> {
  return demo.people().flatMap((member) => {
    const actor = core.actor(member)
    if (actor === undefined || actor.role === 'system') return []
    const { id, name, role, unit } = actor
    return [{ id, name, role, unit, unitName: unitName(setting, unit) }]
  })
}

const unitName = (setting: Setting, unit: string) => setting.units.get(unit)?.name ?? { zh: unit, en: unit }

const nameOf = ({ programme: { key, name, roles } }: Setting) => ({ key, name, roles })
