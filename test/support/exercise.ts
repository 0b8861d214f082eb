/** Sources changed in memory by the blocks of a document, and what the compiler says of them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

/** A file of a document: a whole one (`ts PATH`), or changes of one that is there (`diff PATH`). */
export interface Block {
  path: string
  text: string
  isDiff: boolean
}

/** The fenced blocks of a document that name a file. */
export function blocksOf(document: string): Block[] {
  return [...document.matchAll(/^```(ts|diff) (\S+)\n([\s\S]*?)^```$/gm)].map(([, kind, path, text]) => ({
    path: path!,
    text: text!,
    isDiff: kind === 'diff',
  }))
}

/**
 * A text after a diff: hunks are separated by `@@` lines, lines begin with a blank, `+` or `-`. Throws an Error for a
 * hunk whose lines do not stand in the text.
 */
export function patched(text: string, diff: string): string {
  let result = text
  for (const hunk of diff.split(/^@@\n/m)) {
    const lines = hunk.split('\n').slice(0, -1)
    const part = (left: string) =>
      lines
        .filter((l) => !l.startsWith(left))
        .map((l) => `${l.slice(1)}\n`)
        .join('')
    if (!result.includes(part('+'))) throw new Error(`does not stand in the file:\n${part('+')}`)
    result = result.replace(part('+'), () => part('-'))
  }
  return result
}

/** The sources (not the tests) with some files replaced or added, as the compiler sees them. */
export interface Compiler {
  /** Files that do not compile, in order, judged among `only` when given. */
  failing(changed: ReadonlyMap<string, string>, only?: readonly string[]): string[]
}

export function openCompiler(root: string): Compiler {
  const config = ts.readConfigFile(join(root, 'tsconfig.json'), (path) => ts.sys.readFile(path))
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, root)
  const components = join(root, 'components.d.ts')
  const shim = `declare module '*.vue' {\n  const component: import('vue').Component\n  export default component\n}\n`
  const roots = ['shared', 'server', 'client'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && !path.includes('dist/'))
      .map((path) => join(root, folder, path)),
  )
  const parsed = new Map<string, ts.SourceFile>()
  let before: ts.Program | undefined

  function compile(changed: ReadonlyMap<string, string>): ts.Program {
    const texts = new Map([...changed].map(([path, text]) => [join(root, path), text]))
    texts.set(components, shim)
    const host = ts.createCompilerHost(options)
    const { getSourceFile, fileExists, readFile } = host
    host.fileExists = (path) => texts.has(path) || fileExists(path)
    host.readFile = (path) => texts.get(path) ?? readFile(path)
    host.getSourceFile = (path, how, ...rest) => {
      const text = texts.get(path)
      if (text !== undefined) return ts.createSourceFile(path, text, how)
      if (!parsed.has(path)) {
        const source = getSourceFile(path, how, ...rest)
        if (source !== undefined) parsed.set(path, source)
      }
      return parsed.get(path)
    }
    const rootNames = [...new Set([...roots, ...texts.keys()])]
    before = ts.createProgram({ rootNames, options, host, ...(before && { oldProgram: before }) })
    return before
  }

  return {
    failing(changed, only) {
      const program = compile(changed)
      const judged = only?.map((path) => join(root, path)) ?? program.getRootFileNames()
      return judged
        .filter((path) => program.getSemanticDiagnostics(program.getSourceFile(path)).length > 0)
        .map((path) => path.slice(root.length + 1))
        .sort()
    },
  }
}

/** The file as it stands. */
export const sourceAt = (root: string, path: string): string => readFileSync(join(root, path), 'utf8')
