/** What all rows have. */

/** A member by id, with the name that the log gives. */
export interface Person {
  id: string
  name: string
}

export interface RowOf<K extends string> {
  kind: K
  /** unique in its scope; see `rowKey` */
  key: string
}
