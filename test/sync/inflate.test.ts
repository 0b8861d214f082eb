import { deflateRawSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { inflate, inOrder } from '../../client/sync/inflate.ts'

describe('packed messages', () => {
  it('are what they were before packing, and damaged ones are refused', async () => {
    const patch = { scope: 's', rows: [['a', '受理', 1]] }
    expect(await inflate(deflateRawSync(JSON.stringify(patch)))).toEqual(patch)
    await expect(inflate(Uint8Array.of(255, 255, 255))).rejects.toThrow()
  })

  it('keep their place: what comes after them waits, what comes alone does not', async () => {
    const heard: string[] = []
    const queue = inOrder()
    queue.now(() => heard.push('first'))
    expect(heard).toEqual(['first'])
    const slow = Promise.withResolvers<string>()
    queue.later(slow.promise, (word) => heard.push(word))
    queue.later(Promise.resolve('quick'), (word) => heard.push(word))
    queue.later(Promise.reject(new Error('damaged')), () => heard.push('never'))
    queue.now(() => heard.push('last'))
    await new Promise((done) => setTimeout(done, 5))
    expect(heard).toEqual(['first'])
    slow.resolve('slow')
    await new Promise((done) => setTimeout(done, 5))
    expect(heard).toEqual(['first', 'slow', 'quick', 'last'])
    queue.now(() => heard.push('alone'))
    expect(heard.at(-1)).toBe('alone')
  })
})
