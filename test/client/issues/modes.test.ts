import { describe, expect, test } from 'vitest'
import { type Drafts, fits, modesFor, readDrafts } from '../../../client/features/issues/modes.ts'

let ids = 0
const newId = () => `id-${++ids}`
const empty = (): Drafts => readDrafts(null, newId)
const all = () => true

describe('what can be written to a question', () => {
  test('replies and closing fit an open question, reopening a closed one', () => {
    expect((['reply', 'close', 'reopen'] as const).map((m) => [fits(m, 'open'), fits(m, 'closed')])).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ])
  })

  test('only what the policy allows is offered', () => {
    expect(modesFor('open', empty(), all)).toEqual(['reply', 'close'])
    expect(modesFor('closed', empty(), all)).toEqual(['reopen'])
    expect(modesFor('open', empty(), (m) => m === 'reply')).toEqual(['reply'])
    expect(modesFor('closed', empty(), (m) => m === 'reply')).toEqual([])
  })

  test('a half-written text stays when the question changes its state under it', () => {
    const drafts = { ...empty(), reply: { id: 'a', text: 'not yet sent' } }
    expect(modesFor('closed', drafts, all)).toEqual(['reply', 'reopen'])
    expect(modesFor('closed', drafts, (m) => m === 'reply')).toEqual(['reply'])
  })
})

describe('drafts', () => {
  test('read back with the ids under which they were sent', () => {
    const drafts = { ...empty(), close: { id: 'kept', text: 'because' } }
    expect(readDrafts(JSON.stringify(drafts), newId)).toEqual(drafts)
  })

  test('anything else is no draft, and each mode gets an id of its own', () => {
    for (const kept of ['', 'x', 'null', '3', '{"reply":null}', '{"reply":{"id":3,"text":"x"}}']) {
      const drafts = readDrafts(kept, newId)
      expect(Object.values(drafts).map((d) => d.text)).toEqual(['', '', ''])
      expect(new Set(Object.values(drafts).map((d) => d.id)).size).toBe(3)
    }
  })
})
