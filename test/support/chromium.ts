/** Finds a Chromium for the browser tests, or installs one by the ordinary means. Prints its path as the last line. */
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const PLACES = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

const runs = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function onSystem(): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter)
  return [...NAMES.flatMap((name) => folders.map((f) => join(f, name))), ...PLACES].find(runs)
}

/** Where the test library keeps a browser of its own, when it has one. */
async function ofLibrary(): Promise<string | undefined> {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  return existsSync(path) ? path : undefined
}

function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): boolean {
  console.error(`> ${command} ${args.join(' ')}`)
  const { status } = spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    env: { ...process.env, ...env },
    timeout: 600_000,
  })
  return status === 0
}

function byPackageManager(): void {
  if (process.getuid?.() !== 0 || !runs('/usr/bin/apt-get')) return
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  run('apt-get', ['update', '-q'], env)
  run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium', 'fonts-noto-cjk'], env)
}

/** Path of a Chromium; undefined when none is there and none could be installed. */
export async function findChromium(): Promise<string | undefined> {
  const configured = process.env.CHROMIUM_PATH
  if (configured !== undefined && configured !== '') {
    if (runs(configured)) return configured
    console.error(`CHROMIUM_PATH is set to ${configured}, which cannot be run.`)
    return undefined
  }
  const found = onSystem() ?? (await ofLibrary())
  if (found !== undefined) return found
  run('npx', ['playwright', 'install', 'chromium'])
  const installed = await ofLibrary()
  if (installed !== undefined) return installed
  byPackageManager()
  return onSystem()
}

/** What to do when there is none. */
export const HELP = `
The browser tests need Chromium, and none was found or could be installed. Do one of these and run again:
  - install it with the system's package manager, e.g.  apt-get install chromium
  - let the test library install one:                   npx playwright install chromium
  - name one that is there:                             CHROMIUM_PATH=/path/to/chromium npm test
`
