/** Where a programme lies: built in under its key, or a folder of the operator's. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The programme of a server that is told none. */
export const DEFAULT_PROGRAMME = 'shenzhen-2008'

/** The folder for a key or a path. */
export function programmeFolder(keyOrPath: string): string {
  const builtIn = join(import.meta.dirname, keyOrPath)
  const isKey = /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(keyOrPath)
  return isKey && existsSync(join(builtIn, 'programme.json')) ? builtIn : resolve(keyOrPath)
}
