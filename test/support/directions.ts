/** Which folder may import which: one row a place. A folder without a row may not exist. */
import type { Fault, Import, Source } from './source.ts'

/** `type:` lets only types through. */
type Allowed = readonly string[]

/** The longest prefix decides; a row's own place is always allowed. */
const ROWS: Record<string, Allowed> = {
  'shared/': [],

  'server/store/': ['shared/event.ts', 'type:shared/command.ts', 'type:server/health.ts'],
  'server/live/': ['shared/'],
  'server/archive/': ['shared/', 'server/live/', 'server/store/'],
  'server/core/': ['shared/', 'server/live/', 'server/archive/', 'type:server/store/'],
  'server/auth/': ['shared/', 'server/core/', 'server/store/twice.ts'],
  'server/http/': [
    'shared/',
    'server/auth/',
    'server/core/',
    'server/operator.ts',
    'type:server/exchange/',
    'type:server/health.ts',
  ],
  // types alone, of what the core hands it as `core.live` (decision record 19)
  'server/realtime/': [
    'shared/',
    'server/auth/',
    'server/core/',
    'server/operator.ts',
    'type:server/health.ts',
    'type:server/metrics.ts',
    'type:server/live/fanout.ts',
    'type:server/live/scopes.ts',
  ],
  // reads files, and asks the core what they would change
  'server/exchange/': ['shared/', 'server/core/'],
  'server/programs/': ['shared/'],
  'server/tools/': [
    'shared/',
    'server/auth/',
    'server/core/',
    'server/programs/',
    'server/build.ts',
    'server/config.ts',
    'server/localTime.ts',
    'server/signals.ts',
  ],
  'server/config.ts': ['shared/'],
  'server/health.ts': ['type:shared/view/patch.ts'],
  'server/chosenDay.ts': ['shared/', 'type:server/config.ts'],
  'server/localTime.ts': ['shared/'],
  'server/scheduler.ts': ['shared/', 'server/core/', 'server/localTime.ts', 'server/wallClock.ts'],
  'server/wallClock.ts': ['shared/', 'server/core/'],
  'server/build.ts': [
    'shared/',
    'server/archive/',
    'server/auth/',
    'server/chosenDay.ts',
    'server/config.ts',
    'server/core/',
    'server/exchange/',
    'server/fold.ts',
    'server/health.ts',
    'server/http/',
    'server/metrics.ts',
    'server/operation.ts',
    'server/operator.ts',
    'server/realtime/',
    'server/scheduler.ts',
    'server/stop.ts',
    'server/store/',
  ],
  // the order of a stop, over what the others made
  'server/stop.ts': [
    'type:server/core/core.ts',
    'type:server/health.ts',
    'type:server/http/connections.ts',
    'type:server/realtime/socket.ts',
  ],
  'server/signals.ts': [],
  'server/operation.ts': [
    'shared/',
    'server/archive/',
    'type:server/config.ts',
    'type:server/core/core.ts',
    'type:server/health.ts',
    'type:server/store/serving.ts',
  ],
  'server/operator.ts': ['shared/'],
  'server/fold.ts': ['type:server/core/core.ts', 'type:server/health.ts'],
  'server/metrics.ts': ['type:shared/errors.ts'],
  'server/main.ts': [
    'server/build.ts',
    'server/config.ts',
    'server/programs/',
    'server/localTime.ts',
    'server/signals.ts',
  ],

  'client/sync/': ['shared/'],
  'client/i18n/': ['type:client/ui/', 'type:shared/'],
  'client/stores/': ['shared/', 'client/sync/', 'client/i18n/'],
  'client/ui/': ['shared/', 'client/stores/', 'client/i18n/'],
  'client/charts/': ['shared/', 'client/ui/'],
  'client/styles/': [],
  'client/features/*/': ['shared/', 'client/sync/', 'client/stores/', 'client/ui/', 'client/charts/', 'client/i18n/'],
  'client/': ['shared/', 'client/'],

  'scripts/': [],
}

