/** What a pasted block is held against, and what is planned for it. */
import type { Question } from './pasteAsk.ts'

/** What of a pasted block has no place, with its own row and column (from 1) and the text that stands there. */
export interface PasteProblem {
  kind:
    | 'unknownUnit'
    | 'duplicateUnit'
    | 'unknownColumn'
    | 'tooManyColumns'
    | 'tooManyRows'
    | 'notEditable'
    | 'totalRow'
    | 'unread'
    | 'above'
    | 'headAgain'
    | 'turned'
    | 'twice'
    | 'unitsDiffer'
  row: number
  col: number
  text: string
}

export interface PasteSet {
  row: number
  col: number
  text: string
}

export interface PastePlan {
  sets: PasteSet[]
  /** texts that will not be taken over; the person decides */
  problems: PasteProblem[]
  /** what the block may mean; nothing is carried out while one is open */
  questions: Question[]
  byName: boolean
}

export interface PasteTarget {
  /** `label` in the reader's language; `editable` and `texts` by column */
  rows: readonly {
    label: string
    code: string
    names: readonly string[]
    editable: readonly boolean[]
    texts: readonly string[]
  }[]
  /** `cumulative`: kept as its running total, which a column is of unless its heading says that it is of the day (F33) */
  columns: readonly { label: string; names: readonly string[]; cumulative?: boolean }[]
  at: { row: number; col: number }
  /** names of the whole, which its row of sums bears */
  totals: readonly string[]
  /** words of the programme in a heading that change nothing about its figures: what is counted */
  fillers: readonly string[]
}
