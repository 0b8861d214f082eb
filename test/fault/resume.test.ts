import { expect, test } from 'vitest'
import { attack } from './attack.ts'
import { resume } from './resume.ts'

test('S3 S5 S6 S11 whatever a page misses it ends like a fresh one, and never says live of older rows than it says; 8 rounds', async () => {
  const { cuts, disturbed, live } = await attack(resume(), 8, 3)
  for (const [kind, times] of Object.entries({ cuts, disturbed, live })) expect(times, kind).toBeGreaterThan(0)
}, 120_000)
