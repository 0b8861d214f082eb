/** The REST table: method, path and input of every route; the server mounts it, the client calls it. */
import type { Answer } from '../command.ts'
import type { Programme } from '../domain/programme.ts'
import { MACHINE_RIGHTS, type MachineRight } from '../domain/machineId.ts'
import { ROLES, type Role, type Task, TASKS } from '../domain/roles.ts'
import type { DataOrigin } from '../domain/values.ts'
import type { Refusal, RefusalCode } from '../errors.ts'
import type { Access } from '../policy.ts'
import { day, key, line, type named, phone, z } from '../schema.ts'
import type { Patch } from '../view/patch.ts'
import type { WireRow } from '../view/wire.ts'
import type { FigureTable, FileCheck, ListedFile } from './files.ts'
import type { OperationReport } from './operation.ts'
import type { CommandVersions } from './versions.ts'

const password = z.string().min(1).max(200)
const login = z.string().trim().min(1).max(60)
/** Of a new account: signs that a keyboard has everywhere and that are not confused with those of another script (N13). */
const newLogin = z
  .string()
  .normalize('NFKC')
  .trim()
  .min(1)
  .max(60)
  .refine((text) => text === '' || /^[A-Za-z0-9]([A-Za-z0-9._@-]*[A-Za-z0-9])?$/.test(text), {
    params: { code: 'input.loginSigns' satisfies RefusalCode },
  })

type Named = z.infer<typeof named>

/** Who is signed in; `name`, `role`, `unit` and `tasks` as the log has them now. */
export interface Me {
  id: string
  name: string
  role: Role
  unit: string
  tasks?: readonly Task[]
  login: string
}

export interface SessionInfo {
  me: Me | null
  /** ms until the session ends however much it is used; null when nobody is signed in */
  endsIn: number | null
  programme: {
    key: string
    name: Named
    roles: Programme['roles']
    language?: Programme['language']
    origin: DataOrigin
  } | null
  /** versions of each command's shape that are taken; a page sends no other */
  commands: CommandVersions
  /** in a demonstration: people to sign in as with one click */
  demo: { id: string; name: string; role: Role; unit: string; unitName: { zh: string; en: string } }[] | null
}

export interface Invitation {
  name: string | null
  role: Role
  unit: string
  unitName: { zh: string; en: string }
}

/** One of a person's own sessions. */
export interface SessionLine {
  /** names it to `endSession` */
  session: string
  /** the one that asks */
  here: boolean
  /** of the machine that used it last */
  address: string
  /** names of what signed in, as it says itself; null = not known */
  browser: string | null
  system: string | null
  /** sign-in and last use, ms of the epoch */
  began: number
  used: number
}

/** An invitation that nobody has used yet. Its link was shown once. */
export interface PendingInvitation {
  /** names it to `withdrawInvitation` */
  invitation: string
  name: string | null
  role: Role
  unit: string
  /** null = all of the role's */
  tasks: readonly Task[] | null
  /** name of who invited */
  by: string
  /** ms of the epoch */
  expires: number
}

/** A machine and its token, which itself is shown to nobody. */
export interface MachineLine {
  member: string
  name: string
  unit: string
  rights: readonly MachineRight[]
  /** name of who had the token made; null = it has none */
  by: string | null
  /** ms of the epoch; `expires` null = for as long as the machine is one, `used` null = never */
  created: number | null
  expires: number | null
  used: number | null
  /** of the machine that used it last */
  address: string | null
}

/** Days for which a token holds. */
const days = z.int().min(1).max(3_650).optional()

/** A seq of the log in an address: decimal digits alone, since whatever else a language takes for a number is a mistake. */
const seq = z
  .string()
  .regex(/^\d{1,15}$/)
  .transform(Number)
/** A seq of the log, or a moment (ISO 8601): the last seq before the first event recorded later than it. */
const asOf = z.union([seq, z.iso.datetime({ offset: true })])
/** `YYYY-MM` */
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)
/** of a month of days, as the rows of a unit name it */
const address = z.string().regex(/^\d{1,4}-\d{1,15}-[0-9a-f]{8}$/)

/** Header by which a page says whom it acts for (id of the member): it is not to act for whoever else has signed in meanwhile. */
export const MEMBER_HEADER = 'x-member'

