/** Rows that no chain covers are written twice: a bit that flips in one place shows by the other. */

/** The second writing, as a column of the table. */
export const copyOf = (columns: readonly string[]): string => `copy TEXT GENERATED ALWAYS AS (${inOne(columns)}) STORED`

/** A view of the table's rows that are not twice the same; it is found by the end of its name. */
export const damagedOf = (table: string, columns: readonly string[]): string =>
  `CREATE VIEW ${table}${DAMAGED} AS SELECT 1 FROM ${table} WHERE copy IS NOT ${inOne(columns)};`

/** End of the names of all such views. */
export const DAMAGED = '_damaged'

/** NULL differs from every text. */
const inOne = (columns: readonly string[]): string => columns.map((column) => `quote(${column})`).join(` || ' ' || `)
