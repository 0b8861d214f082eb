/** The file of a checkpoint: what it is, the state, and a hash over all of it. */
import { createHash } from 'node:crypto'
import { closeSync, openSync, readSync } from 'node:fs'
import { z, parse } from '../../shared/schema.ts'
import type { Position } from './position.ts'

/** What a file says about itself. */
export interface Header extends Position {
  /** see `foldCode` */
  code: string
}

/** Why a file is not read, for the operator's log. */
export class CheckpointFault extends Error {}

const MAGIC = Buffer.from('rollout state 1\n')
const LENGTH = 4
const HASH = 32
/** More than any header has. */
const HEADER = 4_096

const headerSchema = z.strictObject({
  code: z.string(),
  seq: z.int().min(1),
  hash: z.string(),
  moment: z.number(),
})

/** The file's parts, in order; the last is the SHA-256 over those before it. */
export function encodeFile(header: Header, body: Buffer): Buffer[] {
  const { code, seq, hash, moment } = header
  const text = Buffer.from(JSON.stringify({ code, seq, hash, moment }))
  const length = Buffer.alloc(LENGTH)
  length.writeUInt32LE(text.length)
  const parts = [MAGIC, length, text, body]
  return [...parts, hashOf(parts)]
}

/** Throws a CheckpointFault unless every byte is as it was written. */
export function decodeFile(file: Buffer): { header: Header; body: Buffer } {
  const whole = file.subarray(0, -HASH)
  if (!hashOf([whole]).equals(file.subarray(-HASH))) throw new CheckpointFault('damaged')
  const { header, end } = headerIn(whole)
  return { header, body: whole.subarray(end) }
}

/** Reads the header alone, which is not to be trusted before the whole file has been decoded. Throws a CheckpointFault. */
export function readHeader(path: string): Header {
  const file = openSync(path, 'r')
  try {
    const start = Buffer.alloc(HEADER)
    return headerIn(start.subarray(0, readSync(file, start))).header
  } finally {
    closeSync(file)
  }
}

function headerIn(file: Buffer): { header: Header; end: number } {
  const begin = MAGIC.length + LENGTH
  if (file.length < begin || !file.subarray(0, MAGIC.length).equals(MAGIC))
    throw new CheckpointFault('not a checkpoint')
  const end = begin + file.readUInt32LE(MAGIC.length)
  const header = parse(headerSchema, jsonOf(file.subarray(begin, end)))
  if (!header.ok) throw new CheckpointFault('not a checkpoint')
  return { header: header.value, end }
}

function jsonOf(text: Buffer): unknown {
  try {
    return JSON.parse(text.toString())
  } catch {
    return null
  }
}

function hashOf(parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}
