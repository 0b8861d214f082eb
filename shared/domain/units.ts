/** The tree of units of a programme, indexed once. */
import type { Day } from '../progress/day.ts'
import type { Programme, Unit } from './programme.ts'

export interface Units {
  root: string
  /** in the programme's own order */
  all: readonly string[]
  get(code: string): Unit | undefined
  /** the unit itself first, the root last */
  chain(code: string): readonly string[]
  children(code: string): readonly string[]
  /** reporting units below, or the unit itself when it has no children */
  leaves(code: string): readonly string[]
  isLeaf(code: string): boolean
  /** true when `code` is `top` or below it */
  within(code: string, top: string): boolean
  /** first day on which the unit reports */
  startsOn(code: string): Day
}

export function indexUnits(programme: Programme): Units {
  const byCode = new Map(programme.units.map((u) => [u.code, u]))
  const children = new Map<string, string[]>(programme.units.map((u) => [u.code, []]))
  for (const u of programme.units) if (u.parent !== null) children.get(u.parent)?.push(u.code)
  const chains = new Map<string, string[]>()
  for (const u of programme.units) {
    const chain: string[] = []
    for (let at: string | null = u.code; at !== null; at = byCode.get(at)?.parent ?? null) chain.push(at)
    chains.set(u.code, chain)
  }
  const leaves = new Map<string, string[]>(programme.units.map((u) => [u.code, []]))
  for (const u of programme.units)
    if (children.get(u.code)!.length === 0) for (const up of chains.get(u.code)!) leaves.get(up)!.push(u.code)
  const none: readonly string[] = []
  return {
    root: programme.units.find((u) => u.parent === null)!.code,
    all: programme.units.map((u) => u.code),
    get: (code) => byCode.get(code),
    chain: (code) => chains.get(code) ?? none,
    children: (code) => children.get(code) ?? none,
    leaves: (code) => leaves.get(code) ?? none,
    isLeaf: (code) => byCode.has(code) && children.get(code)!.length === 0,
    within: (code, top) => (chains.get(code) ?? none).includes(top),
    startsOn: (code) => {
      for (const up of chains.get(code) ?? none) {
        const day = byCode.get(up)!.startsOn
        if (day !== null) return day
      }
      return programme.startsOn
    },
  }
}
