/**
 * `start.ts SCRIPT …`: runs a script of the server, with its arguments, in this process, so that it has the signals of whoever
 * started it. The client is built when there is none; one that is there is served as it is.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { builtClient } from './client.ts'

const root = join(import.meta.dirname, '..')
const built = builtClient()
if (built === 'stale') console.warn('  The client is older than its sources; `npm run build` builds it anew.')
// in a process of its own: what a build needs of memory is given back
if (built === 'missing') {
  console.log('  The pages are built now, which takes a minute, and not again at the next start.')
  const { status } = spawnSync(process.execPath, [join(root, 'scripts/build.ts')], { stdio: 'inherit' })
  if (status !== 0) {
    console.error('There is no built client, and it could not be built: `npm ci` brings what builds it.')
    process.exit(1)
  }
}
const script = join(root, process.argv[2]!)
process.argv.splice(1, 2, script)
await import(pathToFileURL(script).href)
