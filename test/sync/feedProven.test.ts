import { describe, expect, it } from 'vitest'
import { look, settle, world } from './world.ts'

describe('what a feed has proven', () => {
  it('S20 tells what the last proof said of the server, whether or not it proves anything', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    look(feed, 's')
    await settle()
    expect(feed.proven().trouble).toBeNull()
    let heard = 0
    feed.onProven(() => heard++)
    server.hearProof({ ...server.makeProof('s', { digest: 'ffffffffffffffff' }), trouble: 'damaged' })
    expect(feed.proven().trouble).toBe('damaged')
    expect(heard).toBeGreaterThan(0)
    server.cut()
    expect(feed.proven().trouble).toBe('damaged')
    server.join()
    await settle()
    server.proof('s')
    expect(feed.proven().trouble).toBeNull()
  })

  it('is proven as of its least proven scope', async () => {
    const { server, feed } = world()
    expect(feed.proven()).toMatchObject({ seq: 0, at: null })
    server.write('a', '1')
    look(feed, 's')
    const other = look(feed, 't')
    await settle()
    await server.pass(5_000)
    server.proof('s')
    expect(feed.proven()).toMatchObject({ seq: 1, at: 0 })
    server.proof('t')
    expect(feed.proven()).toMatchObject({ seq: 1, at: 5_000 })
    await server.pass(1_000)
    server.proof('s')
    other.close()
    expect(feed.proven()).toMatchObject({ seq: 1, at: 6_000 })
  })

  it('shows all that is watched up to a line of the log, not the newest of it', async () => {
    const { server, feed } = world()
    server.write('a', '1')
    look(feed, 's')
    look(feed, 't')
    await settle()
    server.write('a', '2')
    server.patch('s', 1)
    expect(feed.proven().seq, 't may have rows of it as well').toBe(1)
    server.patch('t', 1)
    expect(feed.proven().seq).toBe(2)
  })
})
