// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'

const me = { id: 'm', name: 'M', role: 'office', unit: 'C', login: 'm' }

const server = vi.hoisted(() => {
  const nobody = (): void => undefined
  return { me: null as unknown, suspect: nobody, signedOut: nobody }
})
vi.mock('../../../client/sync/live.ts', () => ({
  connection: { start: vi.fn(), stop: vi.fn(), socket: { connected: true } },
  onSuspect: (told: () => void) => (server.suspect = told),
  pageNow: () => 0,
}))
vi.mock('../../../client/sync/api.ts', () => ({
  onSignedOut: (told: () => void) => (server.signedOut = told),
  async callApi(name: string) {
    if (name === 'signOut') {
      server.me = null
      // the server ends the connection before its answer arrives
      server.suspect()
      server.signedOut()
      await new Promise((done) => setTimeout(done, 5))
    }
    return { ok: true, value: { me: server.me, endsIn: null, programme: null, demo: null } }
  },
}))
const { useSession } = await import('../../../client/stores/session.ts')

beforeEach(() => {
  setActivePinia(createPinia())
  server.me = me
  sessionStorage.clear()
})

test('one’s own sign-out is not told as a session that ended elsewhere', async () => {
  const session = useSession()
  await session.load()
  await session.signOut()
  await new Promise((done) => setTimeout(done, 10))
  expect([session.me, session.ended]).toEqual([null, false])
})

test('a session that ended without this page is', async () => {
  const session = useSession()
  await session.load()
  server.me = null
  server.suspect()
  await vi.waitFor(() => expect([session.me, session.ended]).toEqual([null, true]))
})

test('G3 a session that ended while the page was loaded anew, or its tab was put away, is told as well', async () => {
  await useSession().load()
  server.me = null
  setActivePinia(createPinia())
  const again = useSession()
  await again.load()
  expect([again.me, again.ended]).toEqual([null, true])
  server.me = me
  await again.signIn('m', 'password')
  expect([again.me, again.ended]).toEqual([me, false])
  await again.signOut()
  setActivePinia(createPinia())
  const after = useSession()
  await after.load()
  expect(after.ended, 'who signed out knows').toBe(false)
})

test('nobody who was not signed in is told that a session ended', async () => {
  server.me = null
  const session = useSession()
  await session.load()
  expect(session.ended).toBe(false)
})
