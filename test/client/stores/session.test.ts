// @vitest-environment happy-dom
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'

const me = { id: 'm', name: 'M', role: 'office', unit: 'C', login: 'm' }

const server = vi.hoisted(() => {
  const nobody = (): void => undefined
  return { me: null as unknown, away: false, suspect: nobody, signedOut: nobody }
})
vi.mock('../../../client/sync/live.ts', () => ({
  connection: { start: vi.fn(), stop: vi.fn(), socket: { connected: true } },
  onSuspect: (told: () => void) => (server.suspect = told),
  onConnected: () => undefined,
  shelf: { open: () => undefined, clear: () => Promise.resolve() },
  pageNow: () => 0,
}))
vi.mock('../../../client/sync/commands.ts', () => ({ serverTakes: () => undefined, outbox: { waiting: () => [] } }))
vi.mock('../../../client/sync/api.ts', () => ({
  actFor: () => undefined,
  onSignedOut: (told: () => void) => (server.signedOut = told),
  async callApi(name: string) {
    if (name === 'signOut') {
      server.me = null
      // the server ends the connection before its answer arrives
      server.suspect()
      server.signedOut()
      await new Promise((done) => setTimeout(done, 5))
    }
    if (server.away) return { ok: false, refusals: [{ code: 'network.unreachable' }] }
    const endsIn = server.me === null ? null : 60_000
    return { ok: true, value: { me: server.me, endsIn, programme: null, commands: {}, demo: null } }
  },
}))
const { useSession } = await import('../../../client/stores/session.ts')

beforeEach(() => {
  setActivePinia(createPinia())
  Object.assign(server, { me, away: false })
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

describe('without a network', () => {
  test('G13 a page opens for whoever was signed in here', async () => {
    await useSession().load()
    setActivePinia(createPinia())
    server.away = true
    const again = useSession()
    await again.load()
    expect(again.me).toEqual(me)
  })

  test('G13 nobody is in where the session has ended, the person has signed out, or its age is over', async () => {
    const before = useSession()
    await before.load()
    await before.signOut()
    setActivePinia(createPinia())
    server.away = true
    const signedOut = useSession()
    await signedOut.load()
    expect(signedOut.me).toBeNull()

    setActivePinia(createPinia())
    Object.assign(server, { me, away: false })
    await useSession().load()
    vi.setSystemTime(Date.now() + 61_000)
    server.away = true
    setActivePinia(createPinia())
    const late = useSession()
    await late.load()
    vi.useRealTimers()
    expect(late.me).toBeNull()
  })
})

describe('somebody else signs in on the same browser', () => {
  test('G11 the page stays its own person’s and says who it is', async () => {
    const session = useSession()
    await session.load()
    server.me = { ...me, id: 'o', name: 'Other' }
    server.suspect()
    await vi.waitFor(() => expect(session.other).toBe('Other'))
    expect([session.me, session.owner]).toEqual([me, null])
    server.me = me
    server.suspect()
    await vi.waitFor(() => expect(session.other).toBeNull())
  })
})
