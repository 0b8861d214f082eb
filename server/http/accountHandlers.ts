/** What the routes of accounts and sessions do. Nothing is decided here: auth decides. */
import type { Setting } from '../../shared/domain/world.ts'
import { COMMANDS, type CommandKind } from '../../shared/command.ts'
import { ok, refuse } from '../../shared/errors.ts'
import type { Me, SessionInfo } from '../../shared/protocol/api.ts'
import type { OperationReport } from '../../shared/protocol/operation.ts'
import { type CommandVersions, versionsOf } from '../../shared/protocol/versions.ts'
import { loginKey } from '../auth/accounts.ts'
import type { Auth } from '../auth/auth.ts'
import { handOutInvitation, inviteMany, join, openInvitation, pendingFor, withdrawInvitation } from '../auth/joining.ts'
import { addMachine, machinesOf, renewToken } from '../auth/machines.ts'
import { phonesFor, setOwnPhone, setPhone } from '../auth/phoneBook.ts'
import { handOutReset, openReset, redeemReset } from '../auth/resetting.ts'
import type { Place, Session } from '../auth/session.ts'
import { ABSOLUTE_MS } from '../auth/sessions.ts'
import { changePassword, checkSignIn } from '../auth/signin.ts'
import { linkTo } from '../auth/tokens.ts'
import type { Who } from '../auth/who.ts'
import type { Core } from '../core/core.ts'
import type { Pace } from '../core/pace.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Call, Handlers } from './routes.ts'

/** A demonstration: everybody in it may be signed in as without a password. */
export interface Demo {
  /** ids of the members that the sign-in page offers */
  people(): readonly string[]
}

export interface HandlerOptions {
  core: Core
  auth: Auth
  /** takes commands */
  pace: Pace
  demo: Demo | null
  /** clock of sessions */
  now: () => Date
  /** says what files would change */
  files: Pick<Exchange, 'check' | 'list'>
  /** how the server and its log are */
  operation(): OperationReport
}

const COMMAND_VERSIONS: CommandVersions = Object.fromEntries(
  (Object.keys(COMMANDS) as CommandKind[]).map((kind) => [kind, versionsOf(kind)]),
)

type Routes =
  | 'session'
  | 'signIn'
  | 'signOut'
  | 'demoSignIn'
  | 'invite'
  | 'invitation'
  | 'invitations'
  | 'inviteMany'
  | 'withdrawInvitation'
  | 'join'
  | 'changePassword'
  | 'sessions'
  | 'endSession'
  | 'endSessions'
  | 'resetLink'
  | 'reset'
  | 'resetPassword'
  | 'phones'
  | 'setPhone'
  | 'ownPhone'
  | 'setOwnPhone'
  | 'machines'
  | 'addMachine'
  | 'renewToken'

