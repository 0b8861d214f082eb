/** Everything that is folded from the log, as plain data: it can be saved, restored and folded on. */
import type { Figure } from '../../shared/domain/cells.ts'
import { partsIn } from '../../shared/domain/moves.ts'
import type { CellName } from '../../shared/domain/values.ts'
import {
  dueThrough,
  emptyWorld,
  restoreWorld,
  type SavedWorld,
  saveWorld,
  type World,
} from '../../shared/domain/world.ts'
import { cellOf, evolve, movesClock, type Recorded } from '../../shared/event.ts'
import { type Day, dayNumber } from '../../shared/progress/day.ts'
import { sumAnew } from './anew.ts'
import { forgetChanges, type Ring, takeChange } from './changes.ts'
import { type Elsewhere, takeElsewhere } from './elsewhere.ts'
import { type IssueRecord, redateIssues, takeIssue } from './issues.ts'
import {
  createLedger,
  figuresOf,
  type Ledger,
  type LedgerData,
  restoreLedger,
  takeBaseline,
  takeClock,
  takeReport,
} from './ledger.ts'

/** Of the shape of saved states; another one is folded afresh. */
export const STATE_VERSION = 21

export interface State {
  world: World
  /** sums by unit and day; null until a programme is open */
  ledger: Ledger | null
  /** latest changes of each unit that has any */
  rings: Map<string, Ring>
  issues: Map<number, IssueRecord>
  elsewhere: Elsewhere
}

/** What an event did. */
export interface Change {
  event: Recorded
  /** the report that it is about, by counter before and after; null when it is about none */
  cell: ChangedCell | null
  /** anything that depends on today, on deadlines or on the programme may differ */
  movesClock: boolean
  /** the programme, its baselines or its bases are others now, or everything was summed anew */
  newSetting: boolean
}

export interface ChangedCell {
  unit: string
  day: Day
  before: readonly Figure[]
  after: readonly Figure[]
  /** reports whose figures wait in a move with one of these, and may count otherwise now; most have none */
  others: readonly CellName[]
}

/** Before the first event. */
export const emptyState = (): State => ({
  world: emptyWorld(),
  ledger: null,
  rings: new Map(),
  issues: new Map(),
  elsewhere: new Map(),
})

/** Folds one event into the state, in place. Events come in the order of their seqs, without gaps. */
export function fold(state: State, event: Recorded): Change {
  const { world } = state
  const { setting } = world
  const name = cellOf(event)
  const before = name === null ? [] : figuresOf(world, name.unit, dayNumber(name.day))
  const { steps } = world
  evolve(world, event)
  const newSetting = world.setting !== setting
  if (newSetting) {
    if (state.ledger === null) state.ledger = createLedger(world)
    else takeBaseline(state.ledger)
  }
  const isTakenBack = event.type === 'DayTakenBack'
  if (isTakenBack) takeDayBack(state, event, steps[world.steps.length]!.seq)
  const change: Change = {
    event,
    cell: null,
    movesClock: newSetting || movesClock(event),
    newSetting: newSetting || isTakenBack,
  }
  if (state.ledger === null) return change
  if (name !== null) {
    const after = figuresOf(world, name.unit, dayNumber(name.day))
    change.cell = { ...name, before, after, others: movedWith(world, name, before, after) }
    takeReport(state.ledger, event, { unit: name.unit, day: dayNumber(name.day) }, before, after)
    takeChange(state.rings, world.setting!.units.chain(name.unit), event, change.cell)
  }
  if (movesClock(event) && !isTakenBack) takeClock(state.ledger, event)
  takeIssue(state.issues, event, world.today)
  takeElsewhere(state.elsewhere, event)
  return change
}

/** Other reports whose figures wait in moves that a report's figures were or are in. */
function movedWith(world: World, cell: CellName, ...sides: readonly (readonly Figure[])[]): readonly CellName[] {
  const { counters } = world.setting!.programme
  const parts = counters.flatMap(({ key }, i) => {
    const moves = sides.flatMap((figures) => figures[i]!.moves ?? [])
    return moves.length === 0 ? [] : partsIn(world, moves, key)
  })
  return parts.filter(({ unit, day }) => unit !== cell.unit || day !== cell.day)
}

/** Everything that the days did which began at `since` is undone; the world has been folded. */
function takeDayBack({ world, ledger, rings, issues }: State, event: Recorded, since: number): void {
  if (ledger !== null) sumAnew(ledger, event)
  forgetChanges(rings, world.today, dueThrough(world))
  redateIssues(issues, since, world.today)
}

interface SavedState {
  version: number
  world: SavedWorld
  ledger: LedgerData | null
  rings: Map<string, Ring>
  issues: Map<number, IssueRecord>
  elsewhere: Elsewhere
}

/**
 * The state as plain data, for `v8.serialize` and `structuredClone`. Shares memory with the state: to be serialised
 * before the next fold.
 */
export function saveState({ world, ledger, rings, issues, elsewhere }: State): unknown {
  const saved: SavedState = {
    version: STATE_VERSION,
    world: saveWorld(world),
    ledger: ledger?.data ?? null,
    rings,
    issues,
    elsewhere,
  }
  return saved
}

/** The state that was saved; it takes the saved data over. Throws when they are not of this `STATE_VERSION`. */
export function restoreState(saved: unknown): State {
  if (!isSaved(saved)) throw new TypeError(`not a state of version ${STATE_VERSION}`)
  const world = restoreWorld(saved.world)
  const ledger = saved.ledger === null ? null : restoreLedger(saved.ledger, world)
  return { world, ledger, rings: saved.rings, issues: saved.issues, elsewhere: saved.elsewhere }
}

const isSaved = (saved: unknown): saved is SavedState =>
  typeof saved === 'object' && saved !== null && 'version' in saved && saved.version === STATE_VERSION
