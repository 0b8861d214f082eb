/** What the sources may not hold, file by file. Every check takes sources and names file and line of each fault. */
import ts from 'typescript'
import { type Fault, lineOf, nodesOf, type Source, templateOf } from './source.ts'

const inside =
  (...folders: readonly string[]) =>
  ({ path }: Source) =>
    folders.some((f) => path.startsWith(f))

/** Faults of all nodes that `says` has something to say about. */
function each(sources: readonly Source[], says: (node: ts.Node, source: Source) => string | undefined): Fault[] {
  const faults: Fault[] = []
  for (const source of sources)
    for (const node of nodesOf(source)) {
      const said = says(node, source)
      if (said !== undefined) faults.push({ path: source.path, line: lineOf(source, node), says: said })
    }
  return faults
}

const isChain = (node: ts.Node, object: string, member: string): boolean =>
  ts.isPropertyAccessExpression(node) &&
  node.name.text === member &&
  ts.isIdentifier(node.expression) &&
  node.expression.text === object

/** The name of a global that is read here; undefined for properties, keys and names of imports. */
function globalOf(node: ts.Node): string | undefined {
  if (!ts.isIdentifier(node)) return undefined
  const { parent } = node
  const named =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
    (ts.isPropertyAssignment(parent) && parent.name === node) ||
    (ts.isMethodSignature(parent) && parent.name === node) ||
    (ts.isPropertySignature(parent) && parent.name === node) ||
    (ts.isMethodDeclaration(parent) && parent.name === node) ||
    ts.isImportSpecifier(parent) ||
    ts.isQualifiedName(parent) ||
    ts.isTypeReferenceNode(parent)
  return named ? undefined : node.text
}

const readsClock = (node: ts.Node): boolean =>
  isChain(node, 'Date', 'now') ||
  isChain(node, 'Temporal', 'Now') ||
  isChain(node, 'performance', 'now') ||
  (ts.isNewExpression(node) && globalOf(node.expression) === 'Date' && (node.arguments?.length ?? 0) === 0) ||
  (ts.isCallExpression(node) && globalOf(node.expression) === 'Date')

const drawsLots = (node: ts.Node): boolean =>
  isChain(node, 'Math', 'random') ||
  (ts.isPropertyAccessExpression(node) && /^random(UUID|Bytes|Int)$/.test(node.name.text))

const OUTSIDE =
  /^(process|fetch|WebSocket|XMLHttpRequest|EventSource|localStorage|sessionStorage|indexedDB|navigator|document|window|globalThis|setTimeout|setInterval|setImmediate|queueMicrotask|performance|crypto|console|Buffer)$/

/** `shared/` has no clock, no chance and no I/O; what decides and folds on the server has no clock and no chance. */
export function purity(sources: readonly Source[]): Fault[] {
  const shared = inside('shared/')
  const timeless = inside('shared/', 'server/archive/', 'server/core/', 'server/live/', 'server/store/')
  return each(sources.filter(timeless), (node, source) => {
    if (readsClock(node)) return 'reads a clock'
    if (drawsLots(node)) return 'draws lots'
    const name = shared(source) ? globalOf(node) : undefined
    return name !== undefined && OUTSIDE.test(name) ? `reaches outside by ${name}` : undefined
  })
}

/** Only the dispatcher appends; a copy of a decided log is no decision. */
export function appending(sources: readonly Source[]): Fault[] {
  const may = inside('server/core/dispatch.ts', 'server/tools/copy.ts')
  const knows = ({ imports }: Source) => imports.some((i) => i.to.startsWith('server/store/'))
  return each(
    sources.filter((s) => inside('server/')(s) && !may(s)),
    (node, source) => {
      if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return undefined
      const { name, expression } = node.expression
      if (name.text !== 'append') return undefined
      return knows(source) || /store$/i.test(expression.getText()) ? 'appends to a store' : undefined
    },
  )
}

const SQL =
  /\b(SELECT\s[\s\S]*\sFROM|INSERT\s+(OR\s+\w+\s+)?INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|(CREATE|DROP|ALTER)\s+(TABLE|INDEX|UNIQUE)|PRAGMA\s+\w+)\b/

/** SQL stands in `store/` and `auth/` only. */
export function sql(sources: readonly Source[]): Fault[] {
  const holds = sources.filter((s) => !inside('server/store/', 'server/auth/', 'test/')(s))
  return each(holds, (node) =>
    (ts.isStringLiteralLike(node) || ts.isTemplateExpression(node)) && SQL.test(node.getText())
      ? 'holds SQL'
      : undefined,
  )
}

