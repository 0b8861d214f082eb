/** The focused cell, the selected block and the keys of the grid: from events of the table to typing. */
import { computed, nextTick, onBeforeUnmount, onMounted, reactive, shallowRef, type ShallowRef, watch } from 'vue'
import { tabbed } from '../../ui/tableCopy.ts'
import { type Action, type Block, blockOf, inBlock, isSingle, keyAction, type Mode, type Spot, target } from './keys.ts'
import type { Labels } from './labels.ts'
import type { Sheet } from './useSheet.ts'
import type { CellView } from './view.ts'
import { isFigure, workAct } from './workKeys.ts'

export type Grid = ReturnType<typeof useGrid>

export interface GridEvents {
  paste(text: string, block: Block): void
  /** cells emptied: typing taken away, and figures that are to be taken back */
  cleared(cells: number, withdrawn: number): void
  copied(cells: number): void
  /** somebody types into a cell that cannot be changed */
  barred(cell: CellView): void
  send(): void
  /** a step was taken back: what was said of it is over */
  undone(): void
  /** the history of the chosen cell is wanted in sight */
  history(): void
}

export function useGrid(
  sheet: Sheet,
  labels: Pick<Labels, 'column' | 'name'>,
  table: Readonly<ShallowRef<HTMLElement | null>>,
  events: GridEvents,
) {
  const mode = shallowRef<Mode>('nav')
  /** corners of the selected block, the second is what the keys move; null = it is the focused cell alone */
  const corners = shallowRef<readonly [Spot, Spot] | null>(null)
  let dragging = false

  const size = computed(() => ({ rows: sheet.lines.length, cols: sheet.counters.length }))
  const spotOf = (key: string): Spot => {
    const [unit, counter] = key.split('/') as [string, string]
    return { row: sheet.lines.findIndex((l) => l.unit === unit), col: sheet.counters.indexOf(counter) }
  }
  const cellAt = ({ row, col }: Spot): CellView | undefined => sheet.lines[row]?.cells[col]
  const spot = computed(() => spotOf(sheet.focus))
  const block = computed(() => blockOf(...(corners.value ?? [spot.value, spot.value])))
  const cellsOf = (b: Block) => sheet.lines.slice(b.top, b.bottom + 1).map((l) => l.cells.slice(b.left, b.right + 1))
  const inputOf = (key: string) => table.value?.querySelector<HTMLInputElement>(`[data-cell="${CSS.escape(key)}"]`)

  function go(to: Spot): void {
    const cell = cellAt(to)
    if (cell === undefined) return
    sheet.typing.commit()
    const input = inputOf(cell.key)
    if (document.activeElement === input) entered(cell.key)
    else input?.focus()
  }

  /** the cell in hand stays: what is typed next goes into it (Q18) */
  function choose(from: Spot, to: Spot): void {
    sheet.typing.commit()
    mode.value = 'nav'
    corners.value = [from, to]
    select()
  }

  function extend(to: Spot): void {
    choose(spot.value, to)
    inputOf(cellAt(to)!.key)?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }

  function entered(key: string): void {
    if (sheet.typing.live?.key !== key) sheet.typing.commit()
    corners.value = null
    mode.value = 'nav'
    sheet.focusOn(key)
    select()
  }

  /** typing over a chosen cell replaces it, so its whole text is selected */
  const select = () =>
    void nextTick(() => {
      const input = inputOf(sheet.focus)
      if (input !== null && input !== undefined && input === document.activeElement && mode.value === 'nav')
        input.select()
    })
  // also when its figure has changed since it was chosen: a sign typed would be added to it
  watch(() => [sheet.cell(sheet.focus)?.text, sheet.cell(sheet.focus)?.value], select, { flush: 'post' })

  function run(action: Action): void {
    switch (action.kind) {
      case 'move':
      case 'edge':
        return action.extend
          ? extend(target(action, corners.value?.[1] ?? spot.value, size.value))
          : go(target(action, spot.value, size.value))
      case 'edit':
        return edit()
      case 'revert':
        if (mode.value === 'nav') corners.value = null
        sheet.typing.revert()
        mode.value = 'nav'
        return select()
      case 'clear':
        return clear()
      case 'undo':
      case 'redo':
        mode.value = 'nav'
        sheet.typing[action.kind]()
        if (action.kind === 'undo') events.undone()
        return select()
      case 'all':
        return choose({ row: 0, col: 0 }, { row: size.value.rows - 1, col: size.value.cols - 1 })
      case 'send':
        sheet.typing.commit()
        mode.value = 'nav'
        return events.send()
    }
  }

  function clear(): void {
    const cells = editable(block.value)
    sheet.typing.set(cells.map((c) => ({ key: c.key, text: '' })))
    events.cleared(cells.length, cells.filter((c) => sheet.cell(c.key)?.state === 'withdrawn').length)
    select()
  }

  const editable = (b: Block) =>
    cellsOf(b)
      .flat()
      .filter((c) => c.editable)

  const isTyped = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent) =>
    key.length === 1 && key !== ' ' && !ctrlKey && !metaKey && !altKey
  function tellBarred(): void {
    const cell = cellAt(spot.value)
    if (cell?.editable === false) events.barred(cell)
  }

  function edit(): void {
    const input = inputOf(sheet.focus)
    if (input === null || input === undefined || input.readOnly) return
    mode.value = 'edit'
    void nextTick(() => input.setSelectionRange(input.value.length, input.value.length))
  }

  const keyOf = (event: Event) => (event.target as HTMLElement).closest<HTMLElement>('[data-cell]')?.dataset.cell

  function pasteText(text: string): void {
    mode.value = 'nav'
    sheet.typing.revert()
    events.paste(text, block.value)
    select()
  }

  /** the whole sheet goes with the names of its lines and counters, which find their places again when it is pasted */
  const named = (texts: string[][]): string[][] => [
    ['', ...sheet.counters.map(labels.column)],
    ...texts.map((row, i) => [labels.name(sheet.lines[i]!.unit), ...row]),
  ]

  const release = () => {
    dragging = false
  }
  onMounted(() => window.addEventListener('mouseup', release))
  onBeforeUnmount(() => window.removeEventListener('mouseup', release))

  return reactive({
    mode,
    block,
    selected: (row: number, col: number) => !isSingle(block.value) && inBlock(block.value, { row, col }),
    /** puts the focus into a cell from outside the grid */
    focus: (key: string) => go(spotOf(key)),
    pasteText,
    /** what is typed is kept, and the cell is only chosen */
    settle() {
      sheet.typing.commit()
      mode.value = 'nav'
      select()
    },
    on: {
      focusin(event: FocusEvent) {
        const key = keyOf(event)
        if (key !== undefined) entered(key)
      },
      focusout() {
        sheet.typing.commit()
        mode.value = 'nav'
      },
      input(event: Event) {
        const key = keyOf(event)
        if (key === undefined) return
        if (mode.value === 'nav') mode.value = 'enter'
        corners.value = null
        sheet.typing.type(key, (event.target as HTMLInputElement).value)
      },
      keydown(event: KeyboardEvent) {
        // letters are the page's while a cell is only chosen, or a figure is typed into it
        const { value } = event.target as HTMLInputElement
        if (workAct(event) !== null && (mode.value === 'nav' || isFigure(value))) return
        if (event.key === 'F2') events.history()
        const action = keyAction(
          {
            key: event.key,
            ctrl: event.ctrlKey || event.metaKey,
            shift: event.shiftKey,
            alt: event.altKey,
            composing: event.isComposing,
          },
          mode.value,
        )
        if (isTyped(event) || action?.kind === 'edit') tellBarred()
        if (action === null) return
        event.preventDefault()
        run(action)
      },
      mousedown(event: MouseEvent) {
        const key = keyOf(event)
        if (key === undefined || event.button !== 0) return
        if (key === sheet.focus && mode.value !== 'nav') return
        event.preventDefault()
        dragging = true
        if (event.shiftKey && cellAt(spot.value) !== undefined) extend(spotOf(key))
        else go(spotOf(key))
      },
      mouseover(event: MouseEvent) {
        const key = keyOf(event)
        if (dragging && key !== undefined && (corners.value !== null || key !== sheet.focus)) extend(spotOf(key))
      },
      dblclick: edit,
      copy(event: ClipboardEvent) {
        if (mode.value === 'edit') return
        const cells = cellsOf(block.value)
        const texts = cells.map((row) => row.map((c) => (c.cumulative || c.value === null ? c.text : String(c.value))))
        const { rows, cols } = size.value
        const isWhole = cells.length === rows && cells[0]?.length === cols && rows * cols > 1
        event.clipboardData?.setData('text/plain', tabbed(isWhole ? named(texts) : texts))
        event.preventDefault()
        events.copied(cells.flat().length)
      },
      paste(event: ClipboardEvent) {
        const text = event.clipboardData?.getData('text/plain') ?? ''
        // inside a text a plain word is the field's own
        if (mode.value === 'edit' && !/[\t\r\n]/.test(text.trimEnd())) return
        event.preventDefault()
        pasteText(text)
      },
    },
  })
}
