/** Sources as data: the files of the tree with their syntax, for tests that hold the structure. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path/posix'
import ts from 'typescript'

export interface Import {
  /** path from the root of the tree, or a package's name */
  to: string
  line: number
  typeOnly: boolean
  names: string[]
}

/** One file: its text, its syntax (of a component: of its scripts) and what it imports. */
export interface Source {
  path: string
  text: string
  ast: ts.SourceFile | null
  imports: Import[]
}

/** A broken rule and the place where it is broken. */
export interface Fault {
  path: string
  line: number
  says: string
}

export const faultLine = ({ path, line, says }: Fault): string => `${path}:${line} ${says}`

const SCRIPTED = /\.(ts|vue)$/
const READ = /\.(ts|vue|css|html|json|js)$/

/** Reads one file from memory. */
export function sourceOf(path: string, text: string): Source {
  if (!SCRIPTED.test(path)) return { path, text, ast: null, imports: [] }
  const script = path.endsWith('.vue') ? scriptsOf(text) : text
  const ast = ts.createSourceFile(path, script, ts.ScriptTarget.Latest, true, ts.ScriptKind.TS)
  return { path, text, ast, imports: importsOf(path, ast) }
}

/** Every source below the folders, without what is built or installed. */
export function readSources(root: string, folders: readonly string[]): Source[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && READ.test(entry.name))
      .map((entry) => join(entry.parentPath.slice(root.length + 1), entry.name))
      .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
      .map((path) => sourceOf(path, readFileSync(join(root, path), 'utf8'))),
  )
}

/** Line (from 1) of a node or of an offset. */
export const lineOf = (source: Source, at: ts.Node | number): number =>
  typeof at === 'number'
    ? source.text.slice(0, at).split('\n').length
    : source.ast!.getLineAndCharacterOfPosition(at.getStart(source.ast!)).line + 1

/** Every node of the syntax tree, parents first. */
export function* nodesOf(source: Source): Generator<ts.Node> {
  if (source.ast === null) return
  const waiting: ts.Node[] = [source.ast]
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    yield node
    const children: ts.Node[] = []
    ts.forEachChild(node, (child) => void children.push(child))
    waiting.push(...children.reverse())
  }
}

/** The template of a component without its comments, everything else blanked; '' for other files. */
export function templateOf(source: Source): string {
  if (!source.path.endsWith('.vue')) return ''
  const found = /<template[^>]*>[\s\S]*<\/template>/.exec(source.text)
  if (found === null) return ''
  const template = found[0].replace(/<!--[\s\S]*?-->/g, blanked)
  return blanked(source.text.slice(0, found.index)) + template
}

const blanked = (text: string): string => text.replace(/[^\n]/g, ' ')

/** The scripts of a component at the lines where they stand. */
function scriptsOf(text: string): string {
  let out = ''
  let end = 0
  for (const m of text.matchAll(/(<script[^>]*>)([\s\S]*?)<\/script>/g)) {
    const start = m.index + m[1]!.length
    out += blanked(text.slice(end, start)) + m[2]!
    end = start + m[2]!.length
  }
  return out + blanked(text.slice(end))
}

function importsOf(path: string, ast: ts.SourceFile): Import[] {
  const found: Import[] = []
  const add = (node: ts.Node, target: ts.Node | undefined, typeOnly: boolean, names: string[]) => {
    if (target === undefined || !ts.isStringLiteral(target)) return
    const to = target.text.startsWith('.') ? join(dirname(path), target.text) : target.text
    found.push({ to, line: ast.getLineAndCharacterOfPosition(node.getStart(ast)).line + 1, typeOnly, names })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      const clause = node.importClause
      const named = clause?.namedBindings
      const parts = named !== undefined && ts.isNamedImports(named) ? [...named.elements] : []
      const values = parts.filter((p) => !p.isTypeOnly).map((p) => (p.propertyName ?? p.name).text)
      const onlyTypes = parts.length > 0 && values.length === 0 && clause?.name === undefined
      add(node, node.moduleSpecifier, clause?.isTypeOnly === true || onlyTypes, values)
    } else if (ts.isExportDeclaration(node)) add(node, node.moduleSpecifier, node.isTypeOnly, [])
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument))
      add(node, node.argument.literal, true, [])
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node, node.arguments[0], false, [])
    ts.forEachChild(node, visit)
  }
  visit(ast)
  return found
}