const PARTS_BY_HAND = [
  [/\b(partStyles|biteStyles)\([^)]*\)\.\w/g, 'draws one part by itself'],
  [/url\(#p[wdrb]\)/g, 'has a texture of its own'],
  [/\.(waiting|disputed|returned)\.(up|down)\b/g, 'lists parts by itself'],
] as const

/** A breakdown's parts are drawn from one table of textures and listed in one order (U7). */
export function parts(sources: readonly Source[]): Fault[] {
  const may = inside('client/ui/texture.ts', 'client/charts/texture.ts', 'client/ui/Textures.vue')
  return sources
    .filter((s) => inside('client/')(s) && !may(s))
    .flatMap((source) =>
      PARTS_BY_HAND.flatMap(([pattern, says]) =>
        [...source.text.matchAll(pattern)].map((m) => ({ path: source.path, line: lineOf(source, m.index), says })),
      ),
    )
}

const NETWORK = /^(fetch|WebSocket|XMLHttpRequest|EventSource|useFetch|useWebSocket|useEventSource)$/

/** Only `client/sync` knows the network. */
export function network(sources: readonly Source[]): Fault[] {
  return each(
    sources.filter((s) => inside('client/')(s) && !inside('client/sync/')(s)),
    (node) => {
      const name = globalOf(node)
      if (name !== undefined && NETWORK.test(name)) return `knows the network by ${name}`
      const beacon = ts.isPropertyAccessExpression(node) && node.name.text === 'sendBeacon'
      return beacon ? 'knows the network by sendBeacon' : undefined
    },
  )
}

/** Only `server/config.ts` reads the environment. */
export function environment(sources: readonly Source[]): Fault[] {
  return each(
    sources.filter((s) => inside('client/', 'server/', 'shared/')(s) && s.path !== 'server/config.ts'),
    (node) => (isChain(node, 'process', 'env') ? 'reads the environment' : undefined),
  )
}

const BUILDERS = /^(openSqlite|openAuth|openCore|createApp|createHandlers|startRealtime|startScheduler|buildServer)$/

/** Only `build.ts` constructs; programs of their own (`main.ts`, tools, what runs in a thread) construct for themselves. */
export function construction(sources: readonly Source[]): Fault[] {
  const may = inside('server/build.ts', 'server/main.ts', 'server/tools/', 'server/archive/worker.ts', 'server/store/')
  return sources
    .filter((s) => inside('server/')(s) && !may(s))
    .flatMap(({ path, imports }) =>
      imports.flatMap(({ line, names }) =>
        names.filter((n) => BUILDERS.test(n)).map((n) => ({ path, line, says: `constructs by ${n}` })),
      ),
    )
}

/** No module of the server holds state of its own; programs that are run, not imported, may. */
export function singletons(sources: readonly Source[]): Fault[] {
  const modules = inside(
    'server/archive/',
    'server/auth/',
    'server/core/',
    'server/http/',
    'server/live/',
    'server/realtime/',
    'server/store/',
  )
  return each(
    sources.filter(
      (s) =>
        (modules(s) && !['server/archive/worker.ts', 'server/archive/verifying.ts'].includes(s.path)) ||
        ['server/build.ts', 'server/scheduler.ts', 'server/config.ts'].includes(s.path),
    ),
    (node) => {
      if (!ts.isVariableStatement(node) || !ts.isSourceFile(node.parent)) return undefined
      if ((node.declarationList.flags & ts.NodeFlags.Const) === 0) return 'has a variable of its own'
      const holds = node.declarationList.declarations.some((d) => {
        const made = d.initializer
        if (made === undefined) return false
        if (ts.isNewExpression(made)) return (made.arguments?.length ?? 0) === 0
        return ts.isCallExpression(made) && /^(open|create|start)[A-Z]/.test(made.expression.getText())
      })
      return holds ? 'holds state of its own' : undefined
    },
  )
}

/** No file only passes on what others export. */
export function barrels(sources: readonly Source[]): Fault[] {
  return sources
    .filter(({ ast }) => {
      const statements = ast?.statements ?? []
      return (
        statements.length > 0 && statements.every((s) => ts.isExportDeclaration(s) && s.moduleSpecifier !== undefined)
      )
    })
    .map(({ path }) => ({ path, line: 1, says: 'only passes on what others export' }))
}

const LONGEST = 400

/** No source is longer than 400 lines. */
export function lengths(sources: readonly Source[]): Fault[] {
  return sources
    .filter(({ path }) => /\.(ts|vue|css|js)$/.test(path))
    .map(({ path, text }) => ({ path, line: text.trimEnd().split('\n').length }))
    .filter(({ line }) => line > LONGEST)
    .map(({ path, line }) => ({ path, line, says: `is longer than ${LONGEST} lines` }))
}

/** The type that checks nothing is not used. */
export function unchecked(sources: readonly Source[]): Fault[] {
  const scripts = each(sources, (node) => (node.kind === ts.SyntaxKind.AnyKeyword ? 'uses the type any' : undefined))
  return [...scripts, ...inText(sources, templateOf, /\bas any\b/g, () => 'uses the type any')]
}

/** Nothing is left for later. */
export function leftovers(sources: readonly Source[]): Fault[] {
  const marks = new RegExp(`\\b(${['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX'].join('|')})\\b`, 'g')
  return inText(
    sources,
    (s) => s.text,
    marks,
    (m) => `leaves a ${m} behind`,
  )
}

/** No test is skipped or alone; where data may be absent it is skipped under a condition and says why. */
export function skipped(sources: readonly Source[]): Fault[] {
  return each(sources.filter(inside('test/')), (node) => {
    if (!ts.isCallExpression(node)) return undefined
    const called = node.expression.getText()
    if (/^(xit|xtest|xdescribe|fit|fdescribe)$/.test(called)) return `calls ${called}`
    const mark =
      /^(?:(?:test|it|describe|suite|bench|expect)\.(?:\w+\.)*|(?:context|ctx|testInfo)\.)(only|skip|todo|fails|fixme)\b/
    const found = mark.exec(called)?.[1]
    if (found === undefined) return undefined
    const why = node.arguments.at(-1)
    const says =
      why !== undefined && ts.isStringLiteralLike(why) && (node.arguments.length > 1 || /^(context|ctx)\./.test(called))
    return found === 'skip' && says ? undefined : `calls ${called}`
  })
}

const PLACES = /Shenzhen|深圳|Italy|Italia|440[0-9]{3}/g

/** A programme is data: no source of the product names one. */
export function places(sources: readonly Source[]): Fault[] {
  const product = inside(
    'client/',
    'shared/',
    'server/archive/',
    'server/core/',
    'server/live/',
    'server/store/',
    'server/http/',
    'server/realtime/',
    'server/auth/',
  )
  return inText(
    sources.filter(product),
    (s) => s.text,
    PLACES,
    (m) => `names ${m}`,
  )
}

/** Words for people stand in `client/i18n`; those that are read, not said, in one file; the step of ten thousand is a unit, no word. */
export function words(sources: readonly Source[]): Fault[] {
  const speaks = inside('client/i18n/', 'shared/reading/words.ts')
  const silent = sources.filter((s) => inside('client/', 'shared/')(s) && !speaks(s))
  const han = (text: string) => /\p{Unified_Ideograph}/u.test(text.replaceAll('万', ''))
  const scripts = each(silent, (node) => {
    const text =
      ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)
        ? node.text
        : ''
    return han(text) ? `says ${text.trim()}` : undefined
  })
  return [...scripts, ...inText(silent, templateOf, /\p{Unified_Ideograph}+/gu, (m) => `says ${m}`)]
}

