/** When the log was last saved, for the office's page. */
import { hash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parse, z } from '../../shared/schema.ts'
import { PRIVATE, PRIVATE_FOLDER } from '../store/private.ts'

const schema = z.strictObject({ seq: z.int().min(0), at: z.iso.datetime() })
/** The last event in it, and when it was made (ISO 8601, UTC). */
export type LastBackup = z.infer<typeof schema>

const fileOf = (state: string, data: string): string => join(state, `${hash('sha256', resolve(data))}.backup`)

/** Notes it in the folder of the server's state. Where that cannot be, the page knows of none. */
export function recordBackup(state: string, data: string, last: LastBackup): void {
  try {
    mkdirSync(state, { recursive: true, mode: PRIVATE_FOLDER })
    writeFileSync(fileOf(state, data), JSON.stringify(last), { mode: PRIVATE })
  } catch {
    return
  }
}

/** Null where none is noted. */
export function lastBackup(state: string, data: string): LastBackup | null {
  try {
    const read = parse(schema, JSON.parse(readFileSync(fileOf(state, data), 'utf8')))
    return read.ok ? read.value : null
  } catch {
    return null
  }
}
