/** Cells held in columns: typed arrays by reporting unit and day. */
import type { Cells } from './cells.ts'
import type { Units } from './units.ts'

/** What columns are laid out by. */
export interface CellShape {
  units: Units
  counters: ReadonlyMap<string, number>
}
export interface SavedCells {
  units: never[]
}
export function createCells(shape: CellShape | null): Cells {
  throw new Error(String(shape))
}
export function saveCells(cells: Cells): SavedCells {
  throw new Error(String(cells))
}
export function restoreCells(saved: SavedCells, shape: CellShape | null): Cells {
  throw new Error(String([saved, shape]))
}
