/** Mounts the REST table: access, input and answer of every route are handled here, once. */
import Router from '@koa/router'
import type { Context } from 'koa'
import { ok, type Refusal, refuse, type Result } from '../../shared/errors.ts'
import { type Access, mayEnter } from '../../shared/policy.ts'
import { API, MEMBER_HEADER, type Route, type RouteOutput } from '../../shared/protocol/api.ts'
import { parse, type z } from '../../shared/schema.ts'
import { agentOf } from '../auth/agent.ts'
import type { Auth } from '../auth/auth.ts'
import { bearerOf, type Caller, createWhoByToken, type WhoByToken } from '../auth/bearer.ts'
import { type CookieName, readCookie, writeCookie } from '../auth/cookie.ts'
import { isSecure, type OriginRule, ownOrigin } from '../auth/origin.ts'
import type { Place } from '../auth/session.ts'
import { type Who, whoByCookie } from '../auth/who.ts'
import type { Limits } from '../core/allowance.ts'
import { CLOSING } from '../core/closing.ts'
import type { Core } from '../core/core.ts'
import type { Pace } from '../core/pace.ts'
import type { Health } from '../health.ts'
import { commandName, type Recipient } from '../operator.ts'
import { about } from './about.ts'
import { createPacker } from './packed.ts'
import { refuseWith } from './refusals.ts'
import { createShares, type Shares } from './shares.ts'

type Table = typeof API

/** What the address alone determines is never asked for again. */
const IMMUTABLE = 'private, max-age=31536000, immutable'
/** Routes whose bodies are a file. */
const FILES: ReadonlySet<string> = new Set(['checkFile', 'readList'] satisfies (keyof Table)[])
const NOT_CACHED = 'private, no-store'

/** What a handler is given: a valid input, from somebody who may call. */
export interface Call<R extends Route> {
  input: z.output<Table[R]['input']>
  who: Table[R]['access'] extends 'open' ? Who | null : Table[R] extends { byToken: true } ? Caller : Who
  /** the person's machine and browser */
  place: Place
  /** token of the browser, if somebody has signed in from it before */
  device: string | undefined
  /** scheme and host under which the person reached us */
  origin: string
  /** sets a cookie, or takes it away */
  cookie(name: CookieName, token: string | null): void
  /** for the operator: whose account somebody tries who is not signed in; undefined = nobody's */
  concerns(member: string | undefined): void
  /** for the operator: for whom a one-time link is */
  handsOut(to: Recipient): void
}

/** One for each row of the table; a row without one does not compile. */
export type Handlers = { [R in Route]: (call: Call<R>) => Promise<Result<RouteOutput[R]>> }

export interface RouteOptions {
  core: Core
  auth: Auth
  pace: Pace
  limits: Limits
  rule: OriginRule
  handlers: Handlers
  health: Pick<Health, 'holds'>
}

export function createRouter(options: RouteOptions): Router {
  const router = new Router()
  const shares = createShares(options.limits, options.pace)
  const whoByToken = createWhoByToken(options.auth, options.core, options.rule)
  for (const route of Object.keys(API) as Route[]) mount(router, route, { ...options, shares, whoByToken })
  return router
}

/** Methods of the table for a path; empty when the path is not in it. */
export const methodsOf = (path: string): string[] =>
  Object.values(API)
    .filter((row) => row.path === path)
    .map((row) => row.method)

function mount<R extends Route>(
  router: Router,
  route: R,
  options: RouteOptions & { shares: Shares; whoByToken: WhoByToken },
): void {
  const { core, rule, handlers, health, shares } = options
  const { method, path, access, input: schema } = API[route]
  const packed = 'isImmutable' in API[route] ? createPacker() : null
  const handle: (call: Call<R>) => Promise<Result<RouteOutput[R]>> = handlers[route]
  router.register(path, method === 'GET' ? ['GET', 'HEAD'] : [method], async (ctx: Context) => {
    const asked = about(ctx)
    asked.what = route
    const asking = await whoAsks(ctx, route, options)
    if (!asking.ok) return refuseWith(ctx, asking.refusals)
    const who = asking.value
    asked.who = who?.actor.id ?? null
    const denied = isOther(ctx, who) ? [OTHER] : mayCall(core, access, who)
    if (denied.length > 0) return refuseWith(ctx, denied)
    const member = who?.actor.id ?? null
    const crowded =
      access === 'anyCommand' && member !== null ? shares.enterToCommand(ctx, member) : shares.enter(ctx, member)
    if (crowded !== null) return refuseWith(ctx, [crowded])
    const raw = await inputOf(ctx, route, (max) => shares.read(ctx, member, max, FILES.has(route) ? 'file' : undefined))
    // it may have begun before the signal: what has not wholly arrived by then is not taken (H2)
    if (method !== 'GET' && health.holds('closing')) return refuseWith(ctx, [CLOSING])
    const input = raw.ok ? parse<unknown>(schema, raw.value) : raw
    if (!input.ok) return refuseWith(ctx, input.refusals)
    if (route === 'command') asked.what = commandName(input.value)
    const call = {
      input: input.value,
      who,
      place: { address: ctx.ip, ...agentOf(ctx.headers['user-agent']) },
      device: readCookie(ctx.headers.cookie, 'did', isSecure(ctx.req, rule)),
      origin: ownOrigin(ctx.req, rule),
      cookie: (name: CookieName, token: string | null) =>
        ctx.append('Set-Cookie', writeCookie(name, token, isSecure(ctx.req, rule))),
      concerns: (member: string | undefined) => (asked.who = member ?? null),
      handsOut: (to: Recipient) => asked.handedOut.push(to),
    }
    // `mayCall` and `parse` have just seen to what the type says
    const answer = await handle(call as unknown as Call<R>)
    if (!answer.ok) return refuseWith(ctx, answer.refusals)
    ctx.set('Cache-Control', packed === null ? NOT_CACHED : IMMUTABLE)
    if (packed === null) ctx.body = answer.value
    else await packed(ctx, answer.value)
  })
}

const OTHER: Refusal = { code: 'session.other' }

/** The page acts for somebody, and somebody else is signed in by now. */
const isOther = (ctx: Context, who: Caller | null): boolean => {
  const said = ctx.get(MEMBER_HEADER)
  return said !== '' && who !== null && who.actor.id !== said
}

/** By the token that the request carries, where it carries one, else by its cookie; null = nobody who is signed in. */
async function whoAsks(
  ctx: Context,
  route: Route,
  { auth, core, rule, whoByToken }: Pick<RouteOptions, 'auth' | 'core' | 'rule'> & { whoByToken: WhoByToken },
): Promise<Result<Caller | null>> {
  const token = bearerOf(ctx.req)
  if (token === null) return ok(await whoByCookie(auth, core, ctx.req, rule))
  return 'byToken' in API[route] ? whoByToken(token, ctx.req) : refuse({ code: 'auth.tokenNotHere' })
}

function mayCall(core: Core, access: Access, who: Caller | null): Refusal[] {
  if (access === 'open') return []
  if (who === null) return [{ code: 'may.signIn' }]
  const setting = core.setting()
  if (setting === null) return [{ code: 'programme.notOpen' }]
  return mayEnter(who.actor, access, setting.units) ? [] : [{ code: 'may.not' }]
}

async function inputOf(
  ctx: Context,
  route: Route,
  read: (max: number) => Promise<Result<unknown>>,
): Promise<Result<unknown>> {
  const row = API[route]
  if (row.method === 'GET') return ok({ ...ctx.query })
  if (row.method === 'DELETE') return ok({})
  return read(row.body)
}
