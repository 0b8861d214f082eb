import { describe, expect, test } from 'vitest'
import { createMonths, type MonthAddress } from '../../../client/stores/months.ts'
import type { DayRow } from '../../../shared/view/rows.ts'

/** A server that answers when the test says so. */
function server() {
  const asked: MonthAddress[] = []
  const answers: ((days: readonly DayRow[] | null) => void)[] = []
  const months = createMonths(
    (address) => {
      asked.push(address)
      return new Promise((done) => answers.push(done))
    },
    () => Promise.resolve(),
  )
  const answer = async (days: readonly DayRow[] | null, n = 0) => {
    answers.splice(n, 1)[0]!(days)
    await new Promise((done) => setTimeout(done))
  }
  return { months, asked, answer }
}

const january = { unit: 'C', month: '2008-01' }
const days = (n: number) => [{ kind: 'day', key: `d${n}`, day: '2008-01-02' } as DayRow]

describe('older months', () => {
  test('are fetched once, however often they are wanted', async () => {
    const { months, asked, answer } = server()
    months.want({ ...january, address: 'a7' })
    months.want({ ...january, address: 'a7' })
    expect(months.held(january)).toBeUndefined()
    await answer(days(1))
    months.want({ ...january, address: 'a7' })
    expect(asked).toEqual([{ ...january, address: 'a7' }])
    expect(months.held(january)).toEqual({ address: 'a7', days: days(1) })
  })

  test('stay as they were until those of the next address have come', async () => {
    const { months, answer } = server()
    months.want({ ...january, address: 'a7' })
    await answer(days(1))
    months.want({ ...january, address: 'a9' })
    expect(months.held(january)?.address).toBe('a7')
    await answer(days(2))
    expect(months.held(january)).toEqual({ address: 'a9', days: days(2) })
  })

  test('an answer that was overtaken is not taken', async () => {
    const { months, answer } = server()
    months.want({ ...january, address: 'a7' })
    months.want({ ...january, address: 'a9' })
    await answer(days(2), 1)
    await answer(days(1))
    expect(months.held(january)).toEqual({ address: 'a9', days: days(2) })
  })

  test('are asked for again when the network failed, and given up after some tries until they are wanted next', async () => {
    const { months, asked, answer } = server()
    months.want({ ...january, address: 'a7' })
    await answer(null)
    expect(asked).toHaveLength(2)
    for (let i = 0; i < 4; i++) await answer(null)
    expect(asked).toHaveLength(5)
    months.want({ ...january, address: 'a7' })
    await answer(days(1))
    expect(months.held(january)?.days).toEqual(days(1))
  })

  test('the oldest are let go', async () => {
    const { months, answer } = server()
    for (let n = 0; n < 241; n++) {
      months.want({ unit: `U${n}`, month: '2008-01', address: 'a1' })
      await answer(days(n))
    }
    expect(months.held({ unit: 'U0', month: '2008-01' })).toBeUndefined()
    expect(months.held({ unit: 'U240', month: '2008-01' })).toBeDefined()
  })
})
