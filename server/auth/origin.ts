/** Which page a request comes from. Only pages of our own may act in a person's name. */
import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'

export interface OriginRule {
  /** the address as people see it, e.g. `https://rollout.example`; null: as the request's Host says */
  origin: string | null
  /** proxies in front whose forwarding headers are believed */
  trustProxy: number
}

type Request = Pick<IncomingMessage, 'headers' | 'socket'>

/** `https://host[:port]` under which the request reached us. */
export function ownOrigin(request: Request, rule: OriginRule): string {
  if (rule.origin !== null) return rule.origin
  const forwarded = (name: string) =>
    rule.trustProxy > 0 ? request.headers[name]?.toString().split(',').at(-1)?.trim() : undefined
  const tls = (request.socket as Partial<TLSSocket>).encrypted === true
  const scheme = forwarded('x-forwarded-proto') ?? (tls ? 'https' : 'http')
  return `${scheme}://${forwarded('x-forwarded-host') ?? request.headers.host ?? ''}`
}

/** Browsers always name the origin of a request that can act; other clients carry no foreign page and may leave it out. */
export function isOwnOrigin(request: Request, rule: OriginRule): boolean {
  const { origin } = request.headers
  return origin === undefined || origin === ownOrigin(request, rule)
}

/** Did the person's browser use TLS? */
export const isSecure = (request: Request, rule: OriginRule): boolean => ownOrigin(request, rule).startsWith('https://')