export function createAccountHandlers({
  core,
  auth,
  pace,
  demo,
  now,
}: Omit<HandlerOptions, 'operation' | 'files'>): Pick<Handlers, Routes> {
  const me = async ({ id, name, role, unit, tasks }: Who['actor']): Promise<Me> => {
    const login = (await auth.accounts.byMember(id))?.login ?? id
    return { id, name, role, unit, ...(tasks && { tasks }), login }
  }

  const infoFor = async (actor: Who['actor'] | null, created: number): Promise<SessionInfo> => {
    const setting = core.setting()
    return {
      me: actor === null ? null : await me(actor),
      endsIn: actor === null ? null : created + ABSOLUTE_MS - now().getTime(),
      programme: setting === null ? null : { ...nameOf(setting), origin: setting.origin },
      commands: COMMAND_VERSIONS,
      demo: demo === null || setting === null ? null : offered(core, setting, demo),
    }
  }

  type Entering = Pick<Call<'signIn'>, 'who' | 'cookie' | 'place' | 'device'>

  /** A new session in place of the one that the request came with. */
  const enter = async (member: string, { who, cookie, place }: Entering) => {
    cookie('sid', await auth.sessions.create(member, place, who?.session.hash))
    const actor = core.actor(member)
    return actor === undefined || actor.role === 'system'
      ? refuse({ code: 'may.signIn' })
      : ok(await infoFor({ ...actor, role: actor.role }, now().getTime()))
  }

  /** The same, of somebody who has shown a password of their own: the browser is known from now on. */
  const enterByPassword = async (member: string, call: Entering) => {
    const entered = await enter(member, call)
    const device = await auth.devices.remember(member, call.device)
    if (device !== null) call.cookie('did', device)
    return entered
  }

  return {
    session: async ({ who }) => ok(await infoFor(who?.actor ?? null, who?.session.created ?? 0)),

    signIn: async (call) => {
      const { input, place, device } = call
      const checked = await checkSignIn(auth, core, input, { address: place.address, device })
      if (checked.ok) return enterByPassword(checked.value, call)
      call.concerns((await auth.accounts.byLogin(loginKey(input.login)))?.member)
      return checked
    },

    signOut: async ({ who, cookie }) => {
      await auth.sessions.end(who.session.hash)
      cookie('sid', null)
      return ok({ ok: true })
    },

    demoSignIn: async (call) => {
      if (demo === null) return refuse({ code: 'route.unknown' })
      const { member } = call.input
      const actor = core.actor(member)
      return actor === undefined || actor.machine !== undefined
        ? refuse({ code: 'member.unknown', at: 'member' })
        : enter(member, call)
    },

    invite: async ({ who, origin, input, handsOut }) => {
      const token = await handOutInvitation(auth, core, who.actor, input)
      if (!token.ok) return token
      handsOut({ role: input.role, unit: input.unit })
      return ok({ link: linkTo(origin, 'join', token.value) })
    },

    invitations: async ({ who }) => ok({ invitations: await pendingFor(auth, core, who.actor) }),

    inviteMany: async ({ who, origin, input, handsOut }) => {
      const tokens = await inviteMany(auth, core, who.actor, input.rows, input.dryRun)
      if (!tokens.ok) return tokens
      if (!input.dryRun) for (const { role, unit } of input.rows) handsOut({ role, unit })
      return ok({ links: tokens.value.map((token) => linkTo(origin, 'join', token)) })
    },

    withdrawInvitation: ({ who, input }) => withdrawInvitation(auth, core, who.actor, input.invitation),

    invitation: async ({ input }) => {
      const found = await openInvitation(auth, core, input.token)
      if (!found.ok) return found
      const { name, role, unit } = found.value.invitation
      const setting = core.setting()
      return setting === null
        ? refuse({ code: 'programme.notOpen' })
        : ok({ name, role, unit, unitName: nameOfUnit(setting, unit) })
    },

    join: async (call) => {
      const joined = await join(auth, core, call.input)
      return joined.ok ? enterByPassword(joined.value, call) : joined
    },

    changePassword: async ({ who, input, place, cookie }) => {
      const changed = await changePassword(auth, who, input, place)
      if (!changed.ok) return changed
      cookie('sid', changed.value)
      return ok(await infoFor(who.actor, now().getTime()))
    },

    sessions: async ({ who }) => {
      const own = await auth.sessions.ofMember(who.actor.id)
      return ok({ sessions: own.map((session) => shown(session, who)) })
    },

    endSession: async ({ who, input }) => {
      const own = await auth.sessions.ofMember(who.actor.id)
      const wanted = own.find((session) => idOf(session) === input.session)
      if (wanted !== undefined) await auth.sessions.end(wanted.hash)
      return ok({ ok: true })
    },

    endSessions: async ({ who, cookie }) => {
      await auth.sessions.endMember(who.actor.id)
      cookie('sid', null)
      return ok({ ok: true })
    },

    resetLink: async ({ who, origin, input, handsOut }) => {
      const token = await handOutReset(auth, core, who.actor, input.member)
      if (!token.ok) return token
      handsOut({ member: input.member })
      return ok({ link: linkTo(origin, 'reset', token.value) })
    },

    reset: async ({ input }) => {
      const found = await openReset(auth, core, input.token)
      return found.ok ? ok({ name: found.value.actor.name, login: found.value.account.login }) : found
    },

    phones: async ({ who }) => ok({ phones: await phonesFor(auth, core, who.actor) }),

    setPhone: ({ who, input }) => setPhone(auth, core, who.actor, input),

    ownPhone: async ({ who }) => ok({ phone: await auth.phones.byMember(who.actor.id) }),

    setOwnPhone: ({ who, input }) => setOwnPhone(auth, who.actor, input.phone),

    machines: async ({ who }) => ok({ machines: await machinesOf(auth, core, who.actor) }),

    addMachine: async ({ who, input, handsOut }) => {
      const dispatch = (command: unknown) => pace.dispatch(command, who.actor)
      const made = await addMachine(auth, dispatch, who.actor, input, now())
      if (made.ok) handsOut({ member: made.value.member })
      return made
    },

    renewToken: async ({ who, input, handsOut }) => {
      const made = await renewToken(auth, core, who.actor, input, now())
      if (made.ok) handsOut({ member: made.value.member })
      return made
    },

    resetPassword: async (call) => {
      const changed = await redeemReset(auth, core, call.input)
      return changed.ok ? enterByPassword(changed.value, call) : changed
    },
  }
}

/** Names a session to its member; of the token's hash so much that no two are alike. */
const idOf = ({ hash }: Session): string => hash.slice(0, 16)

const shown = (session: Session, who: Who) => {
  const { hash, browser, system, created, seen } = session
  // an IPv4 address as people write it
  const address = session.address.replace(/^::ffff:(?=[\d.]+$)/i, '')
  const place: Place = { address, browser, system }
  return { session: idOf(session), here: hash === who.session.hash, ...place, began: created, used: seen }
}

function offered(core: Core, setting: Setting, demo: Demo): NonNullable<SessionInfo['demo']> {
  return demo.people().flatMap((member) => {
    const actor = core.actor(member)
    if (actor === undefined || actor.role === 'system') return []
    const { id, name, role, unit } = actor
    return [{ id, name, role, unit, unitName: nameOfUnit(setting, unit) }]
  })
}

const nameOfUnit = ({ units }: Setting, unit: string) => units.get(unit)?.name ?? { zh: unit, en: unit }

const nameOf = ({ programme: { key, name, roles, language } }: Setting) => ({
  key,
  name,
  roles,
  ...(language === undefined ? {} : { language }),
})
