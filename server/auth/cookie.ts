/** The cookies: who is signed in, and which browser has signed in before. Read for HTTP and for the handshake of the live connection. */
import { KNOWN_MS } from './devices.ts'
import { ABSOLUTE_MS } from './sessions.ts'

/** `sid`: the session. `did`: a browser from which somebody has signed in. */
export type CookieName = 'sid' | 'did'

/** ms for which a browser keeps it */
const AGES: Record<CookieName, number> = { sid: ABSOLUTE_MS, did: KNOWN_MS }

/** The name by which a browser knows it. Over TLS it promises that this very host has set it, and by TLS. */
const nameOf = (name: CookieName, secure: boolean): string => (secure ? `__Host-${name}` : name)

/** The token in a `Cookie` header, if any. `secure`: the person's browser uses TLS. */
export function readCookie(header: string | undefined, name: CookieName, secure: boolean): string | undefined {
  const wanted = nameOf(name, secure)
  for (const part of (header ?? '').split(';')) {
    const [found, value] = part.trim().split('=', 2)
    if (found === wanted && value !== undefined && value !== '') return value
  }
  return undefined
}

/** A `Set-Cookie` value; a null token removes the cookie. */
export function writeCookie(name: CookieName, token: string | null, secure: boolean): string {
  const age = token === null ? 0 : AGES[name] / 1000
  return `${nameOf(name, secure)}=${token ?? ''}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}
