/** Faults of the machine's clock, by a seed: jumps while the server runs, starts with a wrong clock, and somebody who takes ids. */
import { pino } from 'pino'
import { localTime, startScheduler } from '../../server/scheduler.ts'
import { chance } from '../support/chance.ts'
import { type Bench, districtA, item, newId, office, startBench } from '../support/core.ts'
import { freshFold, logOf, rowsIn, sorted } from '../support/equation.ts'
import { tinyProgramme } from '../support/programme.ts'

/** What happened, by kind of fault. */
export type Tally = Record<'passed' | 'jumps' | 'stops' | 'wrongStarts' | 'stolenIds', number>

const [SECOND, HOUR, DAY] = [1_000, 3_600_000, 86_400_000]
const ZONE = tinyProgramme().timeZone
const SCOPES = ['unit:C', 'unit:A1', 'sheet:A/2008-01-04', 'history:clock']

/** One programme's life of some weeks under faults. Throws an Error that says what did not hold, with the seed. */
export async function clockRound(seed: number, tally: Tally): Promise<void> {
  const { next, below, pick } = chance(seed)
  const bench = await startBench()
  let real = Date.UTC(2008, 0, 2, 1)
  let wall = real
  let elapsed = 1e6
  const start = () =>
    startScheduler({
      core: bench.core,
      store: bench.store,
      clock: () => new Date(wall),
      elapsed: () => elapsed,
      log: pino({ level: 'silent' }),
      everyMs: 1e9,
    })
  let scheduler = start()
  const clock = () => bench.core.clock()
  const dayOf = (at: number) => localTime(new Date(at), ZONE).day
  const hold = (what: string, is: unknown, should: unknown) => {
    if (is !== should) throw new Error(`seed ${seed}: ${what}: ${String(is)}, not ${String(should)}`)
  }
  /** time passes; the machine's clock is off by `off` ms */
  const pass = async (ms: number, off = 0) => {
    real += ms
    elapsed += ms
    wall = real + off
    await scheduler.tick()
  }
  /** up to a year off, ahead more often than behind, and never by little */
  const wrong = () => (next() < 0.7 ? 1 : -1) * (DAY + below(365) * DAY)
  const restart = () => {
    scheduler.stop()
    scheduler = start()
  }
  const isRight = (what: string) => {
    hold(`${what}: today`, clock().today, dayOf(real))
    hold(`${what}: doubted`, clock().doubted, null)
  }

  const faults: Record<keyof Tally, () => Promise<void>> = {
    async passed() {
      for (let i = below(12); i >= 0; i--) await pass(below(9) * HOUR)
    },
    async jumps() {
      const { today, closed } = clock()
      const off = wrong()
      for (let i = below(4); i >= 0; i--) await pass(SECOND, off)
      hold('today under a wrong clock', clock().today, today)
      hold('closed under a wrong clock', clock().closed, closed)
      hold('doubted', clock().doubted, dayOf(wall))
      if (next() < 0.3) restart()
      await pass(below(60) * SECOND)
    },
    async stops() {
      real += below(6) * DAY
      restart()
      await pass(SECOND)
    },
    async wrongStarts() {
      const off = Math.abs(wrong())
      real += below(2) * DAY
      restart()
      await pass(SECOND, off)
      await report(bench, dayOf(wall), below)
      await pass(below(3) * SECOND, off)
      await pass(SECOND)
      // a clock that is behind the signs of life of the wrong one, or not believed any more
      const step = dayOf(real + off)
      if (clock().today === dayOf(real)) return
      await bench.must(office, 'TakeDayBack', { day: clock().over ?? step, reason: 'the clock was wrong' })
      if (clock().today !== null && clock().today! > dayOf(real))
        await bench.must(office, 'TakeDayBack', { day: step, reason: 'the clock was wrong' })
      await pass(SECOND)
    },
    async stolenIds() {
      const day = dayOf(real + DAY)
      const ids = ['BeginDay', 'PassDeadline', 'DoubtDay', 'EndDoubt'].flatMap((kind) => [
        `${kind}:${day}`,
        `system:${kind}:${day}:${clock().seq}`,
        `system:${kind}:${day}:${clock().seq + 1}`,
      ])
      const data = { items: [item('A1', dayOf(real), { accepted: below(9), issued: 0 }, { basedOn: clock().seq })] }
      for (const id of ids) await bench.core.dispatch({ id, kind: 'SubmitReports', data }, districtA)
      await pass(DAY)
    },
  }

  await pass(0)
  for (let i = 0; i < 12; i++) {
    const kind = pick(Object.keys(faults) as (keyof Tally)[])
    await faults[kind]()
    tally[kind]++
    isRight(kind)
    await report(bench, dayOf(real), below)
  }
  const log = await logOf(bench.store)
  const fresh = freshFold(log).state()
  for (const scope of SCOPES) {
    await bench.core.prepare(office, scope)
    const { rows } = JSON.parse(bench.core.live.changesText(scope, 0)) as { rows: Parameters<typeof sorted>[0] }
    hold(`rows of ${scope}`, JSON.stringify(sorted(rows)), JSON.stringify(rowsIn(fresh, scope, log)))
  }
  scheduler.stop()
  await bench.close()
}

export const noTally = (): Tally => ({ passed: 0, jumps: 0, stops: 0, wrongStarts: 0, stolenIds: 0 })

async function report(bench: Bench, day: string, below: (n: number) => number): Promise<void> {
  const values = { accepted: 50 + below(50), issued: below(50) }
  const more = { basedOn: bench.core.clock().seq, confirmed: ['report.unusual', 'report.exceeds'] as const }
  const data = { items: [item('A1', day, values, { ...more, confirmed: [...more.confirmed] })] }
  await bench.core.dispatch({ id: newId(), kind: 'SubmitReports', data }, districtA)
}
