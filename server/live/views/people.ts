/** Scope `people`: who acts for which unit. */
import { rowKey } from '../../../shared/view/wire.ts'
import type { State } from '../state.ts'
import type { View } from './view.ts'

function* memberKeys({ world }: State): Generator<string> {
  for (const [id] of world.members.entries()) yield rowKey.member(id)
}

export function peopleView(state: State): View {
  return {
    keys: () => memberKeys(state),
    row(key) {
      const member = state.world.members.get(key.slice(1))
      if (member === undefined) return null
      const { id, name, role, unit, tasks, ended } = member
      return { kind: 'member', key, member: id, name, role, unit, tasks, ended }
    },
    touch: ({ event }, mark) => {
      if ('member' in event.data) mark(rowKey.member(event.data.member))
    },
  }
}
