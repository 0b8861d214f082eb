import { expect, test } from 'vitest'
import { attack } from './attack.ts'
import { diskfull } from './diskfull.ts'

const it = diskfull()
const why = (await it.impossible?.()) ?? null

test.skipIf(why !== null)(
  `Z6 N4 a full disk under a running server, twice${why === null ? '' : `: not here, ${why}`}`,
  { timeout: 120_000 },
  async () => {
    const { acknowledged, refused } = await attack(it, 2, 1)
    expect(acknowledged).toBeGreaterThan(0)
    expect(refused).toBeGreaterThan(0)
  },
)
