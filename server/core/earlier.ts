/** Earlier commands that later ones are based on: which version they gave a figure, or left as it was. */
import { basesOf, type Command, namedIn } from '../../shared/command.ts'
import { aboutCell } from '../../shared/domain/folding.ts'
import type { CellName } from '../../shared/domain/values.ts'
import type { World } from '../../shared/domain/world.ts'
import { cellOf, figuresBy, type Placed } from '../../shared/event.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import type { Answered, LeftOut, Store, Stood } from '../store/store.ts'

/** An accepted command with what of it a later one may ask about. */
export interface Earlier extends Answered {
  /**
   * the version of a figure that it gave, or, when it left it as it was, that of the value that stood or of the own claim
   * that it repeated; 0 for one that it did not name
   */
  versionOf(cell: CellName, counter: string): number
}

const nameOf = ({ unit, day }: CellName): string => `${unit}/${day}`

/** `events` are those about the reports that later commands name it for; they are gone through once, when first asked. */
export function earlier(answer: Answered, events: readonly Placed[]): Earlier {
  let given: Map<string, number> | undefined
  return {
    ...answer,
    versionOf(cell, counter) {
      given ??= versionsIn(events)
      const name = nameOf(cell)
      return given.get(`${name}/${counter}`) ?? answer.stood?.[name]?.[counter] ?? 0
    },
  }
}

/** By `UNIT/DAY/COUNTER`. */
function versionsIn(events: readonly Placed[]): Map<string, number> {
  const versions = new Map<string, number>()
  for (const event of events) {
    const cell = cellOf(event)
    if (cell !== null) for (const counter of figuresBy(event)) versions.set(`${nameOf(cell)}/${counter}`, event.seq)
  }
  return versions
}

/**
 * What the command of `actor` (a member's id) named and left as it was; whether the world has taken its events in or not.
 * Of its items that were left out nothing was named.
 */
export function stoodIn(
  world: World,
  command: Command,
  actor: string,
  events: readonly Placed[],
  leftOut: LeftOut = [],
): Stood | null {
  const { setting, cells } = world
  if (setting === null) return null
  const out = new Set(leftOut.map(({ item }) => item))
  const named = namedIn(command, world).filter((_, item) => !out.has(item))
  if (named.length === 0) return null
  const given = new Map<string, readonly string[]>()
  for (const event of events) {
    const cell = cellOf(event)
    if (cell === null) continue
    const name = nameOf(cell)
    given.set(name, [...(given.get(name) ?? []), ...figuresBy(event)])
  }
  const stood: Stood = {}
  for (const cell of named) {
    const name = nameOf(cell)
    const changed = given.get(name)
    for (const counter of cell.counters ?? setting.counters.keys()) {
      if (changed?.includes(counter)) continue
      const { claim, ...figure } = cells.figure(cell.unit, dayNumber(cell.day), setting.counters.get(counter)!)
      const isOwnClaim = claim?.by === actor && claim.value === cell.values?.[counter]
      const version = isOwnClaim ? claim.version : figure.version
      if (version > 0) (stood[name] ??= {})[counter] = version
    }
  }
  return Object.keys(stood).length > 0 ? stood : null
}

/** Those of the commands that are on disk, and those that they are based on, with the events that are asked about. */
export async function earlierIn(
  store: Pick<Store, 'answers' | 'read'>,
  world: World,
  commands: readonly Command[],
): Promise<Map<string, Earlier>> {
  /** subjects of the reports that each is named for */
  const bases = new Map<string, Set<string>>()
  for (const command of commands)
    for (const { command: id, ...cell } of basesOf(command, world)) {
      const subjects = bases.get(id) ?? new Set()
      bases.set(id, subjects.add(aboutCell.subject(cell)))
    }
  const answers = await store.answers([...new Set([...commands.map(({ id }) => id), ...bases.keys()])])
  const known = new Map<string, Earlier>()
  for (const [id, answer] of answers) {
    const subjects = bases.get(id)
    known.set(id, earlier(answer, subjects === undefined ? [] : await eventsOf(store, answer, subjects)))
  }
  return known
}

/** Only those about the reports that are meant: the command may have been about thousands. Neighbours are read at once. */
async function eventsOf(
  store: Pick<Store, 'read'>,
  { happened }: Answered,
  subjects: ReadonlySet<string>,
): Promise<Placed[]> {
  const seqs = happened.flatMap(({ subject, version }) => (subject !== null && subjects.has(subject) ? [version] : []))
  const events: Placed[] = []
  for (let i = 0, end; i < seqs.length; i = end) {
    end = i + 1
    while (end < seqs.length && end - i < PAGE && seqs[end] === seqs[end - 1]! + 1) end++
    events.push(...(await store.read(seqs[i]! - 1, end - i)))
  }
  return events
}
/** Events read at once. */
const PAGE = 500
