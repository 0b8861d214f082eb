/** Earlier commands that later ones are based on: which version they gave a figure, or left as it was. */
import { basesOf, type Command, namedIn } from '../../shared/command.ts'
import type { CellName } from '../../shared/domain/noun.ts'
import type { World } from '../../shared/domain/world.ts'
import { cellOf, figuresBy, type Placed } from '../../shared/event.ts'
import { dayNumber } from '../../shared/progress/day.ts'
import type { Answered, Store, Stood } from '../store/store.ts'

/** An accepted command with what of it a later one may ask about. */
export interface Earlier extends Answered {
  /** its events about the reports that later commands name it for */
  events: readonly Placed[]
}

const nameOf = ({ unit, day }: CellName): string => `${unit}/${day}`

/** The version of a figure that the command gave, or that stood when it left it as it was; 0 for one that it did not name. */
export function versionBy({ events, stood }: Earlier, cell: CellName, counter: string): number {
  const own = events.findLast((event) => {
    const about = cellOf(event)
    return about !== null && nameOf(about) === nameOf(cell) && figuresBy(event).includes(counter)
  })
  return own?.seq ?? stood?.[nameOf(cell)]?.[counter] ?? 0
}

/** What the command named and left as it was; whether the world has taken its events in or not. */
export function stoodIn(world: World, command: Command, events: readonly Placed[]): Stood | null {
  const { setting, cells } = world
  if (setting === null) return null
  const named = namedIn(command, world)
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
      const { version } = cells.figure(cell.unit, dayNumber(cell.day), setting.counters.get(counter)!)
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
  const bases = commands.flatMap((command) => basesOf(command, world))
  const ids = [...commands.map(({ id }) => id), ...bases.map(({ command }) => command)]
  const answers = await store.answers(ids)
  const known = new Map<string, Earlier>()
  for (const [id, answer] of answers) known.set(id, { ...answer, events: await eventsOf(store, id, answer, bases) })
  return known
}

/** Only those about reports that the command is named for: it may have been about thousands. */
async function eventsOf(
  store: Pick<Store, 'read'>,
  id: string,
  { happened }: Answered,
  bases: ReturnType<typeof basesOf>,
): Promise<Placed[]> {
  const subjects = new Set(bases.filter(({ command }) => command === id).map((cell) => `report/${nameOf(cell)}`))
  const events: Placed[] = []
  for (const { subject, version } of happened)
    if (subject !== null && subjects.has(subject)) events.push(...(await store.read(version - 1, 1)))
  return events
}
