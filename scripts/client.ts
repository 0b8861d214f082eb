/** The client as it is built: is it there, is it of its sources, and how it is made. */
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'client/dist')
const stamp = join(dist, '.built')

/** `stale`: one of its sources is newer. A package has no sources, and what it holds is fresh. */
export function builtClient(): 'missing' | 'stale' | 'fresh' {
  if (!existsSync(join(dist, 'index.html'))) return 'missing'
  if (!existsSync(join(root, 'client/index.html'))) return 'fresh'
  const sources = ['client', 'shared', 'vite.config.ts', 'package-lock.json'].map((name) => join(root, name))
  const built = existsSync(stamp) ? statSync(stamp).mtimeMs : 0
  return Math.max(...sources.map(changed)) > built ? 'stale' : 'fresh'
}

/** Rejects when vite is not installed. */
export async function buildClient(): Promise<void> {
  const { build } = await import('vite')
  const started = new Date()
  // whatever the shell, or a test, says that it runs in: pages are made for those who use them
  const { NODE_ENV } = process.env
  process.env.NODE_ENV = 'production'
  try {
    await build({ root: join(root, 'client'), configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  } finally {
    if (NODE_ENV === undefined) delete process.env.NODE_ENV
    else process.env.NODE_ENV = NODE_ENV
  }
  fillShell()
  packFiles()
  writeFileSync(stamp, '')
  // dated by its start, so that edits made during the build trigger the next one
  utimesSync(stamp, started, started)
}

/** Tells the script that keeps the shell on devices which files it is made of, and by what name this version of them goes. */
function fillShell(): void {
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(js|css|html|svg|png|json|woff2)$/.test(name) && name !== 'sw.js' && name !== 'elsewhere.html')
    .sort()
  const version = createHash('sha256')
  for (const name of names) version.update(name).update(readFileSync(join(dist, name)))
  const files = names.map((name) => (name === 'index.html' ? '/' : `/${name.replaceAll('\\', '/')}`))
  const path = join(dist, 'sw.js')
  const script = readFileSync(path, 'utf8')
    .replace("'__VERSION__'", JSON.stringify(version.digest('hex').slice(0, 16)))
    .replace("['__FILES__']", JSON.stringify(files))
  writeFileSync(path, script)
}

/** Below this many bytes nothing is saved. */
const SMALL = 1_024

/** Beside each file what browsers are sent of it, so that the server packs nothing while they wait. */
function packFiles(): void {
  const names = readdirSync(dist, { recursive: true, encoding: 'utf8' })
  for (const path of names.filter((name) => /\.(js|css|html|svg|json)$/.test(name)).map((name) => join(dist, name))) {
    const content = readFileSync(path)
    if (content.length < SMALL) continue
    writeFileSync(`${path}.br`, brotliCompressSync(content))
    writeFileSync(`${path}.gz`, gzipSync(content))
  }
}

/** Time of the latest change to a file, or to anything in a folder; a folder's own time shows deletions. */
function changed(path: string): number {
  const stat = statSync(path)
  if (!stat.isDirectory()) return stat.mtimeMs
  return readdirSync(path)
    .map((name) => join(path, name))
    .filter((inner) => inner !== dist)
    .reduce((latest, inner) => Math.max(latest, changed(inner)), path === join(root, 'client') ? 0 : stat.mtimeMs)
}
