import { test } from 'vitest'
import { clockRound, noTally } from './clock.ts'
test('x', async () => { const t = noTally(); for (let s = 100; s < 160; s++) await clockRound(s, t); console.log(t) }, 300_000)
