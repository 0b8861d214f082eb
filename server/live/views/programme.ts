/** Scope `programme`: what is rolled out. */
import type { View } from '../view.ts'

export const programmeView: View = {
  kind: 'programme',
  fold({ event }, _state, mark) {
    if (event.type === 'ProgrammeOpened') mark('')
  },
  build: (_id, { world }) => {
    const { programme, nature } = world.frame!
    return { kind: 'programme', key: 'programme', programme, nature }
  },
  scopes: () => ['programme'],
}
