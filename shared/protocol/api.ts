/** The REST table: method, path and input of every route; the server mounts it, the client calls it. */
import type { Answer } from '../command.ts'
import type { Programme } from '../domain/programme.ts'
import { ROLES, type Role } from '../domain/roles.ts'
import type { DataOrigin } from '../domain/values.ts'
import type { Refusal, RefusalCode } from '../errors.ts'
import type { Access } from '../policy.ts'
import { key, line, type named, z } from '../schema.ts'
import type { Patch } from '../view/patch.ts'
import type { WireRow } from '../view/wire.ts'
import type { OperationReport } from './operation.ts'

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

/** Who is signed in; `name`, `role` and `unit` as the log has them now. */
export interface Me {
  id: string
  name: string
  role: Role
  unit: string
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

/** A row of the table. Who may call stands in it: a route without its policy does not compile. */
type RouteRow = {
  path: `/api/v1/${string}`
  access: Access
  input: z.ZodType
  /** the address alone determines the answer, and a browser need not ask again */
  isImmutable?: true
} & ({ method: 'GET' | 'DELETE' } | { method: 'POST'; /** bytes that a body may have */ body: number })

/** Bytes of bodies: a handful of short fields, a form, whole sheets. */
const SHORT = 4_096
const FORM = 16_384
const SHEETS = 8_388_608

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
    input: z.strictObject({ name: line, role: z.enum(ROLES), unit: key }),
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
  changes: {
    method: 'GET',
    path: '/api/v1/changes',
    access: 'member',
    input: z.strictObject({ scope: line, since: seq.prefault('0'), asOf: asOf.optional() }),
  },
  spans: {
    method: 'GET',
    path: '/api/v1/spans',
    access: 'member',
    input: z.strictObject({ scope: line, month, address }),
    isImmutable: true,
  },
  programme: {
    method: 'GET',
    path: '/api/v1/programme',
    access: 'member',
    input: z.strictObject({ hash: line }),
    isImmutable: true,
  },
  operation: { method: 'GET', path: '/api/v1/operation', access: 'SeeOperation', input: z.strictObject({}) },
  command: { method: 'POST', path: '/api/v1/commands', access: 'anyCommand', body: SHEETS, input: z.unknown() },
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
  /** with `asOf`: all rows as they were then, marked `reset` */
  changes: Patch
  /** rows of a month's days; they never change under their address */
  spans: { days: readonly WireRow[] }
  programme: { programme: Programme }
  operation: OperationReport
  command: Answer
}

export interface Refused {
  refusals: Refusal[]
}
