/** Where the demonstration and a replay listen: there anybody is signed in as anybody. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildClient, builtClient } from '../../scripts/client.ts'
import { type MainProcess, watched } from '../support/mainProcess.ts'

const TOOLS = join(import.meta.dirname, '../../server/tools')

let folder: string
beforeAll(async () => {
  if (builtClient() === 'missing') await buildClient()
  folder = mkdtempSync(join(tmpdir(), 'listening-'))
  const published = { 'as-reported.csv': 'published_at,day,area,accepted,issued', 'totals.csv': 'area,accepted,issued' }
  for (const [name, header] of Object.entries(published)) writeFileSync(join(folder, name), `${header}\n`)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

const demo = ['demo.ts', '--data', 'demo']
const replay = ['replay.ts', join(import.meta.dirname, '../fixtures/trial-programme'), '--speed', '1', '--data', '.']

function run([tool, ...args]: string[], env: Record<string, string>): MainProcess {
  const options = { cwd: folder, env: { PATH: process.env.PATH, PORT: '0', ...env } }
  return watched(spawn(process.execPath, [join(TOOLS, tool!), ...args], options))
}

/** Another loopback address, which whoever listens everywhere answers as well. */
const reaches = (address: string, port: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(Number(port), address)
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })

describe.each([
  ['the demonstration', demo],
  ['a replay', replay],
])('W6 %s', (_, command) => {
  it.each<[string, string[], Record<string, string>, boolean]>([
    ['at this machine alone unless told', [], {}, false],
    ['where the command line says', ['--host', '127.0.0.2'], {}, true],
    ['where the environment says', [], { HOST: '127.0.0.2' }, true],
  ])('listens %s', { timeout: 90_000 }, async (_case, more, env, elsewhere) => {
    const tool = run([...command, ...more], env)
    onTestFinished(async () => {
      tool.child.kill('SIGTERM')
      await tool.ended
    })
    const port = new URL(await tool.url()).port
    expect([await reaches('127.0.0.1', port), await reaches('127.0.0.2', port)]).toEqual([!elsewhere, elsewhere])
  })
})
