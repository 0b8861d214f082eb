/** Scope `programme`: which programme is open, by the hash under which it is fetched. */
import { hash } from 'node:crypto'
import type { Programme } from '../../../shared/domain/programme.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import type { State } from '../state.ts'
import type { View } from './view.ts'

/** SHA-256 of the programme's JSON, hex, first 32 digits: the same for the same programme, whoever serves it. */
export const programmeHash = (programme: Programme): string => hash('sha256', JSON.stringify(programme)).slice(0, 32)

export function programmeView({ world }: State): View {
  const key = rowKey.programme()
  return {
    keys: () => (world.setting === null ? [] : [key]),
    row() {
      if (world.setting === null) return null
      const { programme, origin } = world.setting
      return { kind: 'programme', key, hash: programmeHash(programme), origin }
    },
    touch: ({ newSetting }, mark) => {
      if (newSetting) mark(key)
    },
  }
}
