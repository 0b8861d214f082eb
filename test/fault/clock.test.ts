import { expect, test } from 'vitest'
import { attack } from './attack.ts'
import { clock } from './clock.ts'

test('C16 C17 C18 C21 C22 today is right whenever the clock of the machine is, and what a wrong one did is undone; 12 rounds', async () => {
  for (const [kind, times] of Object.entries(await attack(clock, 12, 1))) expect(times, kind).toBeGreaterThan(0)
}, 60_000)
