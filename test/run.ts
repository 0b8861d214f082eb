/** `npm test`: unit and integration tests, then browser tests; ends with one line that counts them all. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium, HELP } from './support/chromium.ts'

interface Count {
  passed: number
  failed: number
  skipped: number
}

const root = join(import.meta.dirname, '..')
const folder = mkdtempSync(join(tmpdir(), 'rollout-test-'))
const bin = (name: string) => join(root, 'node_modules', '.bin', name)

function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): number {
  const { status } = spawnSync(command, args, { cwd: root, stdio: ['ignore', 1, 2], env: { ...process.env, ...env } })
  return status ?? 1
}

/** A runner that died without a report counts as one failure. */
function counted(status: number, read: () => Count): Count {
  try {
    const count = read()
    return status !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count
  } catch {
    return { passed: 0, failed: 1, skipped: 0 }
  }
}

function unitTests(): Count {
  const file = join(folder, 'unit.json')
  const status = run(bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  return counted(status, () => {
    const report = JSON.parse(readFileSync(file, 'utf8')) as Record<string, number>
    return {
      passed: report.numPassedTests!,
      failed: report.numFailedTests!,
      skipped: report.numPendingTests! + (report.numTodoTests ?? 0),
    }
  })
}

async function browserTests(): Promise<Count> {
  const chromium = await findChromium()
  if (chromium === undefined) {
    console.error(HELP)
    return { passed: 0, failed: 1, skipped: 0 }
  }
  console.log(`\nBrowser tests with ${chromium}`)
  const built = run(process.execPath, [join(root, 'scripts/build.ts')])
  if (built !== 0) return { passed: 0, failed: 1, skipped: 0 }
  const file = join(folder, 'browser.json')
  const env = { CHROMIUM_PATH: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: file }
  const status = run(bin('playwright'), ['test', '--reporter=list,json'], env)
  return counted(status, () => {
    const { stats } = JSON.parse(readFileSync(file, 'utf8')) as { stats: Record<string, number> }
    return { passed: stats.expected! + stats.flaky!, failed: stats.unexpected!, skipped: stats.skipped! }
  })
}

const counts = [unitTests(), await browserTests()]
rmSync(folder, { recursive: true, force: true })
const total = (part: keyof Count) => counts.reduce((sum, c) => sum + c[part], 0)
const skipped = total('skipped') > 0 ? `, ${total('skipped')} skipped` : ''
console.log(`\n${total('passed')} passed, ${total('failed')} failed${skipped}`)
process.exit(total('failed') === 0 && total('passed') > 0 ? 0 : 1)
