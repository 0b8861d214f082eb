import { expect, test } from 'vitest'
import { attack } from './attack.ts'
import { retry } from './retry.ts'

test('L2 sent again by any door and at any time: one effect, one answer, and no other command under the id; 60 rounds', async () => {
  const { lost, accepted, changed, restarts } = await attack(retry(), 60, 1)
  for (const [kind, times] of Object.entries({ lost, accepted, changed, restarts }))
    expect(times, kind).toBeGreaterThan(0)
}, 60_000)
