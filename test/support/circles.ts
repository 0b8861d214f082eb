/** Circles of imports: files that reach themselves again, by values or by types alike. */
import type { Fault, Import, Source } from './source.ts'

/**
 * One fault for every group of files that import each other in a circle, at the first import of the group's first file
 * that leads into it; the fault names the shortest way round. Types count: who needs a type needs to know of the other.
 */
export function circles(sources: readonly Source[]): Fault[] {
  const judged = sources.filter(({ path }) => /^(shared|server|client)\//.test(path))
  const byPath = new Map(judged.map((s) => [s.path, s]))
  const next = (path: string): readonly Import[] => byPath.get(path)!.imports.filter((i) => byPath.has(i.to))
  return groups([...byPath.keys()], (path) => next(path).map((i) => i.to))
    .map((group) => {
      const start = [...group].sort()[0]!
      const way = shortestWayRound(start, (path) => next(path).flatMap((i) => (group.has(i.to) ? [i.to] : [])))
      const line = next(start).find((i) => i.to === way[1])!.line
      const others = group.size - (way.length - 1)
      const more = others > 0 ? ` (${others} more in the same knot)` : ''
      return { path: start, line, says: `imports itself by ${way.slice(1).join(' → ')}${more}` }
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Groups of more than one node (or of one that leads to itself) whose nodes all reach each other: Tarjan's. */
function groups(nodes: readonly string[], next: (node: string) => readonly string[]): ReadonlySet<string>[] {
  const found: Set<string>[] = []
  const index = new Map<string, number>()
  const low = new Map<string, number>()
  const stack: string[] = []
  const waiting = new Set<string>()

  const visit = (node: string): void => {
    index.set(node, index.size)
    low.set(node, index.get(node)!)
    stack.push(node)
    waiting.add(node)
    for (const to of next(node))
      if (!index.has(to)) {
        visit(to)
        low.set(node, Math.min(low.get(node)!, low.get(to)!))
      } else if (waiting.has(to)) low.set(node, Math.min(low.get(node)!, index.get(to)!))
    if (low.get(node) !== index.get(node)) return
    const group = new Set(stack.splice(stack.indexOf(node)))
    group.forEach((member) => waiting.delete(member))
    if (group.size > 1 || next(node).includes(node)) found.push(group)
  }
  for (const node of nodes) if (!index.has(node)) visit(node)
  return found
}

/** From a node of a group back to itself; both ends included. */
function shortestWayRound(start: string, next: (node: string) => readonly string[]): string[] {
  const before = new Map<string, string>()
  const queue = [start]
  for (const node of queue)
    for (const to of next(node)) {
      if (to === start) {
        const way = [start]
        for (let at: string | undefined = node; at !== undefined; at = before.get(at)) way.unshift(at)
        return way
      }
      if (before.has(to)) continue
      before.set(to, node)
      queue.push(to)
    }
  return [start]
}
