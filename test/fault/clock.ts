/** Faults of the machine's clock: jumps while the server runs, starts with a wrong clock, days taken back, and somebody who takes ids. */
import { isDeepStrictEqual } from 'node:util'
import { pino } from 'pino'
import { localTime } from '../../server/localTime.ts'
import { startScheduler } from '../../server/scheduler.ts'
import { chance } from '../support/chance.ts'
import { districtA, item, office, startBench } from '../support/core.ts'
import { freshFold, liveChanges, logOf, rowsIn, sorted } from '../support/equation.ts'
import { tinyProgramme } from '../support/programme.ts'
import type { Attack, Tally } from './attack.ts'

/** How often each thing happened. */
const NONE = { passed: 0, jumps: 0, set: 0, stops: 0, wrongStarts: 0, mistakes: 0, stolenIds: 0 }

export const clock: Attack = {
  title: 'today is right whenever the clock of the machine is, a wrong one moves nothing, and what it did is undone',
  rounds: 50,
  async round(seed) {
    const life = await startLife(seed)
    const tally: Tally = { ...NONE }
    try {
      await life.run(tally)
    } finally {
      await life.end()
    }
    return tally
  },
}

const [SECOND, HOUR, DAY] = [1_000, 3_600_000, 86_400_000]
const STEPS = 12
const ZONE = tinyProgramme().timeZone
const SCOPES = ['unit:C', 'unit:A1', 'sheet:A/2008-01-04', 'history:clock', 'history:period']

const dayOf = (at: number) => localTime(new Date(at), ZONE).day

function hold(what: string, is: unknown, should: unknown): void {
  if (!isDeepStrictEqual(is, should)) throw new Error(`${what}: ${JSON.stringify(is)}, not ${JSON.stringify(should)}`)
}

