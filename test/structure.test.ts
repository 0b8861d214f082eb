/** The directions and habits of the design, held by reading the sources. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { circles } from './support/circles.ts'
import { directions, packages } from './support/directions.ts'
import { type Fault, faultLine, readSources, type Source, sourceOf } from './support/source.ts'
import * as structure from './support/structure.ts'

const root = join(import.meta.dirname, '..')
const numbers = structure.rulesIn(readFileSync(join(root, 'shared/RULES.md'), 'utf8'))

interface Rule {
  title: string
  check: (sources: readonly Source[]) => Fault[]
  /** path, text, and the line that must be named */
  red: readonly [path: string, text: string, line: number][]
  green: readonly [path: string, text: string][]
}

const RULES: readonly Rule[] = [
  {
    title: 'imports go in the directions of the design',
    check: directions,
    red: [
      ['shared/domain/x.ts', `\nimport { openCore } from '../../server/core/core.ts'`, 2],
      ['shared/domain/x.ts', `type A = import('../../client/sync/feed.ts').Feed`, 1],
      ['client/stores/x.ts', `import type { Core } from '../../server/core/core.ts'`, 1],
      ['server/core/x.ts', `const f = await import('../../client/sync/feed.ts')`, 1],
      ['server/store/x.ts', `import { Cells } from '../../shared/domain/cells.ts'`, 1],
      ['server/store/x.ts', `import { decide } from '../../shared/command.ts'`, 1],
      ['server/live/x.ts', `import type { Core } from '../core/core.ts'`, 1],
      ['server/archive/x.ts', `import type { Core } from '../core/core.ts'`, 1],
      ['server/live/x.ts', `import { readCheckpoint } from '../archive/checkpoints.ts'`, 1],
      ['server/realtime/x.ts', `import { openPast } from '../archive/past.ts'`, 1],
      ['server/http/x.ts', `import type { Archive } from '../archive/archive.ts'`, 1],
      ['server/http/x.ts', `import { createFanout } from '../live/fanout.ts'`, 1],
      ['server/realtime/x.ts', `import type { Store } from '../store/store.ts'`, 1],
      ['server/realtime/x.ts', `import { createFanout } from '../live/fanout.ts'`, 1],
      ['server/realtime/x.ts', `import type { State } from '../live/state.ts'`, 1],
      ['server/scheduler.ts', `import { openSqlite } from './store/sqlite.ts'`, 1],
      ['server/tools/other.ts', `import { openSqlite } from '../store/sqlite.ts'`, 1],
      ['server/tools/copy.ts', `import { openSqlite } from '../store/sqlite.ts'`, 1],
      ['server/cache/x.ts', ``, 1],
      ['client/helpers/x.ts', ``, 1],
      ['client/features/sheet/Page.vue', `<script setup lang="ts">\nimport X from '../issues/X.vue'\n</script>`, 2],
      ['client/charts/x.ts', `export { a } from '../features/sheet/a.ts'`, 1],
      ['client/sync/x.ts', `import { useScope } from '../stores/scope.ts'`, 1],
      ['server/build.ts', `import { newId } from '../test/support/core.ts'`, 1],
    ],
    green: [
      ['server/store/x.ts', `import type { Answer } from '../../shared/command.ts'`],
      ['server/tools/copy.ts', `import type { Store } from '../store/store.ts'`],
      ['client/features/sheet/Page.vue', `<script setup lang="ts">\nimport X from './X.vue'\n</script>`],
      [
        'server/archive/x.ts',
        `import { fold } from '../live/state.ts'\nimport type { Store } from '../store/store.ts'`,
      ],
      ['server/core/x.ts', `import { openPast } from '../archive/past.ts'`],
      ['server/realtime/x.ts', `import type { Live } from '../live/fanout.ts'`],
      ['client/router.ts', `const page = () => import('./features/sheet/SheetPage.vue')`],
      ['test/core/x.ts', `import { openSqlite } from '../../server/store/sqlite.ts'`],
    ],
  },
  {
    title: 'packages are imported where they live',
    check: packages,
    red: [
      ['shared/domain/x.ts', `import { z } from 'zod'`, 1],
      ['client/stores/x.ts', `import type { ZodType } from 'zod'`, 1],
      ['shared/x.ts', `import { hash } from 'node:crypto'`, 1],
      ['shared/x.ts', `import { format } from 'whatever'`, 1],
      ['client/ui/x.ts', `import { join } from 'node:path'`, 1],
      ['server/http/x.ts', `import { DatabaseSync } from 'node:sqlite'`, 1],
      ['server/live/x.ts', `import type { Server } from 'socket.io'`, 1],
      ['client/stores/x.ts', `import { io } from 'socket.io-client'`, 1],
      ['client/charts/x.ts', `import { use } from 'echarts/core'`, 1],
      ['client/features/unit/X.vue', `<script setup lang="ts">\nimport VChart from 'vue-echarts'\n</script>`, 2],
      ['server/core/x.ts', `import Koa from 'koa'`, 1],
      ['server/auth/x.ts', `import { ref } from 'vue'`, 1],
    ],
    green: [
      ['shared/schema.ts', `import * as z from 'zod'`],
      ['client/charts/x.ts', `import type { EChartsOption } from 'echarts'`],
      ['client/charts/Chart.vue', `<script setup lang="ts">\nimport { use } from 'echarts/core'\n</script>`],
      ['server/auth/db.ts', `import { DatabaseSync } from 'node:sqlite'`],
      ['server/tools/live/client.ts', `import { io } from 'socket.io-client'`],
    ],
  },
  {
    title: 'no clock, no chance, no I/O where it is decided and folded',
    check: structure.purity,
    red: [
      ['shared/x.ts', `export const f = () =>\n  Date.now()`, 2],
      ['shared/x.ts', `export const f = () => new Date()`, 1],
      ['shared/x.ts', `export const f = () => Date()`, 1],
      ['shared/x.ts', `export const f = () => Math.random()`, 1],
      ['shared/x.ts', `export const f = () => process.cwd()`, 1],
      ['shared/x.ts', `export const f = () => fetch('/x')`, 1],
      ['shared/x.ts', `setTimeout(() => 1, 5)`, 1],
      ['shared/x.ts', `console.log(1)`, 1],
      ['server/live/x.ts', `const at = new Date().toISOString()`, 1],
      ['server/core/x.ts', `const at = Temporal.Now.instant()`, 1],
      ['server/core/x.ts', `const id = crypto.randomUUID()`, 1],
    ],
    green: [
      ['shared/x.ts', `export const f = (n: number, d: { process: number }) => new Date(n * d.process).toISOString()`],
      ['shared/x.ts', `/** like Date.now() or fetch */\nexport const f = { fetch: 1 }`],
      ['server/live/x.ts', `setTimeout(() => 1, 5)`],
      ['server/build.ts', `const clock = () => new Date()`],
    ],
  },
  {
    title: 'only the dispatcher appends',
    check: structure.appending,
    red: [
      ['server/core/query.ts', `import type { Store } from '../store/store.ts'\nawait s.append(0, [])`, 2],
      ['server/tools/demo.ts', `await store.append(0, [])`, 1],
    ],
    green: [
      ['server/core/dispatch.ts', `await store.append(0, [])`],
      ['server/http/x.ts', `ctx.append('Set-Cookie', 'a')`],
    ],
  },
  {
    title: 'SQL stands in store and auth only',
    check: structure.sql,
    red: [
      ['server/core/x.ts', `db.exec('DELETE FROM event')`, 1],
      ['server/tools/x.ts', 'db.prepare(`SELECT ${a}\n FROM event`)', 1],
      ['scripts/x.ts', `db.exec("PRAGMA journal_mode = WAL")`, 1],
    ],
    green: [
      ['server/store/x.ts', `db.exec('DELETE FROM event')`],
      ['client/ui/x.ts', `say('select one from the list, then update')`],
    ],
  },
  {
    title: 'only client/sync knows the network',
    check: structure.network,
    red: [
      ['client/stores/x.ts', `const a = await fetch('/api')`, 1],
      ['client/features/sheet/X.vue', `<script setup lang="ts">\nconst s = new WebSocket(url)\n</script>`, 2],
      ['client/ui/x.ts', `navigator.sendBeacon('/x')`, 1],
    ],
    green: [
      ['client/sync/api.ts', `const a = await fetch('/api')`],
      ['client/stores/x.ts', `const a = await load.fetch('/api')`],
    ],
  },
  {
    title: 'the parts of a breakdown are drawn and listed from one table (U7)',
    check: structure.parts,
    red: [
      ['client/charts/x.ts', `\nconst fill = partStyles(palette).w.fill`, 2],
      ['client/ui/X.vue', `<template>\n<rect fill="url(#pd)" /></template>`, 2],
      ['client/features/watch/x.ts', `const beside = [b.waiting.up, b.returned.up]`, 1],
    ],
    green: [
      ['client/ui/texture.ts', `const FILL = { d: 'url(#pd)' }`],
      ['client/charts/x.ts', `const { w } = partStyles(palette)`],
      ['client/features/watch/x.ts', `const beside = partLines(b)`],
    ],
  },
  {
    title: 'only server/config.ts reads the environment',
    check: structure.environment,
    red: [
      ['server/build.ts', `\nconst p = process.env.PORT`, 2],
      ['server/tools/demo.ts', `const { PORT } = process.env`, 1],
    ],
    green: [
      ['server/config.ts', `const p = process.env.PORT`],
      ['scripts/x.ts', `const p = process.env.CI`],
      ['server/main.ts', `process.exit(1)`],
    ],
  },
  {
    title: 'only build.ts constructs',
    check: structure.construction,
    red: [
      ['server/http/x.ts', `import { openSqlite as open } from '../store/sqlite.ts'`, 1],
      ['server/core/x.ts', `import { type Auth, openAuth } from '../auth/auth.ts'`, 1],
      ['server/archive/archive.ts', `import { openSqlite } from '../store/sqlite.ts'`, 1],
    ],
    green: [
      ['server/archive/worker.ts', `import { openSqlite } from '../store/sqlite.ts'`],
      ['server/build.ts', `import { openSqlite } from './store/sqlite.ts'`],
      ['server/core/x.ts', `import { type Auth } from '../auth/auth.ts'`],
    ],
  },
  {
    title: 'no module of the server holds state of its own',
    check: structure.singletons,
    red: [
      ['server/core/x.ts', `let last = 0`, 1],
      ['server/live/x.ts', `const seen = new Map<string, number>()`, 1],
      ['server/http/x.ts', `export const app = createApp({})`, 1],
    ],
    green: [
      ['server/core/x.ts', `const NAMES = new Set(['a'])\nexport const f = () => {\n  let n = 0\n  return n\n}`],
      ['server/tools/demo.ts', `const server = startDemo()`],
      ['server/archive/worker.ts', `const store = openSqlite('x')`],
    ],
  },
  {
    title: 'no barrels',
    check: structure.barrels,
    red: [['client/ui/index.ts', `export { a } from './a.ts'\nexport * from './b.ts'`, 1]],
    green: [['client/ui/x.ts', `export { a } from './a.ts'\nexport const b = 1`]],
  },
  {
    title: 'no file over 400 lines',
    check: structure.lengths,
    red: [['client/ui/x.ts', 'a\n'.repeat(401), 401]],
    green: [
      ['client/ui/x.ts', 'a\n'.repeat(400)],
      ['server/programs/x/programme.json', '[\n'.repeat(900)],
    ],
  },
  {
    title: 'the type that checks nothing is not used',
    check: structure.unchecked,
    red: [
      ['client/ui/x.ts', `const a: any = 1`, 1],
      ['test/x.ts', `\nconst a = 1 as any`, 2],
      ['server/x.ts', `const a = <any>b`, 1],
      ['server/x.ts', `const a: Map<string, any[]> = b`, 1],
      ['client/ui/X.vue', `<script setup lang="ts">\nconst a = b as any\n</script>`, 2],
      ['client/ui/X.vue', `<template>\n  <p>{{ a as any }}</p>\n</template>`, 2],
    ],
    green: [
      ['client/ui/x.ts', `// as any other\nconst any = 'as any'`],
      ['client/ui/X.vue', `<template>\n  <!-- as any -->\n</template>`],
    ],
  },
  {
    title: 'nothing is left for later',
    check: structure.leftovers,
    red: [
      ['client/ui/x.ts', `// ${'TO' + 'DO'}: later`, 1],
      ['client/ui/x.css', `\n/* ${'FIX' + 'ME'} */`, 2],
    ],
    green: [['client/features/sheet/todo.ts', `export const todo = 1`]],
  },
  {
    title: 'no test is skipped without a condition and a reason',
    check: structure.skipped,
    red: [
      ['test/x.test.ts', `test.skip('a', () => 1)`, 1],
      ['test/x.test.ts', `\ndescribe.only('a', () => 1)`, 2],
      ['test/x.test.ts', `it.todo('a')`, 1],
      ['test/x.test.ts', `test.concurrent.skip('a', () => 1)`, 1],
      ['test/x.test.ts', `test.only.each([1])('a', () => 1)`, 1],
      ['test/x.test.ts', `xit('a', () => 1)`, 1],
      ['test/x.spec.ts', `test.skip()`, 1],
    ],
    green: [
      ['test/x.test.ts', `test.skipIf(!there)('a (without the data)', () => 1)`],
      ['test/x.spec.ts', `test.skip(!there, 'the data are not there')`],
      ['test/x.test.ts', `rows.skip(1)`],
    ],
  },
  {
    title: 'tests cite rules that there are',
    check: structure.citations(numbers),
    red: [
      ['test/x.test.ts', `\ntest('R999 is kept', () => 1)`, 2],
      ['test/x.test.ts', `describe(\`${numbers[0]} F99 and \${a}\`, () => 1)`, 1],
      ['test/x.test.ts', `test.each([1])('F99', () => 1)`, 1],
    ],
    green: [
      ['test/x.test.ts', `test('${numbers[0]} ${numbers[1]} Q is kept', () => 1)`],
      ['test/x.test.ts', `test('the street F1', () => 1)`],
    ],
  },
  {
    title: 'no programme is named in the product',
    check: structure.places,
    red: [
      ['client/i18n/zh/x.ts', `export default { city: '深圳' }`, 1],
      ['shared/policy.ts', `/** \`unit:440300\` */`, 1],
      ['server/http/x.ts', `\n// as in Italy`, 2],
      ['client/styles/x.css', `.Shenzhen {}`, 1],
    ],
    green: [
      ['server/programs/x/programme.json', `"深圳"`],
      ['client/ui/x.ts', `const n = 44030`],
    ],
  },
  {
    title: 'words for people stand in client/i18n',
    check: structure.words,
    red: [
      ['client/ui/x.ts', `const say = '发证'`, 1],
      ['shared/x.ts', 'const say = `第${n}期`', 1],
      ['client/ui/X.vue', `<template>\n  <p>发证</p>\n</template>`, 2],
    ],
    green: [
      ['client/ui/x.ts', `/** 发证 */\nconst unit = '万'`],
      ['client/i18n/zh/x.ts', `export default { issued: '发证' }`],
      ['client/ui/X.vue', `<template>\n  <!-- 发证 -->\n</template>`],
    ],
  },
]

