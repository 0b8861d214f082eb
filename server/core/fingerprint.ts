/** What tells a command that is sent again from another one with its id. */
import { hash } from 'node:crypto'
import type { Command } from '../../shared/command.ts'

export interface Fingerprint {
  /** SHA-256 of who sends, kind and data, hex: the same for the same data in any order of keys */
  fingerprint: string
  /** bytes of the data as JSON */
  size: number
}

/** `actor` is a member's id. */
export function fingerprintOf({ kind, data }: Command, actor: string): Fingerprint {
  const text = JSON.stringify(inOrder(data))
  return { fingerprint: hash('sha256', `${actor}\n${kind}\n${text}`), size: Buffer.byteLength(text) }
}

/** The same data with the keys of every object in order. */
function inOrder(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return data
  if (Array.isArray(data)) return data.map(inOrder)
  const sorted: Record<string, unknown> = {}
  for (const key of Object.keys(data).sort()) sorted[key] = inOrder((data as Record<string, unknown>)[key])
  return sorted
}
