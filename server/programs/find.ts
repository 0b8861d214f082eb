/** Finds a programme's folder: built in under its key, or the operator's own. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The programme when none is set. */
export const DEFAULT_PROGRAMME = 'shenzhen-2008'

/** As it is typed in a shell. */
export const typed = (path: string): string => (/^[\w./~-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`)

/** The folder for a key or a path. */
export function programmeFolder(keyOrPath: string): string {
  const builtIn = join(import.meta.dirname, keyOrPath)
  const isKey = /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(keyOrPath)
  return isKey && existsSync(join(builtIn, 'programme.json')) ? builtIn : resolve(keyOrPath)
}
