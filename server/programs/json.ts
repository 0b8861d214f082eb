/** JSON with the line of every value, and in words what keeps a text from being it. */

export interface JsonText {
  value: unknown
  /** line, from 1, on which the value at a dotted path begins; of a path that is not there, that of the nearest one above it */
  lineOf(path: string): number
  /** keys that stand twice in one object, with the line of the later one */
  repeated: { path: string; line: number }[]
}

/** Why a text is no JSON. */
export class JsonFault extends Error {
  readonly line: number
  readonly column: number
  constructor(text: string, at: number, says: string) {
    super(says)
    const before = text.slice(0, at).split('\n')
    this.line = before.length
    this.column = before.at(-1)!.length + 1
  }
}

/** Reads a text; throws a `JsonFault`. */
export function readJson(text: string): JsonText {
  const lines = new Map<string, number>()
  const repeated: JsonText['repeated'] = []
  let at = 0
  let line = 1

  const fail = (says: string): never => {
    throw new JsonFault(text, at, says)
  }
  function blanks(): string {
    for (; ' \t\r\n'.includes(text[at] ?? '-'); at++) if (text[at] === '\n') line++
    return text[at] ?? ''
  }
  function token(pattern: RegExp): string | undefined {
    pattern.lastIndex = at
    const found = pattern.exec(text)?.[0]
    at += found?.length ?? 0
    return found
  }
  function string(): string {
    const from = at
    const found = token(STRING)
    if (found === undefined) {
      const rest = text.slice(at + 1).split('\n', 1)[0]!
      fail(
        rest.includes('"')
          ? 'a text has a sign that has to be written with a backslash, such as \\" or \\\\'
          : 'a text begins with " and does not end on its line',
      )
    }
    try {
      return JSON.parse(found!) as string
    } catch {
      at = from
      return fail('a backslash in a text stands before a sign that needs none; write \\\\ for a backslash')
    }
  }
  /** the members of an object or list, up to its end */
  function members(end: string, one: (index: number) => void): void {
    at++
    for (let index = 0; blanks() !== end; index++) {
      if (index > 0) {
        if (text[at] !== ',') fail(missing(text[at], end))
        at++
        if (blanks() === end) fail(`a comma stands before the closing ${end}; take it out`)
      }
      one(index)
    }
    at++
  }
  function value(path: string): unknown {
    const sign = blanks()
    lines.set(path, line)
    if (sign === '{') {
      const entries: [string, unknown][] = []
      const seen = new Set<string>()
      members('}', () => {
        if (blanks() !== '"') fail(`a name in double quotation marks has to stand here, not ${shown()}`)
        const [key, begins] = [string(), line]
        const place = path === '' ? key : `${path}.${key}`
        if (seen.has(key)) repeated.push({ path: place, line: begins })
        seen.add(key)
        if (blanks() !== ':') fail(`a colon is missing after "${key}"`)
        at++
        entries.push([key, value(place)])
      })
      return Object.fromEntries(entries)
    }
    if (sign === '[') {
      const list: unknown[] = []
      members(']', (i) => list.push(value(path === '' ? String(i) : `${path}.${i}`)))
      return list
    }
    if (sign === '"') return string()
    const word = token(WORD)
    return word === undefined ? fail(`a value has to stand here, not ${shown()}`) : (JSON.parse(word) as unknown)
  }
  function shown(): string {
    if (text[at] === undefined) return 'the end of the file'
    if (text.startsWith('//', at) || text.startsWith('/*', at)) return 'a remark: JSON has none'
    if (text[at] === "'") return 'a single quotation mark: JSON has double ones'
    if (/[\u201c\u201d\u300c]/.test(text[at]!)) return `${text[at]}: JSON has the straight quotation mark "`
    return `"${/^[^\s,\]}]{1,20}/.exec(text.slice(at))?.[0] ?? text[at]}"`
  }

  const read = value('')
  if (blanks() !== '') fail('something stands after the end; one object in braces is the whole file')
  return {
    value: read,
    repeated,
    lineOf(path) {
      for (let up = path; ; up = up.slice(0, Math.max(0, up.lastIndexOf('.')))) {
        const known = lines.get(up)
        if (known !== undefined) return known
        if (up === '') return 1
      }
    },
  }
}

const STRING = /"(?:[^"\\\u0000-\u001f]|\\.)*"/y
const WORD = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.+-])/y

function missing(sign: string | undefined, end: string): string {
  if (sign === undefined) return `the file ends before the closing ${end}`
  if (sign === '"' || sign === '{' || sign === '[') return 'a comma is missing before this'
  return `a comma or the closing ${end} has to stand here`
}
