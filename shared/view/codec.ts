/** The shape of what turns a kind of row into its place on the wire and back. */
import type { Layout, UnitIndex } from './layout.ts'
import type { RowByKind, RowKind } from './rows.ts'

type Plain<K extends RowKind> = Omit<RowByKind<K>, 'kind' | 'key'>

export interface Codec<K extends RowKind> {
  encode(row: RowByKind<K>, units: UnitIndex): Layout[K]
  /** `id` is the key without its letter */
  decode(fields: Layout[K], units: UnitIndex, id: string): Plain<K>
}