const sources = readSources(root, ['client', 'server', 'shared', 'scripts', 'test'])
// this file holds samples of everything that is forbidden
const judged = sources.filter((s) => s.path !== 'test/structure.test.ts')

test('the sources are read', () => {
  const paths = judged.map((s) => s.path)
  expect(paths).toEqual(expect.arrayContaining(['shared/schema.ts', 'server/build.ts', 'client/charts/Chart.vue']))
  expect(judged.every((s) => !s.path.endsWith('.vue') || s.ast !== null)).toBe(true)
  expect(judged.find((s) => s.path === 'client/charts/Chart.vue')!.imports.map((i) => i.to)).toContain('echarts/core')
})

test('every rule has one number of its own', () => {
  expect(numbers.length).toBeGreaterThan(80)
  expect(numbers.filter((n, i) => numbers.indexOf(n) !== i)).toEqual([])
})

/** The last line of a sample, short enough for a title. */
const shown = (text: string) => JSON.stringify(text.trim().slice(-70))

for (const { title, check, red, green } of RULES)
  describe(title, () => {
    test('holds', () => {
      expect(check(judged).map(faultLine)).toEqual([])
    })

    for (const [path, text, line] of red)
      test(`goes red at ${path}: ${shown(text)}`, () => {
        expect(check([sourceOf(path, text)]).map((f) => f.line)).toContain(line)
      })

    for (const [path, text] of green)
      test(`stays green at ${path}: ${shown(text)}`, () => {
        expect(check([sourceOf(path, text)]).map(faultLine)).toEqual([])
      })
  })