/** Numbers of the rules, in their order; each once. */
export const rulesIn = (text: string): string[] => [...text.matchAll(/^- \*\*([A-Z]\d+)\*\* /gm)].map((m) => m[1]!)

/** A title that begins with numbers of rules names rules that there are. */
export function citations(rules: readonly string[]): (sources: readonly Source[]) => Fault[] {
  return (sources) =>
    cited(sources)
      .filter(({ rule }) => !rules.includes(rule))
      .map(({ rule, ...place }) => ({ ...place, says: `cites ${rule}, which is no rule` }))
}

/** Rules with which titles of tests begin. */
export function cited(sources: readonly Source[]): { rule: string; path: string; line: number }[] {
  return sources.filter(inside('test/')).flatMap((source) =>
    [...nodesOf(source)].flatMap((node) => {
      if (!ts.isCallExpression(node) || !/^(test|it|describe)\b/.test(node.expression.getText())) return []
      const title = node.arguments[0]
      const text =
        title === undefined
          ? ''
          : ts.isStringLiteralLike(title)
            ? title.text
            : ts.isTemplateExpression(title)
              ? title.head.text
              : ''
      const numbers = /^([A-Z]\d+ )+/.exec(`${text} `)?.[0].trim().split(' ') ?? []
      return numbers.map((rule) => ({ rule, path: source.path, line: lineOf(source, node) }))
    }),
  )
}

function inText(
  sources: readonly Source[],
  part: (source: Source) => string,
  pattern: RegExp,
  says: (match: string) => string,
): Fault[] {
  return sources.flatMap((source) =>
    [...part(source).matchAll(pattern)].map((m) => ({
      path: source.path,
      line: lineOf(source, m.index),
      says: says(m[0]),
    })),
  )
}
