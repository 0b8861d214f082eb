/** Before `npm pack`: a built client, and the versions that were tested. `pack.ts clean` takes the latter away again. */
import { copyFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { buildClient, builtClient } from './client.ts'

const root = join(import.meta.dirname, '..')
// npm leaves a lock file out of a package, under any name but this
const versions = join(root, 'npm-shrinkwrap.json')
if (process.argv[2] === 'clean') rmSync(versions, { force: true })
else {
  if (builtClient() !== 'fresh') await buildClient()
  copyFileSync(join(root, 'package-lock.json'), versions)
}