describe('no imports go round in a circle', () => {
  const read = (files: Record<string, string>) =>
    circles(Object.entries(files).map(([path, text]) => sourceOf(path, text)))

  test('holds', () => {
    expect(circles(judged).map(faultLine)).toEqual([])
  })

  test('types count, and the shortest way round is named with its line', () => {
    const faults = read({
      'shared/a.ts': `import { x } from './x.ts'\nimport type { B } from './b.ts'`,
      'shared/b.ts': `import { c } from './c.ts'\nexport type B = 1`,
      'shared/c.ts': `type A = import('./a.ts').A\nimport { d } from './d.ts'`,
      'shared/d.ts': `export { c } from './c.ts'`,
      'shared/x.ts': ``,
    })
    expect(faults.map(faultLine)).toEqual([
      'shared/a.ts:2 imports itself by shared/b.ts → shared/c.ts → shared/a.ts (1 more in the same knot)',
    ])
  })

  test('scripts of components count, pages that are loaded later too', () => {
    const faults = read({
      'client/X.vue': `<script setup lang="ts">\nimport { y } from './y.ts'\n</script>`,
      'client/y.ts': `const page = () => import('./X.vue')`,
      'client/z.ts': `import { z } from './z.ts'`,
    })
    expect(faults.map(faultLine)).toEqual([
      'client/X.vue:2 imports itself by client/y.ts → client/X.vue',
      'client/z.ts:1 imports itself by client/z.ts',
    ])
  })

  test('many ways to one file are no circle', () => {
    expect(
      read({
        'server/a.ts': `import { b } from './b.ts'\nimport { c } from './c.ts'`,
        'server/b.ts': `import { c } from './c.ts'`,
        'server/c.ts': `import { gone } from './gone.ts'`,
      }),
    ).toEqual([])
  })
})
