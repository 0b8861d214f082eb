/** Groups that are the sum of the other groups ("all ages" beside each age): added up with them every figure would be doubled. */
import { isHardlyChance } from '../../../shared/reading/sums.ts'

/** A row of a file whose rows are parts of figures. */
export interface Grouped {
  row: number
  /** what its figure is of: rows of one cell are added up */
  cell: string
  /** its group in each column of groups */
  labels: readonly string[]
  /** by counter; null = blank */
  values: readonly (number | null)[]
}

export interface GroupSum {
  /** column of groups, from 0, and what stands there */
  column: number
  label: string
  /** its first row */
  row: number
}

/** Labels that are the sum of the others of their column wherever there are two others, and hardly by chance. */
export function groupSums(rows: readonly Grouped[], columns: number): GroupSum[] {
  return Array.from({ length: columns }, (_, column) => sumsIn(rows, column)).flat()
}

function sumsIn(rows: readonly Grouped[], column: number): GroupSum[] {
  const found = new Map<string, GroupSum & { evidence: number[] }>()
  const none = new Set<string>()
  const cells = Map.groupBy(rows, ({ cell, labels }) => [cell, ...labels.toSpliced(column, 1)].join('\n'))
  for (const parts of cells.values()) {
    const given = parts.filter(({ values }) => values.some((value) => value !== null && value !== 0))
    const sums = given[0]?.values.map((_, c) => given.reduce((sum, { values }) => sum + (values[c] ?? 0), 0)) ?? []
    for (const part of parts) {
      const label = part.labels[column]!
      // of itself and one other it is not known which is the sum
      const isTold = given.filter((other) => other !== part).length > 1
      if (!isTold) continue
      if (part.values.some((value, c) => (value ?? 0) * 2 !== sums[c])) none.add(label)
      const sum = found.get(label) ?? { column, label, row: part.row, evidence: [] }
      // so many figures suffice
      if (sum.evidence.length < 10) sum.evidence.push(...part.values.map((value) => value ?? 0))
      found.set(label, sum)
    }
  }
  return [...found.values()].flatMap(({ evidence, ...sum }) =>
    none.has(sum.label) || !isHardlyChance(evidence) ? [] : [sum],
  )
}
