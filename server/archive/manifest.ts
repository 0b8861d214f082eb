/** What a backup says of itself, in a file beside it, and whether it is still so. */
import { createHash } from 'node:crypto'
import { createReadStream, readFileSync, statSync, writeFileSync } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { parse, z } from '../../shared/schema.ts'
import { PRIVATE } from '../store/private.ts'

const schema = z.strictObject({
  format: z.literal('rollout backup 1'),
  /** moment of the copy, ISO 8601, UTC */
  made: z.iso.datetime(),
  /** the log's last event, and its hash */
  seq: z.int().min(0),
  hash: z.string(),
  bytes: z.int().min(0),
  /** of the file, hex */
  sha256: z.string(),
  /** what was found wrong with the log when it was copied; null = nothing */
  fault: z.string().nullable(),
})
export type Manifest = z.infer<typeof schema>

export const manifestOf = (file: string): string => `${file}.json`

/** Describes the file as it is. */
export async function describe(
  file: string,
  about: Pick<Manifest, 'made' | 'seq' | 'hash' | 'fault'>,
): Promise<Manifest> {
  return { format: 'rollout backup 1', ...about, ...(await measured(file)) }
}

export function writeManifest(file: string, manifest: Manifest): void {
  writeFileSync(manifestOf(file), `${JSON.stringify(manifest, null, 2)}\n`, { mode: PRIVATE, flag: 'wx', flush: true })
}

/** The manifest of a backup that is as it was made; else a sentence why it is none. */
export async function readManifest(file: string): Promise<Manifest | string> {
  let text: string
  try {
    text = readFileSync(manifestOf(file), 'utf8')
  } catch (error) {
    return `its manifest cannot be read: ${String(error)}`
  }
  const read = parse(schema, jsonOf(text))
  if (!read.ok) return `${manifestOf(file)} is no manifest of a backup`
  const { bytes, sha256 } = await measured(file)
  if (bytes !== read.value.bytes)
    return `it has ${bytes} bytes, and had ${read.value.bytes} when it was made: use another backup`
  if (sha256 !== read.value.sha256)
    return 'it is not what it was when it was made (its hash is another): use another backup'
  return read.value
}

async function measured(file: string): Promise<Pick<Manifest, 'bytes' | 'sha256'>> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  return { bytes: statSync(file).size, sha256: hash.digest('hex') }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
