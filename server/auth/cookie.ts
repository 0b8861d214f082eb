/** The session cookie, for HTTP and for the handshake of the live connection. */
import { ABSOLUTE_MS } from './sessions.ts'

const NAME = 'sid'

/** The token in a `Cookie` header, if any. */
export function readCookie(header: string | undefined): string | undefined {
  for (const part of (header ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === NAME && value !== undefined && value !== '') return value
  }
  return undefined
}

/** A `Set-Cookie` value; a null token removes the cookie. */
export function writeCookie(token: string | null, secure: boolean): string {
  const age = token === null ? 0 : ABSOLUTE_MS / 1000
  return `${NAME}=${token ?? ''}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${secure ? '; Secure' : ''}`
}
