/** Typing on the sheet of one unit and day: the grid, what is being typed this moment, the drafts on this device. */
import { computed, onScopeDispose, reactive, shallowRef, watch } from 'vue'
import type { Refusal } from '../../../shared/errors.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { Cell, CellDraft, DraftStore } from '../../sync/drafts.ts'
import * as cells from './cells.ts'
import { noVerdict, type Verdict } from './check.ts'
import type { WasTyped } from './onItsWay.ts'
import { type BasisIn, isNextOf } from './submit.ts'

export type Typing = ReturnType<typeof useTyping>

export interface TypingInput {
  drafts: DraftStore
  day: Day
  lines: () => readonly string[]
  /** what typing is made upon; see `Stored` */
  stored: (key: cells.CellKey) => cells.Stored
}

export function useTyping({ drafts, day, lines, stored }: TypingInput) {
  const grid = shallowRef<cells.Grid>({ ...cells.emptyGrid, edits: keptEdits(drafts, day, lines()) })
  const live = shallowRef<Required<cells.Typed> | null>(null)
  const verdict = shallowRef<Verdict & { sheet: readonly Refusal[] }>({ ...noVerdict, sheet: [] })

  const cellOf = (key: cells.CellKey): Cell => ({ unit: cells.unitOf(key), day, counter: cells.counterOf(key) })

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

  // on the device with every stroke, each cell for itself: another tab's cells are not this one's to write
  watch(
    edits,
    (now, before) => {
      for (const [key, edit] of now) {
        const was = before.get(key)
        // two tabs that have one cell in hand would write over each other without end
        const isHeard =
          live.value?.key === key && was?.text === edit.text && was.confirmed.join() === edit.confirmed.join()
        if (edit !== was && !isHeard && !isKept(drafts.get(cellOf(key)), edit)) drafts.put(cellOf(key), edit)
      }
      for (const key of before.keys()) if (!now.has(key)) drafts.remove(cellOf(key))
    },
    { flush: 'sync' },
  )
  const stop = drafts.onChange((cell) => {
    if (cell.day !== day || !lines().includes(cell.unit)) return
    const draft = drafts.get(cell)
    apply(cells.replace(grid.value, cells.cellKey(cell.unit, cell.counter), draft && editOf(draft)))
  })
  onScopeDispose(stop)

  function commit(): void {
    if (live.value === null) return
    const set = live.value
    live.value = null
    apply(cells.put(grid.value, [set], stored))
  }

  return reactive({
    edits,
    live,
    verdict,
    said,
    commit,
    mark: (key: cells.CellKey) => drafts.mark(cellOf(key)),
    /** the text of the cell in hand, not a step of undo before it is committed */
    type(key: cells.CellKey, text: string) {
      const before = live.value?.key === key ? live.value.basis : undefined
      live.value = { key, text, basis: before ?? cells.basisFor(stored(key), grid.value.edits.get(key)) }
    },
    revert() {
      live.value = null
    },
    set(sets: readonly { key: cells.CellKey; text: string }[]) {
      commit()
      apply(cells.put(grid.value, sets, stored))
    },
    /** what stands is good: the typing is given up */
    giveUp(keys: Iterable<cells.CellKey>) {
      live.value = null
      apply(cells.clear(grid.value, keys))
    },
    undo() {
      if (live.value !== null) live.value = null
      else apply(cells.undo(grid.value))
    },
    redo: () => apply(cells.redo(grid.value)),
    /** what was accepted cannot be undone */
    forget() {
      apply(cells.drop(grid.value, []))
    },
    /** typing that now stands anyway is over */
    dropRedundant() {
      const done = cells.redundant(grid.value.edits, stored).filter((key) => key !== live.value?.key)
      if (done.length > 0) apply(cells.drop(grid.value, done))
    },
    confirm(key: cells.CellKey, code: string, on: boolean) {
      apply(cells.confirm(grid.value, key, code, on))
    },
    annotate(keys: Iterable<cells.CellKey>, change: Partial<Omit<cells.Edit, 'text'>>) {
      apply(cells.annotate(grid.value, keys, change))
    },
    /** mine goes out as a change of what stands now */
    keepMine(key: cells.CellKey) {
      rebase(key, cells.basisOn(stored(key)))
      apply(cells.annotate(grid.value, [key], { basis: cells.basisOn(stored(key)) }))
      withdrawVerdict(key)
    },
    /**
     * What a refused command carried of the cell is typing again; what was typed over meanwhile stays, unless that was
     * carried by `upon`, which was refused before and came back in the same way.
     */
    restore(key: cells.CellKey, { text, basis, from }: WasTyped, upon: BasisIn) {
      rebase(key, basis)
      const edit = grid.value.edits.get(key)
      const isOver = edit !== undefined && !isNextOf(edit, upon)
      const next = { text, basis, from, kept: true, confirmed: [], why: '', contest: false }
      apply(cells.replace(grid.value, key, isOver ? { ...edit, basis } : next))
    },
  })

  /** the cell in hand is made upon something else */
  function rebase(key: cells.CellKey, basis: cells.Edit['basis']): void {
    if (live.value?.key === key) live.value = { ...live.value, basis }
  }

  function withdrawVerdict(key: cells.CellKey): void {
    const about = new Map(verdict.value.cells)
    if (about.delete(key)) verdict.value = { ...verdict.value, cells: about }
  }
}

const editOf = ({ text, basis, confirmed, contest, why = '', from }: CellDraft): cells.Edit => ({
  ...{ text, basis, confirmed, contest, why, ...(from !== undefined && { from }) },
  kept: true,
})

function keptEdits(drafts: DraftStore, day: Day, lines: readonly string[]): cells.Edits {
  const edits = new Map<cells.CellKey, cells.Edit>()
  for (const unit of lines)
    for (const [counter, draft] of drafts.of(unit, day)) edits.set(cells.cellKey(unit, counter), editOf(draft))
  return edits
}

const isKept = (draft: CellDraft | undefined, { text, basis, confirmed, contest, why, from }: cells.Edit): boolean =>
  draft !== undefined &&
  draft.text === text &&
  draft.contest === contest &&
  (draft.why ?? '') === why &&
  draft.from?.command === from?.command &&
  draft.basis.version === basis.version &&
  draft.basis.value === basis.value &&
  draft.basis.command === basis.command &&
  draft.confirmed.join() === confirmed.join()
