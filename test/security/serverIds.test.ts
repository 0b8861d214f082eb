/** Ids of the commands that the server itself sends: nobody can have one of them first (finding S1, and its kind). */
import { expect, test, vi } from 'vitest'
import { COMMANDS, SYSTEM_ID } from '../../shared/command.ts'
import type { Recorded } from '../../shared/event.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { districtA, item, office, PEOPLE } from '../support/core.ts'
import { MORNING, PASSWORD, startServer, type TestServer } from '../support/server.ts'

async function start(): Promise<TestServer> {
  let now = () => MORNING
  const server = await startServer({ elapsed: () => now().getTime() })
  now = () => server.clock.now
  return server
}

async function logOf({ file }: TestServer): Promise<Recorded[]> {
  const store = openSqlite(file, { readOnly: true })
  try {
    return await store.read(0, 1_000)
  } finally {
    await store.close()
  }
}

/** The server begins days, passes deadlines, adds who joins, and ends the programme. */
async function live(server: TestServer): Promise<void> {
  const { body } = await (
    await server.as(office)
  ).post('/api/v1/invitations', { name: 'Zhao', role: 'district', unit: 'A' })
  const input = { token: String(body.link).split('#')[1], name: 'Zhao', login: 'zhao', password: PASSWORD }
  expect((await server.stranger().post('/api/v1/invitations/join', input)).status).toBe(200)
  for (const moment of ['2008-01-10T10:00:00Z', '2008-01-10T16:00:00Z', '2009-02-01T00:00:00Z']) {
    const { seq } = server.server.core.clock()
    server.clock.now = new Date(moment)
    await vi.waitFor(() => expect(server.server.core.clock().seq).toBeGreaterThan(seq), { timeout: 15_000 })
  }
}

/** Of the commands that no client has sent. */
const own = (log: readonly Recorded[]) => log.filter(({ command }) => !command.startsWith('test-'))

test(
  'C22 (finding S1) what the server sends has an id that is reserved or cannot be guessed, whoever it is sent for',
  { timeout: 90_000 },
  async () => {
    const [one, other] = [await start(), await start()]
    await Promise.all([live(one), live(other)])
    const [mine, theirs] = [own(await logOf(one)), own(await logOf(other))]
    expect(mine.map((e) => e.type)).toEqual(theirs.map((e) => e.type))
    expect(new Set(mine.map((e) => e.type))).toEqual(
      new Set(['ProgrammeOpened', 'DayBegan', 'MemberAdded', 'DeadlinePassed', 'ProgrammeEnded']),
    )
    const guessed = mine.filter((e, i) => e.command === theirs[i]!.command)
    expect(guessed.filter((e) => !e.command.startsWith(SYSTEM_ID)).map((e) => [e.type, e.command])).toEqual([])
    expect(guessed.length).toBeGreaterThan(3)
    await Promise.all([one.close(), other.close()])
  },
)

test('C22 a reserved id is refused from everybody, for every command, and leaves nothing behind', async () => {
  const server = await start()
  const data = { items: [item('A1', '2008-01-10', { accepted: 1, issued: 1 })] }
  const id = `${SYSTEM_ID}BeginDay:2008-01-11:2`
  const { seq } = server.server.core.clock()
  for (const person of PEOPLE) {
    const client = await server.as(person)
    const socket = await client.socket()
    for (const kind of Object.keys(COMMANDS)) {
      // who may send nothing is told that first
      const refusal = person.role === 'viewer' ? { code: 'may.not' } : { code: 'command.idReserved', at: 'id' }
      const sent = await client.post('/api/v1/commands', { id, kind, data })
      expect([person.id, kind, sent.body]).toMatchObject([person.id, kind, { refusals: [refusal] }])
      expect(await socket.emitWithAck('command', { id, kind, data })).toEqual({ ok: false, refusals: [refusal] })
    }
    socket.close()
  }
  expect(server.server.core.clock().seq).toBe(seq)
  const again = await (await server.as(districtA)).command('SubmitReports', data)
  expect(again).toMatchObject({ ok: true })
  await server.close()
})
