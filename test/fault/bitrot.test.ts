import { expect, test } from 'vitest'
import { attack } from './attack.ts'
import { bitrot } from './bitrot.ts'

test('Z4 Z5 Z7 a flipped bit in any file of the server, 12 of them', { timeout: 240_000 }, async () => {
  const { refused = 0, found = 0, withoutEffect = 0 } = await attack(bitrot(), 12, 1)
  expect(refused + found).toBeGreaterThan(0)
  expect(withoutEffect).toBeGreaterThan(0)
})
