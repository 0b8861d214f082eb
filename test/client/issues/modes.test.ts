import { describe, expect, test } from 'vitest'
import { COMMAND, fits, MODES, modeOf, modesFor } from '../../../client/features/issues/modes.ts'

const empty = { reply: '', close: '', reopen: '' }
const all = () => true

describe('what can be written to a question', () => {
  test('replies and closing fit an open question, reopening a closed one', () => {
    expect(MODES.map((m) => [fits(m, 'open'), fits(m, 'closed')])).toEqual([
      [true, false],
      [true, false],
      [false, true],
    ])
  })

  test('only what the policy allows is offered', () => {
    expect(modesFor('open', empty, all)).toEqual(['reply', 'close'])
    expect(modesFor('closed', empty, all)).toEqual(['reopen'])
    expect(modesFor('open', empty, (m) => m === 'reply')).toEqual(['reply'])
    expect(modesFor('closed', empty, (m) => m === 'reply')).toEqual([])
  })

  test('a half-written text stays when the question changes its state under it', () => {
    const texts = { ...empty, reply: 'not yet sent' }
    expect(modesFor('closed', texts, all)).toEqual(['reply', 'reopen'])
    expect(modesFor('closed', texts, (m) => m === 'reply')).toEqual(['reply'])
  })

  test('each has a command of its own', () => {
    expect(MODES.map((m) => modeOf(COMMAND[m]))).toEqual(MODES)
  })
})
