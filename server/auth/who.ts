/** Whom a request or live connection acts for: the session's member, as in the log now. */
import type { IncomingMessage } from 'node:http'
import type { Role } from '../../shared/domain/roles.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Core } from '../core/core.ts'
import type { Auth } from './auth.ts'
import { readCookie } from './cookie.ts'
import { addressOf, isSecure, type OriginRule } from './origin.ts'
import type { Session } from './session.ts'

export interface Who {
  actor: Actor & { role: Role }
  session: Session
}

type Members = Pick<Core, 'actor'>

/** By the session that a request names, which is a use of it; null when nobody is signed in. */
export async function whoByCookie(
  auth: Auth,
  core: Members,
  request: IncomingMessage,
  rule: OriginRule,
): Promise<Who | null> {
  const token = readCookie(request.headers.cookie, 'sid', isSecure(request, rule))
  return token === undefined ? null : whoIs(core, await auth.sessions.byToken(token, addressOf(request, rule)))
}

/** By the session that a live connection was opened with; null once it has ended. A use of it, from `address`. */
export async function whoBySession(auth: Auth, core: Members, hash: string, address: string): Promise<Who | null> {
  return whoIs(core, await auth.sessions.byHash(hash, address))
}

function whoIs(core: Members, session: Session | undefined): Who | null {
  const actor = session === undefined ? undefined : core.actor(session.member)
  if (session === undefined || actor === undefined || actor.role === 'system') return null
  return { session, actor: { ...actor, role: actor.role } }
}
