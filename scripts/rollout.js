#!/usr/bin/env node
/**
 * `rollout`: the server of an installed package, and `rollout programme|verify|backup|restore …`: its tools, by the Node that is installed
 * with it. JavaScript, since the Node that starts this may be older.
 */
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

const TOOLS = ['programme', 'verify', 'backup', 'restore']

const [first, ...rest] = process.argv.slice(2)
const isTool = TOOLS.includes(first)
const script = fileURLToPath(new URL(isTool ? `../server/tools/${first}.ts` : '../server/main.ts', import.meta.url))
const require = createRequire(import.meta.url)
const node = require.resolve('node/bin/node')
// what Node and its allocator are started with stands in `npm start`
const { start } = require('../package.json').scripts
const flags = start.match(/--\S+/g)
const [, threshold] = /MALLOC_MMAP_THRESHOLD_=(\d+)/.exec(start)
const env = { ...process.env, MALLOC_MMAP_THRESHOLD_: threshold }
// stripping types is what warns
const options = ['--disable-warning=ExperimentalWarning', '--import', new URL('types.js', import.meta.url).href]
const child = spawn(node, [...flags, ...options, script, ...(isTool ? rest : process.argv.slice(2))], {
  stdio: 'inherit',
  env,
})
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => child.kill(signal))
child.on('exit', (code) => process.exit(code ?? 1))
