/** Rows of one unit and day that are parts of one figure (age groups …), added up. */
import type { Values } from '../../../shared/domain/values.ts'
import type { Fault } from './faults.ts'
import type { Format } from './format.ts'
import { KEEP_ONE, type Part, type Row } from './rows.ts'

/** A group of a unit and day, as last published. */
interface Known {
  values: Values
  row: number
}

/**
 * Takes the rows of one publication after the other. A figure is the sum of its groups, each as it was last published; a
 * group that was never published is nothing. Without groups a second row of a cell is a fault, and so is a blank beside
 * parts that are given.
 */
export function addGroups(
  { groups, counters, reports: file }: Format,
  faults: Fault[],
): (parts: readonly Part[]) => Row[] {
  const cells = new Map<string, Map<string, Known>>()
  const fault = ({ unit, day, row }: Row, says: string) =>
    faults.push({ file, place: `row ${row}`, says: `${says} (${unit} on ${day})` })

  function sumOf(row: Row, known: ReadonlyMap<string, Known>): Row {
    const values: Values = {}
    for (const { key, heading } of counters) {
      const given = [...known].filter(([, part]) => part.values[key] !== undefined)
      const blank = [...known.keys()].find((group) => known.get(group)!.values[key] === undefined)
      if (given.length > 0 && blank !== undefined)
        fault(
          row,
          `the group ${blank} has no figure for "${heading}" while others have: a sum needs all its parts. Write 0 where there was nothing.`,
        )
      if (given.length > 0) values[key] = given.reduce((sum, [, part]) => sum + part.values[key]!, 0)
    }
    return { ...row, values }
  }

  return (parts) => {
    const touched = new Map<string, Row>()
    const seen = new Map<string, number>()
    for (const { group, ...row } of parts) {
      const cell = `${row.unit}/${row.day}`
      const twice = seen.get(`${cell}/${group}`)
      if (twice !== undefined)
        fault(
          row,
          `${group === '' ? 'this report' : `the group ${group}`} stands in row ${twice} of the same publication already. ${KEEP_ONE}`,
        )
      seen.set(`${cell}/${group}`, row.row)
      if (!touched.has(cell)) touched.set(cell, row)
      if (groups.length === 0) continue
      const known = cells.get(cell) ?? new Map<string, Known>()
      cells.set(cell, known.set(group, { values: row.values, row: row.row }))
    }
    return groups.length === 0 ? [...touched.values()] : [...touched].map(([cell, row]) => sumOf(row, cells.get(cell)!))
  }
}
