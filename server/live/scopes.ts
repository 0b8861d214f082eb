/** Scopes as they are watched: rows kept as text while somebody watches or has lately asked, and what changed since when. */
import type { Recorded } from '../../shared/event.ts'
import { parseScope } from '../../shared/policy.ts'
import type { Patch } from '../../shared/view/patch.ts'
import { emptyRows, type EncodedRows } from './encoded.ts'
import { subjectsOf } from './elsewhere.ts'
import type { Change, State } from './state.ts'
import { isHistory, subjectOf, unitsOf, viewOf } from './views/scope.ts'
import { sheetsWith } from './views/sheet.ts'
import type { View } from './views/view.ts'

/** A watched scope as it stands after it has been flushed. */
export interface Flushed {
  scope: string
  seq: number
  digest: string
  /** JSON of the merged `Patch` with what changed since the last flush, from `from` on; null when nothing did */
  patch: { from: number; text: string } | null
}

export interface LiveScopes {
  /** rows of the scope that changed after `since`, and what went; everything, marked `reset`, when that is not known */
  changes(scope: string, since: number): Patch
  /** the same as JSON */
  changesText(scope: string, since: number): string
  /** seq and digest of the scope's rows as they stand */
  head(scope: string): { seq: number; digest: string }
  /** somebody watches: patches are made for the scope from now on; counted */
  open(scope: string): void
  close(scope: string): void
  /** takes in what a fold did; to be called for every change, in order */
  take(change: Change): void
  /** Flushes the open scopes one after the other, each as it stands when its turn comes: whoever asks may pause between. */
  flush(): Iterable<Flushed>
  /** what is kept, and histories that are being read, for metrics and tests */
  size(): { scopes: number; rows: number; reading: number }
  /**
   * A history scope's rows come from stored events, which have to be read before `changes` is asked: `read` gets those
   * about a subject, in order. Resolves when the rows are here, for any other scope at once; what is folded meanwhile is
   * taken in. Whoever comes while they are read waits for the same; rejects when `read` does, and leaves nothing behind.
   */
  readHistory(scope: string, read: (subject: string) => Promise<readonly Recorded[]>): Promise<void>
}

export interface ScopeOptions {
  /** ms of a clock that only goes forward */
  now: () => number
  /** ms that a scope is kept after it was last asked for or watched */
  keepMs?: number
  /** scopes without a watcher that are kept at most */
  most?: number
}

interface Scope {
  name: string
  rows: EncodedRows
  view: View
  watchers: number
  /** seq up to which watchers have been sent what changed */
  sent: number
  usedAt: number
}

/** A history that is being read, and what has happened since that began. */
interface Reading {
  changes: Change[]
  done: Promise<void>
}