/** What a row forbids and one file needs all the same. */
const EXCEPTIONS: readonly { from: string; to: string; why: string }[] = [
  { from: 'server/tools/copy.ts', to: 'type:server/store/', why: 'copies a log that is decided already' },
  { from: 'server/tools/demo.ts', to: 'server/store/', why: 'lives through its history in memory before it serves it' },
  { from: 'server/tools/verify.ts', to: 'server/archive/', why: 'looks through a log beside its server' },
  { from: 'server/tools/verify.ts', to: 'server/store/', why: 'looks through a log beside its server' },
  { from: 'server/tools/backup.ts', to: 'server/archive/', why: 'copies a log beside its server' },
  { from: 'server/tools/remove.ts', to: 'server/store/', why: 'removes no log that a server has' },
  { from: 'server/tools/restore.ts', to: 'server/archive/', why: 'puts a copy in the place of a log' },
  { from: 'server/tools/replay/log.ts', to: 'server/store/lock.ts', why: 'holds the place of the log that it makes' },
  { from: 'server/tools/replay.ts', to: 'server/store/', why: 'replays at full speed without serving' },
]

/** Packages that have one home: where they may be imported, for values and types, or for values alone. */
const HOMES: readonly { name: RegExp; home: readonly string[]; typesAnywhere?: boolean }[] = [
  { name: /^zod(\/|$)/, home: ['shared/schema.ts'] },
  { name: /^csv-parse(\/|$)/, home: ['shared/reading/split.ts'] },
  { name: /^saxen$/, home: ['server/exchange/'] },
  { name: /^fflate$/, home: ['server/exchange/', 'client/ui/'] },
  { name: /^node:sqlite$/, home: ['server/store/', 'server/auth/'] },
  { name: /^node:/, home: ['server/', 'scripts/'] },
  { name: /^(vue|vue-.*|pinia|@vueuse\/.*)$/, home: ['client/'] },
  { name: /^(koa|@?koa[-/].*)$/, home: ['server/http/'] },
  { name: /^socket\.io(\/|$)/, home: ['server/realtime/'] },
  { name: /^prom-client$/, home: ['server/metrics.ts'] },
  { name: /^idb$/, home: ['client/sync/'] },
  { name: /^socket\.io-client$/, home: ['client/sync/', 'server/tools/'] },
  { name: /^(echarts|zrender)(\/|$)/, home: ['client/charts/Chart.vue'], typesAnywhere: true },
  { name: /^vue-echarts$/, home: ['client/charts/Chart.vue'], typesAnywhere: true },
]

/** Imports inside the tree go in the design's directions only. */
export function directions(sources: readonly Source[]): Fault[] {
  return sources.filter(checked).flatMap(({ path, imports }) => {
    const place = placeOf(path)
    if (place === undefined) return [{ path, line: 1, says: 'stands in a folder that has no row of directions' }]
    const allowed = [place, ...rowFor(path), ...EXCEPTIONS.filter((e) => e.from === path).map((e) => e.to)]
    return imports
      .filter((i) => isInside(i.to) && !allowed.some((a) => lets(a, i)))
      .map((i) => ({ path, line: i.line, says: `imports ${i.to}` }))
  })
}

/** Packages are imported where they live and nowhere else; `shared/` imports none but the validation library. */
export function packages(sources: readonly Source[]): Fault[] {
  return sources
    .filter(checked)
    .flatMap(({ path, imports }) =>
      imports
        .filter((i) => !isInside(i.to) && !isAtHome(path, i))
        .map((i) => ({ path, line: i.line, says: `imports the package ${i.to}` })),
    )
}

const checked = ({ path, ast }: Source): boolean => ast !== null && !path.startsWith('test/') && path.includes('/')
const isInside = (to: string): boolean => /^(client|server|shared|test|scripts)(\/|$)/.test(to)

function lets(allowed: string, { to, typeOnly }: Import): boolean {
  const prefix = allowed.replace(/^type:/, '')
  return to.startsWith(prefix) && (typeOnly || prefix === allowed)
}

/** A feature's own folder for files of features, else the longest prefix that has a row. */
function placeOf(path: string): string | undefined {
  const feature = /^client\/features\/[^/]+\//.exec(path)?.[0]
  return feature ?? prefixOf(path)
}

function rowFor(path: string): Allowed {
  return path.startsWith('client/features/') ? ROWS['client/features/*/']! : ROWS[prefixOf(path)!]!
}

function prefixOf(path: string): string | undefined {
  const found = Object.keys(ROWS)
    .filter((row) => path.startsWith(row))
    .sort((a, b) => b.length - a.length)[0]
  // files beside main.ts may stand in client/, folders need a row
  return found === 'client/' && path.slice(found.length).includes('/') ? undefined : found
}

function isAtHome(path: string, { to, typeOnly }: Import): boolean {
  const homes = HOMES.filter(({ name }) => name.test(to))
  if (homes.length === 0) return !path.startsWith('shared/')
  return homes.every((h) => h.home.some((place) => path.startsWith(place)) || (h.typesAnywhere === true && typeOnly))
}
