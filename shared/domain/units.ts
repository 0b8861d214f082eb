/** The tree of a programme's units, indexed once. */
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
  /** last day on which the unit reports: its own, else that of the nearest unit above that has one; null = it does not end */
  endsOn(code: string): Day | null
  /**
   * last day on which anything that reports at the unit or below it lives; null = it does not end. Of a sum it may come
   * before the unit's own end
   */
  lastDay(code: string): Day | null
  /** the successor: the reporting unit that it goes into when it ends; null = none */
  into(code: string): string | null
  /**
   * the unit itself, then its successors in order, as far as those before them have ended by `today`; whoever may write
   * to one of them may write to the unit (R41). Before the first day (null) the unit alone
   */
  heirs(code: string, today: Day | null): readonly string[]
  /** true on days after the unit's end */
  ended(code: string, day: Day): boolean
  /** index in the programme's order, from 0; -1 for an unknown unit */
  index(code: string): number
  /** the unit at that index; throws a RangeError when there is none */
  at(index: number): string
}

/** Indexes a programme's units; the tree must be free of faults (O3). */
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
  const all = programme.units.map((u) => u.code)
  const indices = new Map(all.map((code, i) => [code, i]))
  const nearest = <F extends 'startsOn' | 'endsOn' | 'into'>(code: string, field: F) =>
    (chains.get(code) ?? none).map((up) => byCode.get(up)![field]).find((value) => value !== null) ?? null
  const starts = new Map(all.map((code) => [code, nearest(code, 'startsOn') ?? programme.startsOn]))
  const ends = new Map(all.map((code) => [code, nearest(code, 'endsOn')]))
  const lastDays = new Map(all.map((code) => [code, lastOf(leaves.get(code)!)]))
  const lines = new Map(all.map((code) => [code, lineOf(code)]))
  const ended = (code: string, day: Day) => {
    const end = ends.get(code) ?? null
    return end !== null && day > end
  }
  return {
    root: programme.units.find((u) => u.parent === null)!.code,
    all,
    get: (code) => byCode.get(code),
    chain: (code) => chains.get(code) ?? none,
    children: (code) => children.get(code) ?? none,
    leaves: (code) => leaves.get(code) ?? none,
    isLeaf: (code) => byCode.has(code) && children.get(code)!.length === 0,
    within: (code, top) => (chains.get(code) ?? none).includes(top),
    startsOn: (code) => starts.get(code) ?? programme.startsOn,
    endsOn: (code) => ends.get(code) ?? null,
    lastDay: (code) => lastDays.get(code) ?? null,
    into: (code) => nearest(code, 'into'),
    heirs(code, today) {
      const line = lines.get(code) ?? none
      if (line.length < 2) return line
      const living = today === null ? 0 : line.findIndex((heir) => !ended(heir, today))
      return living < 0 ? line : line.slice(0, living + 1)
    },
    ended,
    index: (code) => indices.get(code) ?? -1,
    at: (index) => {
      const code = all[index]
      if (code === undefined) throw new RangeError(`no unit at ${index}`)
      return code
    },
  }

  function lastOf(codes: readonly string[]): Day | null {
    let last: Day | null = ''
    for (const code of codes) {
      const end: Day | null = ends.get(code) ?? null
      if (end === null) return null
      if (end > last) last = end
    }
    return last
  }

  /** the unit, then what it goes into, what that goes into, and so on */
  function lineOf(code: string): readonly string[] {
    const line = new Set<string>()
    for (let at: string | null = code; at !== null && !line.has(at); at = nearest(at, 'into')) line.add(at)
    return [...line]
  }
}
