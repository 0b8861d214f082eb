/** Calls of the REST table. A refusal is a value; a lost network is one too. */
import type { Refusal, Result } from '../../shared/errors.ts'
import type { MEMBER_HEADER, Refused, Route, RouteInput, RouteOutput } from '../../shared/protocol/api.ts'
import { ROUTES } from './routes.ts'

/** as `MEMBER_HEADER` of the table, which a page need not load */
const MEMBER: typeof MEMBER_HEADER = 'x-member'
const lost: Refusal = { code: 'network.lost' }
const unreachable: Refusal = { code: 'network.unreachable' }
const failed: Refusal = { code: 'server.failed' }
let signedOut: (() => void) | undefined
let member: string | null = null

/** Whom this page acts for from now on; requests in the name of whoever else has signed in are refused (`session.other`). */
export function actFor(next: string | null): void {
  member = next
}

/** Called when the server no longer knows the session behind a request, or knows it as somebody else's. */
export function onSignedOut(ended: () => void): void {
  signedOut = ended
}

/**
 * Never throws: `network.lost` when no answer came to a command (`network.unreachable` to anything else, which may count twice),
 * in `within` ms where that is said, `server.failed` when it was not readable.
 */
export async function callApi<R extends Route>(
  route: R,
  input: RouteInput<R>,
  { within }: { within?: number | undefined } = {},
): Promise<Result<RouteOutput[R]>> {
  const { method, path, access } = ROUTES[route]
  const away: Result<never> = { ok: false, refusals: [route === 'command' ? lost : unreachable] }
  let answer: Response
  try {
    answer = await fetch(method === 'GET' ? path + query(input) : path, {
      method,
      credentials: 'same-origin',
      headers: {
        accept: 'application/json',
        ...(method === 'GET' ? {} : { 'content-type': 'application/json' }),
        ...(access === 'open' || member === null ? {} : { [MEMBER]: member }),
      },
      ...(method === 'GET' ? {} : { body: JSON.stringify(input) }),
      ...(within !== undefined && { signal: AbortSignal.timeout(within) }),
    })
  } catch {
    return away
  }
  let body: unknown
  try {
    body = await answer.json()
  } catch {
    // a proxy in between answers in its own words while the server is away
    return answer.status >= 502 && answer.status <= 504 ? away : { ok: false, refusals: [failed] }
  }
  if (answer.ok) return { ok: true, value: body as RouteOutput[R] }
  const { refusals } = body as Partial<Refused>
  const known = refusals !== undefined && refusals.length > 0 ? refusals : [failed]
  if (access !== 'open' && known.some((r) => r.code === 'may.signIn' || r.code === 'session.other')) signedOut?.()
  return { ok: false, refusals: known }
}

function query(input: unknown): string {
  const params = new URLSearchParams()
  for (const [name, value] of Object.entries(input as Record<string, unknown>))
    if (value !== undefined) params.set(name, String(value))
  const text = params.toString()
  return text === '' ? '' : `?${text}`
}
