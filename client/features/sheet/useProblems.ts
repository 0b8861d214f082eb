/** One key from wherever one is on the page to what wants the person: F8 to the cell, again to its fix, again to the next. */
import { useEventListener } from '@vueuse/core'
import { type CellKey, cellKey } from './cells.ts'
import type { Todo } from './todo.ts'
import type { Sheet } from './useSheet.ts'
import { countersOf } from './worklist.ts'

/** The cell that a card is about; of several counters the first. */
export function cellOf(todo: Todo, counters: readonly string[]): CellKey {
  return cellKey(todo.unit, countersOf(todo, counters)[0] ?? counters[0] ?? '')
}

/** `room`: the page's element. Cards carry `data-about`, the key of their cell. */
export function useProblems(sheet: Sheet, room: () => HTMLElement | null, focus: (key: CellKey) => void): void {
  const cards = () => [...(room()?.querySelectorAll<HTMLElement>('[data-about]') ?? [])]
  const first = (card: HTMLElement) => card.querySelector<HTMLElement>('button, input, a, select')
  const here = () => document.activeElement as HTMLElement | null

  /** cells that want the person, in the order of their cards; without cards the first blank ones */
  function cells(): CellKey[] {
    const about = cards().map((card) => card.dataset.about!)
    if (about.length > 0) return about
    return sheet.lines.flatMap((l) => l.cells.filter((c) => c.editable && c.text === '').map((c) => c.key))
  }

  function next(): void {
    const card = here()?.closest<HTMLElement>('[data-about]')
    const cell = here()?.dataset['cell']
    const wanted = cells()
    if (card != null) return go(wanted[(cards().indexOf(card) + 1) % Math.max(1, wanted.length)])
    const fix = cell === undefined ? undefined : cards().find((c) => c.dataset.about === cell)
    const way = fix === undefined ? null : first(fix)
    if (way !== null) way.focus()
    else go(wanted[cell === undefined ? 0 : (wanted.indexOf(cell) + 1) % Math.max(1, wanted.length)])
  }
  function go(key: CellKey | undefined): void {
    if (key !== undefined) focus(key)
  }

  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || here()?.closest('dialog') != null) return
    const about = here()?.closest<HTMLElement>('[data-about]')?.dataset.about
    if (event.key === 'F8') next()
    else if (event.key === 'Escape' && about !== undefined) focus(about)
    else return
    event.preventDefault()
  })
}
