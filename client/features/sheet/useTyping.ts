/** Typing on the sheet of one unit and day: the grid, what is being typed this moment, the draft on this device. */
import { computed, reactive, shallowRef, watch } from 'vue'
import type { Refusal } from '../../../shared/errors.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { ReportRow } from '../../../shared/view/rows.ts'
import * as cells from './cells.ts'
import { noVerdict, type Verdict } from './check.ts'
import { type DraftPlace, type Drawer, loadDraft, type Pending, saveDraft } from './draft.ts'

export type Typing = ReturnType<typeof useTyping>

export interface TypingInput {
  place: DraftPlace
  drawer: Drawer
  counters: readonly string[]
  report: (unit: string, day: Day) => ReportRow | undefined
}

export function useTyping({ place, drawer, counters, report }: TypingInput) {
  const draft = loadDraft(drawer, place)
  const grid = shallowRef<cells.Grid>({ ...cells.emptyGrid, edits: draft?.edits ?? new Map() })
  const live = shallowRef<{ key: cells.CellKey; text: string } | null>(null)
  const pending = shallowRef<Pending | null>(draft?.pending ?? null)
  const verdict = shallowRef<Verdict & { sheet: readonly Refusal[] }>({ ...noVerdict, sheet: [] })
  const keptAt = shallowRef(draft?.savedAt ?? '')
  const full = shallowRef(false)

  function stored(key: cells.CellKey): cells.Stored {
    const row = report(cells.unitOf(key), place.day)
    if (row === undefined) return { value: null, version: 0, by: null }
    const value = row.values[counters.indexOf(cells.counterOf(key))] ?? null
    return { value, version: row.version, by: row.by.id }
  }

  /** what is typed, the cell in hand included */
  const edits = computed(() =>
    live.value === null ? grid.value.edits : cells.put(grid.value, [live.value], stored).edits,
  )

  /** a judgement of the server holds for the text that it was about */
  const said = computed<Verdict>(() => {
    const changed = live.value?.key
    if (changed === undefined || !verdict.value.cells.has(changed)) return verdict.value
    const kept = new Map(verdict.value.cells)
    if (edits.value.get(changed)?.text !== grid.value.edits.get(changed)?.text) kept.delete(changed)
    return { ...verdict.value, cells: kept }
  })

  function apply(next: cells.Grid): void {
    const before = grid.value.edits
    grid.value = next
    const { cells: about, rows, sheet } = verdict.value
    const stale = [...about.keys()].filter((key) => before.get(key)?.text !== next.edits.get(key)?.text)
    if (stale.length === 0) return
    const kept = new Map(about)
    for (const key of stale) kept.delete(key)
    verdict.value = { cells: kept, rows, sheet }
  }

  function save(): void {
    full.value = !saveDraft(drawer, place, {
      savedAt: new Date().toISOString(),
      edits: edits.value,
      pending: pending.value,
    })
  }
  watch([edits, pending], save)

  function commit(): void {
    if (live.value === null) return
    const set = live.value
    live.value = null
    apply(cells.put(grid.value, [set], stored))
  }

  return reactive({
    edits,
    live,
    pending,
    verdict,
    said,
    /** the device has no room for the draft */
    full,
    /** since when something is kept here and nowhere else; ISO 8601 */
    keptAt,
    stored,
    save,
    commit,
    /** the text of the cell in hand, not a step of undo before it is committed */
    type(key: cells.CellKey, text: string) {
      live.value = { key, text }
    },
    revert() {
      live.value = null
    },
    set(sets: readonly { key: cells.CellKey; text: string }[]) {
      commit()
      apply(cells.put(grid.value, sets, stored))
    },
    undo() {
      if (live.value !== null) live.value = null
      else apply(cells.undo(grid.value))
    },
    redo: () => apply(cells.redo(grid.value)),
    drop(keys: Iterable<cells.CellKey>) {
      live.value = null
      apply(cells.drop(grid.value, keys))
    },
    /** typing that now stands anyway is over */
    settle() {
      const done = cells.settled(grid.value.edits, stored)
      if (done.length > 0) apply(cells.drop(grid.value, done))
    },
    confirm(key: cells.CellKey, code: string, on: boolean) {
      apply(cells.confirm(grid.value, key, code, on))
    },
    mark(keys: Iterable<cells.CellKey>, change: Partial<Omit<cells.Edit, 'text'>>) {
      apply(cells.mark(grid.value, keys, change))
    },
    /** no answer came: the cells wait on this device */
    keep(keys: Iterable<cells.CellKey>) {
      keptAt.value = new Date().toISOString()
      apply(cells.mark(grid.value, keys, { kept: true }))
    },
    /** mine goes out as a change of theirs */
    keepMine(key: cells.CellKey) {
      const now = stored(key)
      apply(cells.mark(grid.value, [key], { base: now.value, version: now.version }))
    },
  })
}

/** The device's own drawer; where it may not be used, typing lasts as long as the page. */
export function deviceDrawer(): Drawer & { keys(): string[] } {
  try {
    const { localStorage } = window
    return {
      getItem: (k) => localStorage.getItem(k),
      setItem: (k, v) => localStorage.setItem(k, v),
      removeItem: (k) => localStorage.removeItem(k),
      keys: () => Object.keys(localStorage),
    }
  } catch {
    const map = new Map<string, string>()
    return {
      getItem: (k) => map.get(k) ?? null,
      setItem: (k, v) => void map.set(k, v),
      removeItem: (k) => void map.delete(k),
      keys: () => [...map.keys()],
    }
  }
}