/** A row of the table. Who may call stands in it: a route without its policy does not compile. */
type RouteRow = {
  path: `/api/v1/${string}`
  access: Access
  input: z.ZodType
  /** a machine may call it by its token (N14) */
  byToken?: true
  /** the address alone determines the answer, and a browser need not ask again */
  isImmutable?: true
} & ({ method: 'GET' | 'DELETE' } | { method: 'POST'; /** bytes that a body may have */ body: number })

/** Whom somebody invites; without `tasks` to all of the role's. */
const invited = {
  name: line,
  role: z.enum(ROLES),
  unit: key,
  tasks: z.array(z.enum(TASKS)).max(TASKS.length).optional(),
}

/** Bytes of bodies: a handful of short fields, a form, whole sheets. */
const SHORT = 4_096
const FORM = 16_384
const SHEETS = 8_388_608
/** a list of people */
const LIST = 65_536

export const API = {
  session: { method: 'GET', path: '/api/v1/session', access: 'open', input: z.strictObject({}) },
  signIn: {
    method: 'POST',
    path: '/api/v1/session',
    access: 'open',
    body: SHORT,
    input: z.strictObject({ login, password }),
  },
  signOut: { method: 'DELETE', path: '/api/v1/session', access: 'member', input: z.strictObject({}) },
  demoSignIn: {
    method: 'POST',
    path: '/api/v1/session/demo',
    access: 'open',
    body: SHORT,
    input: z.strictObject({ member: key }),
  },
  changePassword: {
    method: 'POST',
    path: '/api/v1/password',
    access: 'member',
    body: SHORT,
    input: z.strictObject({ current: password, next: password }),
  },
  invite: {
    method: 'POST',
    path: '/api/v1/invitations',
    access: 'AddMember',
    body: SHORT,
    input: z.strictObject(invited),
  },
  invitations: { method: 'GET', path: '/api/v1/invitations', access: 'AddMember', input: z.strictObject({}) },
  inviteMany: {
    method: 'POST',
    path: '/api/v1/invitations/many',
    access: 'AddMember',
    body: LIST,
    input: z.strictObject({
      rows: z
        .array(z.strictObject({ ...invited, phone: phone.optional() }))
        .min(1)
        .max(500),
      dryRun: z.boolean(),
    }),
  },
  /** the rows of a file, to be looked through as a list of people; `data` is the file in base64 (F31) */
  readList: {
    method: 'POST',
    path: '/api/v1/files/list',
    access: 'AddMember',
    body: SHEETS,
    input: z.strictObject({ data: z.string().min(1), sheet: z.string().max(100).optional() }),
  },
  withdrawInvitation: {
    method: 'POST',
    path: '/api/v1/invitations/withdraw',
    access: 'AddMember',
    body: SHORT,
    input: z.strictObject({ invitation: key }),
  },
  /** tokens of links come in bodies, since addresses are written down by servers and proxies */
  invitation: {
    method: 'POST',
    path: '/api/v1/invitations/open',
    access: 'open',
    body: SHORT,
    input: z.strictObject({ token: line }),
  },
  join: {
    method: 'POST',
    path: '/api/v1/invitations/join',
    access: 'open',
    body: FORM,
    input: z.strictObject({ token: line, name: line, login: newLogin, password }),
  },
  sessions: { method: 'GET', path: '/api/v1/sessions', access: 'member', input: z.strictObject({}) },
  endSession: {
    method: 'POST',
    path: '/api/v1/sessions/end',
    access: 'member',
    body: SHORT,
    input: z.strictObject({ session: key }),
  },
  endSessions: { method: 'DELETE', path: '/api/v1/sessions', access: 'member', input: z.strictObject({}) },
  resetLink: {
    method: 'POST',
    path: '/api/v1/resets',
    access: 'ResetPassword',
    body: SHORT,
    input: z.strictObject({ member: key }),
  },
  reset: {
    method: 'POST',
    path: '/api/v1/resets/open',
    access: 'open',
    body: SHORT,
    input: z.strictObject({ token: line }),
  },
  resetPassword: {
    method: 'POST',
    path: '/api/v1/resets/redeem',
    access: 'open',
    body: SHORT,
    input: z.strictObject({ token: line, password }),
  },
  phones: { method: 'GET', path: '/api/v1/phones', access: 'KeepPhones', input: z.strictObject({}) },
  setPhone: {
    method: 'POST',
    path: '/api/v1/phones',
    access: 'KeepPhones',
    body: SHORT,
    input: z.strictObject({ member: key, phone: phone.nullable() }),
  },
  ownPhone: { method: 'GET', path: '/api/v1/phones/own', access: 'member', input: z.strictObject({}) },
  setOwnPhone: {
    method: 'POST',
    path: '/api/v1/phones/own',
    access: 'member',
    body: SHORT,
    input: z.strictObject({ phone: phone.nullable() }),
  },
  changes: {
    method: 'GET',
    path: '/api/v1/changes',
    access: 'member',
    input: z.strictObject({ scope: line, since: seq.prefault('0'), asOf: asOf.optional() }),
    byToken: true,
  },
  spans: {
    method: 'GET',
    path: '/api/v1/spans',
    access: 'member',
    input: z.strictObject({ scope: line, month, address }),
    byToken: true,
    isImmutable: true,
  },
  programme: {
    method: 'GET',
    path: '/api/v1/programme',
    access: 'member',
    input: z.strictObject({ hash: line }),
    byToken: true,
    isImmutable: true,
  },
  /** figures of the reporting units at or below a unit, to be taken along and filled in (F14) */
  figures: {
    method: 'GET',
    path: '/api/v1/figures',
    access: 'member',
    input: z.strictObject({ unit: key, from: day, to: day }),
  },
  /** what a file of reports would change: nothing is written (F15); `data` is the file in base64 */
  checkFile: {
    method: 'POST',
    path: '/api/v1/files/check',
    access: 'SubmitReports',
    body: SHEETS,
    input: z.strictObject({ data: z.string().min(1), day: day.optional(), sheet: z.string().max(100).optional() }),
  },
  operation: { method: 'GET', path: '/api/v1/operation', access: 'SeeOperation', input: z.strictObject({}) },
  machines: { method: 'GET', path: '/api/v1/machines', access: 'AddMachine', input: z.strictObject({}) },
  addMachine: {
    method: 'POST',
    path: '/api/v1/machines',
    access: 'AddMachine',
    body: SHORT,
    input: z.strictObject({ name: line, unit: key, rights: z.array(z.enum(MACHINE_RIGHTS)).min(1).max(2), days }),
  },
  renewToken: {
    method: 'POST',
    path: '/api/v1/machines/token',
    access: 'AddMachine',
    body: SHORT,
    input: z.strictObject({ member: key, days }),
  },
  command: {
    method: 'POST',
    path: '/api/v1/commands',
    access: 'anyCommand',
    body: SHEETS,
    input: z.unknown(),
    byToken: true,
  },
} as const satisfies Record<string, RouteRow>

