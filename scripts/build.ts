/** Builds the client if any of its sources is newer than the last build. */
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build } from 'vite'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'client/dist')
const stamp = join(dist, '.built')

/** Time of the latest change to a file, or to anything in a folder; a folder's own time shows deletions. */
function changed(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path)
    .map((name) => join(path, name))
    .filter((inner) => inner !== dist)
    .reduce((latest, inner) => Math.max(latest, changed(inner)), path === join(root, 'client') ? 0 : stat.mtimeMs)
}

const sources = ['client', 'shared', 'vite.config.ts', 'package-lock.json'].map((name) => join(root, name))
const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0
if (Math.max(...sources.map(changed)) > built) {
  const started = new Date()
  await build({ root: join(root, 'client'), configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  writeFileSync(stamp, '')
  // dated by its start, so that edits made during the build trigger the next one
  utimesSync(stamp, started, started)
}
