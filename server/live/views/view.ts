/** What a scope is made of: its rows, each a pure function of the state. */
import type { World } from '../../../shared/domain/world.ts'
import type { Person, Row } from '../../../shared/view/rows.ts'
import type { Change } from '../state.ts'

/** Names every row of a scope. */
export const ALL = '*'

export interface View {
  /** keys of all rows that there are now */
  keys(): Iterable<string>
  /** the row as it stands now; null when there is none */
  row(key: string): Row | null
  /** marks the keys of rows that the change may have touched, made or removed; `ALL` when it may be any */
  touch(change: Change, mark: (key: string) => void): void
  /** keys of rows that any report may change, so that it would be no use to mark them: they are looked at whenever others are */
  restless?: readonly string[]
}

/** A member by id with the name that the log gives; an id without a member is its own name. */
export const person = ({ members }: World, id: string): Person => ({ id, name: members.get(id)?.name ?? id })

/** Number in a key after its letter. */
export const numberIn = (key: string): number => Number(key.slice(1))

/** A view of nothing, for what does not exist. */
export const NOTHING: View = { keys: () => [], row: () => null, touch: () => undefined }
