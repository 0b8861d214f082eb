/** Who acts for which unit. */
import type { View } from '../view.ts'

export const memberView: View = {
  kind: 'member',
  fold({ event }, _state, mark) {
    if (event.type === 'MemberAdded' || event.type === 'MemberEnded') mark(event.data.member)
  },
  build(id, { world }) {
    const { id: member, ...rest } = world.members.get(id)!
    return { kind: 'member', key: `member/${id}`, member, ...rest }
  },
  scopes: () => ['people'],
}