/** A programme's life of some weeks. */
async function startLife(seed: number) {
  const { next, below, pick } = chance(seed)
  let bench = await startBench()
  /** what time it is, what the machine says, and how long it has run, ms */
  let real = Date.UTC(2008, 0, 2, 1)
  let wall = real
  let elapsed = 1e6
  let scheduler = schedule()

  function schedule() {
    return startScheduler({
      core: bench.core,
      store: bench.store,
      clock: () => new Date(wall),
      elapsed: () => elapsed,
      log: pino({ level: 'silent' }),
      everyMs: 1e9,
    })
  }
  const now = () => bench.core.clock()
  const lockedThrough = async () => (await bench.rows('clock', 'unit:C'))[0]!.lockedThrough
  const total = async () => (await bench.rows('sums', 'unit:A1'))[0]!.total.approved
  const counters = tinyProgramme().counters.map(({ key }) => key)

  /** time passes; the machine's clock is off by `off` ms */
  async function pass(ms: number, off = 0): Promise<void> {
    real += ms
    elapsed += ms
    wall = real + off
    await scheduler.tick()
  }

  /** up to a year off, ahead more often than behind, and never by little */
  const wrong = () => (next() < 0.7 ? 1 : -1) * (DAY + below(365) * DAY)

  /** the store stays, the machine goes on; now and then a process dies with all that it has folded */
  async function restart(): Promise<void> {
    scheduler.stop()
    if (next() < 0.3) {
      const { store } = bench
      await bench.core.close()
      bench = await startBench({ store })
    }
    scheduler = schedule()
  }

  /** nothing has moved but the doubt */
  async function standsStill(off: number): Promise<void> {
    const { today, closed } = now()
    for (let i = below(4); i >= 0; i--) await pass(SECOND, off)
    hold('today and closed under a wrong clock', [now().today, now().closed], [today, closed])
    hold('doubted', now().doubted, dayOf(wall))
  }

  /** What is out of the sums is listed, and nothing else is out. */
  async function takeBack(day: string): Promise<void> {
    const before = await total()
    const seq = await bench.must(office, 'TakeDayBack', { day, reason: 'the clock was wrong' })
    const { notBegun } = (await bench.rows('version', 'history:clock')).find((version) => version.seq === seq)!
    const aside = counters.map((key) => notBegun!.reduce((sum, { values }) => sum + (values[key] ?? 0), 0))
    const should = before.map((value, i) => value - aside[i]!)
    hold('total without what was reported for days that went', await total(), should)
  }

  async function report(day: string): Promise<void> {
    const values = { accepted: 50 + below(50), issued: below(50) }
    const items = [item('A1', day, values, { basedOn: now().seq, confirmed: ['report.unusual', 'report.exceeds'] })]
    await bench.send(districtA, 'SubmitReports', { items })
  }

  const faults: Record<keyof typeof NONE, () => Promise<void>> = {
    async passed() {
      for (let i = below(12); i >= 0; i--) await pass(below(9) * HOUR)
    },
    async jumps() {
      await standsStill(wrong())
      if (next() < 0.3) await restart()
      await pass(below(60) * SECOND)
    },
    /** the office does not wait for the machine */
    async set() {
      const off = wrong()
      await standsStill(off)
      await pass(DAY, off)
      await bench.must(office, 'ConfirmDay', { day: dayOf(real), reason: 'the machine is wrong' })
      if (next() < 0.3) await restart()
      await standsStill(off)
      hold('the day that was set', now().today, dayOf(real))
      await pass(SECOND)
    },
    async stops() {
      real += below(6) * DAY
      await restart()
      await pass(SECOND)
    },
    async wrongStarts() {
      const off = Math.abs(wrong())
      const locked = await lockedThrough()
      real += below(2) * DAY
      await restart()
      await pass(SECOND, off)
      const step = dayOf(wall)
      await report(step)
      await pass(below(3) * SECOND, off)
      if (next() < 0.5) await bench.send(office, 'LockPeriod', { through: dayOf(wall - DAY) })
      await pass(SECOND)
      // what the wrong clock began or ended stays, since the right one is now behind it
      if (now().over !== null) await takeBack(now().over!)
      if (now().today === step) await takeBack(step)
      await pass(SECOND)
      hold('locked once the wrong day is gone', await lockedThrough(), locked)
    },
    /** a day that was right is taken back */
    async mistakes() {
      await takeBack(now().today!)
      await pass(SECOND)
      hold('doubted after a mistake', now().doubted, dayOf(real))
      await bench.must(office, 'ConfirmDay', { day: dayOf(real), reason: 'it was right' })
      await pass(SECOND)
    },
    async stolenIds() {
      const day = dayOf(real + DAY)
      const ids = ['BeginDay', 'PassDeadline', 'DoubtDay', 'EndDoubt'].flatMap((kind) => [
        `${kind}:${day}`,
        `system:${kind}:${day}:${now().seq}`,
        `system:${kind}:${day}:${now().seq + 1}`,
      ])
      const data = { items: [item('A1', dayOf(real), { accepted: below(9), issued: 0 }, { basedOn: now().seq })] }
      for (const id of ids) await bench.core.dispatch({ id, kind: 'SubmitReports', data }, districtA)
      await pass(DAY)
    },
  }

  return {
    async run(tally: Tally) {
      await pass(0)
      for (let i = 0; i < STEPS; i++) {
        const kind = pick(Object.keys(NONE) as (keyof typeof NONE)[])
        await faults[kind]()
        tally[kind]!++
        const { today, doubted, over } = now()
        hold(`after ${kind}`, { today, doubted, over }, { today: dayOf(real), doubted: null, over: null })
        await report(dayOf(real))
      }
      const log = await logOf(bench.store)
      const fresh = freshFold(log).state()
      for (const scope of SCOPES) {
        const { rows } = await liveChanges(bench, scope, 0)
        hold(`rows of ${scope}`, sorted(rows), rowsIn(fresh, scope, log))
      }
    },
    async end() {
      scheduler.stop()
      await bench.close()
    },
  }
}
