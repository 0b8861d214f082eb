import { execFile, spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type MainProcess, settingsOf, watched } from '../support/mainProcess.ts'

const ROOT = join(import.meta.dirname, '../..')
/** What somebody has who gets the sources; tests and their tools are not needed to run it. */
const SOURCES = ['client', 'docs', 'scripts', 'server', 'shared', 'package.json', 'package-lock.json', 'vite.config.ts']
/** npm's settings of this machine, without those of the run that this is part of. */
const surroundings = Object.fromEntries(
  Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle)_|INIT_CWD|VITEST|NODE_(ENV|OPTIONS)$)/.test(name),
  ),
)
const QUIETLY = ['--prefer-offline', '--no-audit', '--no-fund']

/** Takes the built client of this checkout away from a copy of it. */
const isSource = (path: string) => !path.startsWith(join(ROOT, 'client/dist'))

describe('installed as people install', { timeout: 400_000 }, () => {
  let dir: string
  const running = new Set<MainProcess>()
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'rollout-install-'))
  })
  afterEach(() => {
    for (const { child } of running) child.kill('SIGKILL')
    running.clear()
  })
  afterAll(() => rm(dir, { recursive: true, force: true }))

  const npm = (cwd: string, ...args: string[]) =>
    promisify(execFile)('npm', [...args, ...QUIETLY], { cwd, env: surroundings, timeout: 180_000 })

  const run = (cwd: string, command: string, ...args: string[]) => {
    const env = { ...surroundings, ...settingsOf({ DATA: join(cwd, 'data/r.db'), LOG_LEVEL: 'info' }) }
    const main = watched(spawn(command, args, { cwd, env }))
    running.add(main)
    return main
  }

  /** It answers with its page, and SIGTERM to whoever started it closes its file. */
  const serves = async (main: MainProcess, DATA: string) => {
    const url = await main.url()
    const page = await (await fetch(url)).text()
    expect(page).toContain('<script type="module"')
    expect((await fetch(`${url}/readyz`)).status).toBe(200)
    expect(existsSync(`${DATA}-wal`)).toBe(true)
    main.child.kill('SIGTERM')
    await main.ended
    expect(existsSync(`${DATA}-wal`)).toBe(false)
    expect(main.out.out).toContain('"msg":"closed"')
    await expect(fetch(url)).rejects.toThrow()
  }

  it('H6 H7 the sources start after npm ci --omit=dev, build a client once, and hear a signal through npm; so does their package', async () => {
    const sources = join(dir, 'sources')
    await mkdir(sources)
    for (const name of SOURCES) await cp(join(ROOT, name), join(sources, name), { recursive: true, filter: isSource })
    await npm(sources, 'ci', '--omit=dev')
    const DATA = join(sources, 'data/r.db')
    await serves(run(sources, 'npm', 'start'), DATA)
    const built = statSync(join(sources, 'client/dist/index.html')).mtimeMs
    await serves(run(sources, 'npm', 'start'), DATA)
    expect(statSync(join(sources, 'client/dist/index.html')).mtimeMs).toBe(built)

    await npm(sources, 'pack', '--pack-destination', dir)
    expect(existsSync(join(sources, 'npm-shrinkwrap.json'))).toBe(false)
    const packed = (await readdir(dir)).find((name) => name.endsWith('.tgz'))!
    const home = join(dir, 'home')
    await mkdir(home)
    await writeFile(join(home, 'package.json'), '{"private":true,"allowScripts":{"node":true}}')
    await npm(home, 'install', join(dir, packed), '--omit=optional')
    expect(existsSync(join(home, 'node_modules/vite'))).toBe(false)
    await serves(run(home, join(home, 'node_modules/.bin/rollout')), join(home, 'data/r.db'))
  })
})
