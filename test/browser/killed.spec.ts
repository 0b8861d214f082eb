/** The browser killed while it sends: five lives, at least thirty sends; `npm run fault -- outbox` has a thousand. */
import { attack } from '../fault/attack.ts'
import { outbox } from '../fault/outbox.ts'
import { expect, test } from './support.ts'

test('G9 Figures sent without a network are in the log once and in order, whenever the browser is killed', async () => {
  test.setTimeout(300_000)
  const { sends = 0, kept } = await attack(outbox(), 5, 1)
  expect(sends).toBeGreaterThanOrEqual(30)
  expect(kept, 'most were on the device before the kill').toBeGreaterThan(sends / 2)
})
