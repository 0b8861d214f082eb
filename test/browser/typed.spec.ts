/** Nothing typed is lost (G3): random keys, reports of another official in between, and the page left within milliseconds. */
import type { Page } from '@playwright/test'
import { WARNED } from './scene.ts'
import { expect, sender, serverForFile, sheetOf, test } from './support.ts'

const server = serverForFile()
const ROUNDS = process.env.FULL === '1' ? 400 : 12
const UNITS = ['A1', 'A2', 'A3'] as const
const COUNTERS = ['accepted', 'issued'] as const
/** what moves the focus on, or acts, after a figure is typed */
const ON = ['Tab', 'Enter', 'ArrowUp', 'n', 'F8', ']'] as const
/** ms between the last key and leaving */
const MOMENTS = [0, 0, 1, 2, 5, 10, 20, 50] as const
const LEAVING = ['reload', 'address', 'close'] as const

/** Numbers from 0 up to below n that look random, the same for the same seed. */
function chance(seed: number) {
  let a = seed
  return (n: number): number => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % n
  }
}

/** The page goes by itself, that many ms after the next stroke. */
async function leaveAfter(page: Page, how: 'reload' | 'address', ms: number): Promise<void> {
  await page.evaluate(
    ([by, wait]) => {
      const go = () => (by === 'reload' ? location.reload() : location.assign('/u/C'))
      // the page's own listeners come first
      window.addEventListener('input', () => (wait === 0 ? go() : setTimeout(go, wait)), { once: true })
    },
    [how, ms] as const,
  )
}

test('G3 whatever is typed, whoever reports meanwhile, and however soon the page is left, every figure is there again', async ({
  enter,
}) => {
  test.setTimeout(ROUNDS * 10_000)
  const seed = Number(process.env.SEED ?? 20080416)
  const pick = chance(seed)
  const of = <T>(all: readonly T[]): T => all[pick(all.length)]!
  const other = await sender(server, 'otherA')
  const seen = new Map<string, number>()
  let page = await enter(server, 'districtA', '/sheet/A')
  const typed = new Map<string, string>()
  for (let round = 0; round < ROUNDS; round++) {
    const cells = Array.from({ length: 1 + pick(3) }, () => [of(UNITS), of(COUNTERS)] as const)
    const how = of(LEAVING)
    const ms = of(MOMENTS)
    const at = `seed ${String(seed)}, round ${String(round)}, ${how} after ${String(ms)} ms`
    let reported = Promise.resolve()
    if (pick(2) === 0) {
      const unit = of(UNITS)
      const values = { [of(COUNTERS)]: 7_000 + round }
      const item = { unit, day: '2008-01-10', values, basedOn: seen.get(unit) ?? 0, confirmed: WARNED }
      reported = other('SubmitReports', { items: [item] }).then((seq) => void seen.set(unit, seq))
    }
    for (const [i, [unit, counter]] of cells.entries()) {
      const figure = String(100 + pick(900))
      const isLast = i === cells.length - 1
      await sheetOf(page).cell(unit, counter).click()
      typed.set(`${unit} ${counter}`, figure)
      await page.keyboard.type(figure.slice(0, 2))
      if (isLast && how !== 'close') await leaveAfter(page, how, ms)
      await page.keyboard.type(figure.slice(2))
      if (!isLast) await page.keyboard.press(of(ON))
      if (!isLast && new URL(page.url()).pathname !== '/sheet/A') await page.goto('/sheet/A')
    }
    if (how === 'close') {
      const context = page.context()
      await page.close()
      page = await context.newPage()
    } else await page.waitForEvent('load')
    await page.goto('/sheet/A')
    await reported
    for (const [cell, figure] of typed) {
      const [unit, counter] = cell.split(' ') as [string, string]
      await expect(sheetOf(page).cell(unit, counter), `${at}: ${cell}`).toHaveValue(figure)
    }
  }
})
