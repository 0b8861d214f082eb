/** Rows of a table that are the sum of others. */

/**
 * Positions of rows that are, in every column with a figure, the sum of all other rows or of all rows above. A sum has at least
 * two parts that are not zero. `null` = no figure; each row is as long as the first.
 */
export function sumRows(rows: readonly (readonly (number | null)[])[]): number[] {
  return rows.flatMap((row, i) => {
    const isSum = (others: readonly (readonly (number | null)[])[]) =>
      row.some((value) => value !== null) &&
      row.every((value, c) => (value ?? 0) === others.reduce((sum, other) => sum + (other[c] ?? 0), 0)) &&
      others.filter((other) => other.some((value) => value !== null && value !== 0)).length > 1
    return isSum(rows.slice(0, i)) || isSum(rows.toSpliced(i, 1)) ? [i] : []
  })
}
