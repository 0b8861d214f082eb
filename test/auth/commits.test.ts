/** What a use of a session costs the disk (finding R8). */
import { DatabaseSync } from 'node:sqlite'
import { expect, it } from 'vitest'
import { districtA } from '../support/core.ts'
import { emitRaw, startServer, watch } from '../support/server.ts'

it('N4 a thousand requests and as many questions over live connections cost no commit, and are uses', async () => {
  const test = await startServer()
  const client = await test.as(districtA)
  const sockets = await Promise.all(Array.from({ length: 10 }, () => client.socket()))
  // changes whenever anybody else has committed to the file
  const db = new DatabaseSync(test.file, { readOnly: true })
  const commits = () => db.prepare('PRAGMA data_version').get()?.data_version
  const before = commits()
  test.clock.now = new Date(test.clock.now.getTime() + 30_000)
  for (let i = 0; i < 20; i++) {
    await Promise.all(Array.from({ length: 50 }, () => client.get('/api/v1/session')))
    await Promise.all(sockets.map((socket) => watch(socket, 'programme')))
    for (let n = 0; n < 4; n++) await Promise.all(sockets.map((socket) => emitRaw(socket, 'clock')))
  }
  expect(commits()).toBe(before)
  const [session] = await test.server.auth.sessions.ofMember(districtA.id)
  expect(session!.seen).toBe(test.clock.now.getTime())
  // and it would have been noticed
  await test.as(districtA)
  expect(commits()).not.toBe(before)
  db.close()
  sockets.forEach((socket) => socket.close())
  await test.close()
})
