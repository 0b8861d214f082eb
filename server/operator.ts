/**
 * Lines for the operator about whoever was turned away, and about links by which somebody gets in: who, from where, what, why or
 * for whom. Names and codes of our own tables stand in them, and nothing that was typed: a password is typed into the wrong
 * field every day.
 */
import type { Logger } from 'pino'
import { COMMANDS } from '../shared/command.ts'
import type { Role } from '../shared/domain/roles.ts'
import type { Refusal, RefusalCode } from '../shared/errors.ts'

/** What was asked for. */
export interface Asked {
  /** route or event of the tables, with its command or scope */
  what: string
  /** id of the member, as far as it is known: of the session, or of the account that somebody tried */
  who: string | null
  /** of the person's machine */
  address: string
  /** of the request, as the answer names it */
  id?: string
}

/** For whom a one-time link is: a member, or whoever is invited to a role at a unit. */
export type Recipient = { member: string } | { role: Role; unit: string }

export interface Operator {
  /** Counts the refusals; those by policy, and every failed sign-in, have a line. */
  refused(asked: Asked, refusals: readonly Refusal[]): void
  /** Of a link that lets somebody in without a password, its token apart. */
  handedOut(asked: Asked, to: Recipient): void
}

export interface OperatorOptions {
  log: Logger
  count(code: RefusalCode): void
}

/** Refusals that say who may, not what is right. */
const POLICY = /^(may|auth|origin|host)\.|^command\.idReserved$/
/** Keys of our own; anything else was typed. */
const KEY = /^[\w.:-]{1,64}$/

export function createOperator({ log, count }: OperatorOptions): Operator {
  return {
    refused({ what, who, address, id }, refusals) {
      for (const { code } of refusals) count(code)
      const failed = what === 'signIn'
      if (!failed && !refusals.some(({ code }) => POLICY.test(code))) return
      const codes = [...new Set(refusals.map(({ code }) => code))]
      const unit = refusals.find(({ code }) => code === 'may.outsideUnit')?.params?.unit
      const about = { what, who, address, codes, ...(isKey(unit) ? { unit } : {}), ...(id === undefined ? {} : { id }) }
      log.info(about, failed ? 'sign-in failed' : 'refused')
    },
    handedOut: (asked, to) => log.info({ ...asked, for: to }, 'link handed out'),
  }
}

/** The name of a command that may be anything. */
export function commandName(input: unknown): string {
  const kind = typeof input === 'object' && input !== null ? (input as { kind?: unknown }).kind : undefined
  return typeof kind === 'string' && Object.hasOwn(COMMANDS, kind) ? `command ${kind}` : 'command'
}

/** The name of a scope that somebody wants to watch; without what was sent when it is no scope's. */
export const scopeName = (scope: unknown): string =>
  typeof scope === 'string' && /^[a-z]+(:[\w./-]{1,64})?$/.test(scope) ? `watch ${scope}` : 'watch'

const isKey = (value: unknown): value is string => typeof value === 'string' && KEY.test(value)
