/** Under which names the server is reached. A page of any other name that leads here gets nothing, as it does by DNS rebinding. */
import type { IncomingMessage } from 'node:http'
import type { Refusal } from '../../shared/errors.ts'
import type { OriginRule } from './origin.ts'

/** Settings that name us. */
interface Named {
  origin: string | null
  /** where the server listens */
  host: string
  hosts: readonly string[]
}

type Request = Pick<IncomingMessage, 'headersDistinct' | 'socket' | 'url'>

/** A host as a `Host` header has it, with or without a port. */
const HOST = /^(\[[\da-f:.]+\]|[\da-z._-]+)(:\d{1,5})?$/i
/** Addresses that stand for all of a machine's. */
const WILD = /^(0\.0\.0\.0|::)$/
/** Names of the machine itself: no page of anybody else can have them. */
const LOOPBACK = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/

/** The name of a host, its port aside, as browsers write it; null when it is none. */
export const hostName = (host: string): string | null =>
  HOST.test(host) ? (URL.parse(`http://${host}`)?.hostname ?? null) : null

/**
 * Null when every name under which a request says that it reaches us is one of ours: the settings', the machine's own, or
 * the address at which the connection arrived. Else `host.unknown`. A port is nobody's disguise, and not looked at.
 */
export function hostFault(request: Request, rule: OriginRule): Refusal | null {
  const { headersDistinct, socket, url = '' } = request
  const given = headersDistinct.host ?? []
  const forwarded = rule.trustProxy > 0 ? (headersDistinct['x-forwarded-host'] ?? []) : []
  // a request may name its host in front of its path as well
  const target = url.startsWith('/') ? [] : [URL.parse(url)?.host ?? '']
  const names = [...given, ...forwarded.flatMap((list) => list.split(',')), ...target].map((h) => hostName(h.trim()))
  const own = new Set([...rule.hosts, addressName(socket.localAddress)])
  const isOwn = (name: string | null) => name !== null && (LOOPBACK.test(name) || own.has(name))
  return given.length === 1 && names.every(isOwn) ? null : { code: 'host.unknown' }
}

/** True of a host that is the machine's own, as a `Host` header has it. */
export const isLoopback = (host: string): boolean => LOOPBACK.test(hostName(host) ?? '')

/** The names that the settings give us. */
export function hostsOf({ origin, host, hosts }: Named): string[] {
  const named = origin === null ? null : new URL(origin).hostname
  return [...hosts, named, WILD.test(host) ? null : addressName(host)].filter((name) => name !== null)
}

/** An address of a socket, as a host is written. */
function addressName(address = ''): string | null {
  const plain = address.replace(/^::ffff:(?=[\d.]+$)/i, '').replace(/%.*$/, '')
  return hostName(plain.includes(':') ? `[${plain}]` : plain)
}
