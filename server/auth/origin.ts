/** Which site's page a request comes from. Only our own pages may act in a person's name. */
import type { IncomingMessage } from 'node:http'
import type { TLSSocket } from 'node:tls'

export interface OriginRule {
  /** the public address, e.g. `https://rollout.example`; null = the one of our hosts that a request names */
  origin: string | null
  /** names of our hosts, without ports, besides those that every server has (`hosts.ts`) */
  hosts: readonly string[]
  /** number of proxies in front whose forwarding headers are trusted */
  trustProxy: number
}

type Request = Pick<IncomingMessage, 'headers' | 'socket'>

/** `https://host[:port]` under which the request reached us. Believes the host that it names, so that has been looked at before (`hosts.ts`). */
export function ownOrigin(request: Request, rule: OriginRule): string {
  if (rule.origin !== null) return rule.origin
  const forwarded = (name: string) =>
    rule.trustProxy > 0 ? request.headers[name]?.toString().split(',').at(-1)?.trim() : undefined
  const tls = (request.socket as Partial<TLSSocket>).encrypted === true
  const scheme = (forwarded('x-forwarded-proto') ?? (tls ? 'https' : 'http')) === 'https' ? 'https' : 'http'
  return `${scheme}://${forwarded('x-forwarded-host') ?? request.headers.host ?? ''}`
}

/** Address of the person's machine: the last that no trusted proxy has put in front, as Koa finds it. */
export function addressOf(request: Request, { trustProxy }: OriginRule): string {
  const forwarded = trustProxy > 0 ? (request.headers['x-forwarded-for']?.toString() ?? '') : ''
  const [first = ''] = forwarded.split(/\s*,\s*/).slice(-trustProxy)
  return first === '' ? (request.socket.remoteAddress ?? '') : first
}

/** True for our own pages. Browsers always send `Origin` with requests that change something; other clients run no foreign page and may omit it. */
export function isOwnOrigin(request: Request, rule: OriginRule): boolean {
  const { origin } = request.headers
  return origin === undefined || origin === ownOrigin(request, rule)
}

/** True when the person's browser used TLS. */
export const isSecure = (request: Request, rule: OriginRule): boolean => ownOrigin(request, rule).startsWith('https://')
