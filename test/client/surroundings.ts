/**
 * The stores and the outbox of a page's component test, mocked for whoever imports this before the page; `surround` says
 * what they give.
 */
import { vi } from 'vitest'
import type { Surroundings } from './page.ts'

const held = vi.hoisted(() => ({}) as Surroundings)
// the page is not shown by a route here
vi.mock('vue-router', async (load) => ({ ...(await load<object>()), onBeforeRouteLeave: () => undefined }))
vi.mock('../../client/stores/scope.ts', () => import('./fakeScope.ts'))
vi.mock('../../client/stores/programme.ts', () => ({ useProgramme: () => held.programme }))
vi.mock('../../client/stores/session.ts', () => ({ useSession: () => held.session }))
vi.mock('../../client/stores/connection.ts', () => ({
  useConnection: () => ({ state: held.connection, trouble: null, closed: false }),
}))
vi.mock('../../client/sync/commands.ts', () => ({
  get outbox() {
    return held.outbox
  },
}))

/** What the mocks give. */
export const here = held
