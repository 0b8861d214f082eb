/** What a folded state depends on besides the log: the code that folds. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EVENTS } from '../../shared/event.ts'
import { STATE_VERSION } from '../live/state.ts'

/** Folders whose sources decide how the log is folded. */
const SOURCES = ['../../shared', '../live']

/**
 * SHA-256 (hex) over the state's version, the events' versions and the sources themselves: a rule that was changed
 * without raising a version must not leave figures of the old rule in use.
 */
export function foldCode(): string {
  const hash = createHash('sha256').update(`${STATE_VERSION}\n`)
  for (const [type, { version }] of Object.entries(EVENTS)) hash.update(`${type} ${version}\n`)
  for (const folder of SOURCES.map((f) => join(import.meta.dirname, f)))
    for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort())
      if (name.endsWith('.ts')) hash.update(`${name}\n`).update(readFileSync(join(folder, name)))
  return hash.digest('hex')
}