export type Route = keyof typeof API
export type RouteInput<R extends Route> = z.input<(typeof API)[R]['input']>

/** What each route answers with when it succeeds; a refusal is `{ refusals }` with a status of 400 or more. */
export interface RouteOutput {
  session: SessionInfo
  signIn: SessionInfo
  signOut: { ok: true }
  demoSignIn: SessionInfo
  changePassword: SessionInfo
  invite: { link: string }
  invitations: { invitations: PendingInvitation[] }
  /** a link for each row, in order; none of a dry run */
  inviteMany: { links: string[] }
  readList: ListedFile
  withdrawInvitation: { ok: true }
  invitation: Invitation
  join: SessionInfo
  /** latest use first */
  sessions: { sessions: SessionLine[] }
  endSession: { ok: true }
  endSessions: { ok: true }
  resetLink: { link: string }
  /** whose password it is */
  reset: { name: string; login: string }
  resetPassword: SessionInfo
  /** of the members about whom who asks decides, and who have one */
  phones: { phones: { member: string; phone: string }[] }
  setPhone: { ok: true }
  /** null = none */
  ownPhone: { phone: string | null }
  setOwnPhone: { ok: true }
  /** with `asOf`: all rows as they were then, marked `reset` */
  changes: Patch
  /** rows of a month's days; they never change under their address */
  spans: { days: readonly WireRow[] }
  programme: { programme: Programme }
  figures: FigureTable
  checkFile: FileCheck
  operation: OperationReport
  machines: { machines: MachineLine[] }
  /** the token is shown this once */
  addMachine: { member: string; token: string }
  renewToken: { member: string; token: string }
  command: Answer
}

export interface Refused {
  refusals: Refusal[]
}
