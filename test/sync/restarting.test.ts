import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openConnection } from '../../client/sync/socket.ts'
import { type ServerProcess, signIn, startProcess } from '../support/process.ts'

describe('a server that is restarted', { timeout: 60_000 }, () => {
  let server: ServerProcess
  beforeAll(async () => {
    server = await startProcess()
  }, 60_000)
  afterAll(() => server.close())

  it('H2 tells the page, which suspects nobody and is back by itself', async () => {
    const cookie = await signIn(server.url, 'office')
    const suspect = vi.fn()
    const connection = openConnection({
      ...{ now: () => performance.now(), suspect, url: server.url },
      options: { extraHeaders: { cookie }, forceNew: true },
    })
    const heard: string[] = []
    connection.socket.on('connect', () => heard.push('connect'))
    connection.socket.on('disconnect', () => heard.push('disconnect'))
    connection.socket.on('closing', () => heard.push('closing'))
    connection.start()
    await vi.waitFor(() => expect(heard).toEqual(['connect']), 10_000)

    await server.stop()
    await vi.waitFor(() => expect(heard).toEqual(['connect', 'closing', 'disconnect']), 5_000)
    expect(suspect).not.toHaveBeenCalled()
    await server.start()
    await vi.waitFor(() => expect(heard.at(-1)).toBe('connect'), { timeout: 10_000, interval: 20 })
    connection.stop()
  })
})
