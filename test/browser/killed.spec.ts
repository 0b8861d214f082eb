/** The browser killed while it sends: eight lives, at least thirty sends, also where a life ends early on a slow machine; `npm run fault -- outbox` has a thousand. */
import { attack } from '../fault/attack.ts'
import { outbox } from '../fault/outbox.ts'
import { expect, test } from './support.ts'

test('G9 Figures sent without a network are in the log once and in order, whenever the browser is killed', async () => {
  test.setTimeout(420_000)
  const { sends = 0, kept } = await attack(outbox(), 8, 1)
  expect(sends).toBeGreaterThanOrEqual(30)
  expect(kept, 'most were on the device before the kill').toBeGreaterThan(sends / 2)
})
