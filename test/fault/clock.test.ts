import { expect, test } from 'vitest'
import { clockRound, noTally } from './clock.ts'

test('C16 C17 C18 C22 under faults of the machine’s clock today is the right day whenever the clock is right; 12 rounds', async () => {
  const tally = noTally()
  for (let seed = 1; seed <= 12; seed++) await clockRound(seed, tally)
  for (const [kind, times] of Object.entries(tally)) expect(times, kind).toBeGreaterThan(0)
}, 60_000)