/** Over a state that is folded in place; whatever is kept can be made again from it. */
export function createScopes(state: State, { now, keepMs = 60_000, most = 512 }: ScopeOptions): LiveScopes {
  const scopes = new Map<string, Scope>()
  const watched = new Set<Scope>()
  /** by the unit that they are of */
  const sheets = new Map<string, Set<Scope>>()
  const reading = new Map<string, Reading>()

  function enter(name: string, view: View): Scope {
    sweep()
    const scope: Scope = { name, rows: emptyRows(state.world.seq), view, watchers: 0, sent: 0, usedAt: now() }
    scopes.set(name, scope)
    const unit = sheetUnit(name)
    if (unit !== null) sheets.set(unit, (sheets.get(unit) ?? new Set()).add(scope))
    return scope
  }

  /** The scope with its rows as they stand. Throws a RangeError for what is no scope, an Error for an unread history. */
  function standing(name: string): Scope {
    const scope = scopes.get(name) ?? enter(name, viewFor(name))
    scope.usedAt = now()
    refresh(scope)
    return scope
  }

  function viewFor(name: string): View {
    if (isHistory(name)) throw new Error(`${name}: its stored events have not been read`)
    return viewOf(state, name)
  }

  const refresh = ({ rows, view }: Scope): void => rows.refresh(view, state.world.seq, unitsOf(state))

  /** The history's stored events, and what has been folded since they were asked for. */
  async function open(name: string, stored: Promise<readonly Recorded[]>, changes: readonly Change[]): Promise<void> {
    const events = (await stored).filter((event) => event.seq <= state.world.seq)
    const view = viewOf(state, name, events)
    const last = events.at(-1)?.seq ?? 0
    for (const change of changes) if (change.event.seq > last) view.touch(change, () => undefined)
    enter(name, view)
  }

  /** Lets go of what nobody watches: all that was not asked for lately, and the oldest where there are too many. */
  function sweep(): void {
    const idle = [...scopes.values()].filter((s) => s.watchers === 0).sort((a, b) => a.usedAt - b.usedAt)
    idle.forEach((scope, i) => {
      if (now() - scope.usedAt < keepMs && i >= idle.length - most) return
      scopes.delete(scope.name)
      const unit = sheetUnit(scope.name)
      if (unit !== null) sheets.get(unit)?.delete(scope)
    })
  }

  /** Scopes that hold anything about a report, or all where the change is of another kind. */
  function* touchedBy({ event, cell, movesClock, newSetting }: Change): Iterable<Scope | undefined> {
    if (cell === null || movesClock || newSetting) {
      yield* scopes.values()
      return
    }
    const { units } = state.world.setting!
    for (const up of units.chain(cell.unit)) {
      yield scopes.get(`unit:${up}`)
      yield scopes.get(`calendar:${up}`)
      yield scopes.get(`silence:${up}`)
    }
    for (const { unit } of [cell, ...cell.others])
      for (const up of units.chain(unit)) {
        yield scopes.get(`work:${up}`)
        yield scopes.get(`queue:${up}`)
      }
    // whom an offer asks need not be whom the event is about
    if ('offer' in event.data) for (const [name, scope] of scopes) if (name.startsWith('work:')) yield scope
    // an offer stands in the sheets of both sides
    const changed = new Set([cell, ...cell.others].flatMap(({ unit }) => sheetsWith(units, unit)))
    const of = 'offer' in event.data ? sheets.keys() : changed
    for (const unit of of) yield* sheets.get(unit) ?? []
    for (const subject of subjectsOf(event)) yield scopes.get(`history:${subject}`)
  }

  const textOf = ({ name, rows }: Scope, since: number): string => rows.patch(name, since, state.world.seq)

  return {
    changes: (name, since) => JSON.parse(textOf(standing(name), since)) as Patch,
    changesText: (name, since) => textOf(standing(name), since),
    head: (name) => ({ seq: state.world.seq, digest: standing(name).rows.digest() }),
    open(name) {
      const scope = standing(name)
      if (scope.watchers++ > 0) return
      scope.sent = state.world.seq
      scope.rows.forgetUnsent()
      watched.add(scope)
    },
    close(name) {
      const scope = scopes.get(name)
      if (scope === undefined || scope.watchers === 0 || --scope.watchers > 0) return
      scope.usedAt = now()
      watched.delete(scope)
      sweep()
    },
    take(change) {
      // as at a start or an import, when nobody has asked yet
      if (scopes.size === 0 && reading.size === 0) return
      for (const subject of subjectsOf(change.event)) reading.get(`history:${subject}`)?.changes.push(change)
      for (const scope of touchedBy(change)) {
        if (scope === undefined) continue
        if (change.newSetting && !isHistory(scope.name)) {
          scope.view = viewOf(state, scope.name)
          scope.rows.markAll()
        } else scope.view.touch(change, scope.rows.mark)
      }
    },
    *flush() {
      for (const scope of watched) {
        const { name, rows } = scope
        const { seq } = state.world
        refresh(scope)
        let patch: Flushed['patch'] = null
        if (rows.hasUnsent()) {
          patch = { from: scope.sent, text: rows.unsentPatch(name, scope.sent, seq) }
          scope.sent = seq
        }
        yield { scope: name, seq, digest: rows.digest(), patch }
      }
    },
    size: () => ({
      scopes: scopes.size,
      rows: scopes.values().reduce((sum, { rows }) => sum + rows.size(), 0),
      reading: reading.size,
    }),
    async readHistory(name, read) {
      if (!isHistory(name) || scopes.has(name)) return
      let under = reading.get(name)
      if (under === undefined) {
        const changes: Change[] = []
        const done = open(name, read(subjectOf(name)), changes).finally(() => reading.delete(name))
        reading.set(name, (under = { changes, done }))
      }
      await under.done
    },
  }
}

/** The unit of a sheet's scope; null of any other. */
function sheetUnit(name: string): string | null {
  const scope = parseScope(name)
  return scope?.kind === 'sheet' ? scope.unit : null
}
