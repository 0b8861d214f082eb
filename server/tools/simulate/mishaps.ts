/** What goes wrong with reports, and when and how it is corrected. */
import type { Units } from '../../../shared/domain/units.ts'
import type { CellName, Correction, Values } from '../../../shared/domain/values.ts'
import { type Workdays, workdayAfter } from '../../../shared/progress/calendar.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { only, scaled, without } from './figures.ts'
import { between, integer, pick, random, type Random } from './random.ts'
import type { Simulation } from './simulation.ts'
import type { Filing, Intent } from './steps.ts'

export interface Mishaps {
  /** how the true values of the streets on one sheet are sent; records the repairs to come */
  sheet(day: Day, reports: readonly Truth[]): Sending[]
  /** a district's repairs that day, each with its earliest local time */
  repairs(day: Day, district: string): Repair[]
}

export interface Truth {
  unit: string
  values: Values
}

export interface Repair {
  time: string
  filing: Filing
}

interface Sending {
  unit: string
  /** null: nothing is sent on the day */
  sent: Values | null
  /** share of the rounds after which nothing more is sent; 1 = all are sent */
  until: number
}

/** Items in one command when many reports are corrected together. */
const AT_ONCE = 40
/** Local times of repairs: the first of the morning, and those that depend on them. */
const EARLY = '09:05'
const AFTERWARDS = '09:40'

export function createMishaps(simulation: Simulation, calendar: Workdays, units: Units, seed: number): Mishaps {
  const { mishaps: odds, reasons, overcounts, owed } = simulation
  const due = new Map<string, Repair[]>()
  const over = overcounts.map(() => [] as Intent[])
  const untouched = new Set(
    [...simulation.disputes, ...simulation.offers.flatMap((o) => [o.from, o.to])].map((c) => `${c.unit}/${c.day}`),
  )
  /** counters that are known only the next day */
  const last = [simulation.stages.at(-1)!.counter]

  function repairOn(on: Day, { unit }: CellName, repair: Repair): void {
    const key = `${on} ${units.get(unit)!.parent ?? unit}`
    due.set(key, [...(due.get(key) ?? []), repair])
  }

  /** The true values are sent `days` working days later. */
  function later(chance: Random, truth: Intent & { type: Correction }, reasons: readonly string[], days: number): void {
    const intent = { ...truth, reason: pick(chance, reasons) }
    repairOn(workdayAfter(calendar, truth.day, days), truth, {
      time: EARLY,
      filing: { kind: 'report', intents: [intent] },
    })
  }

  /** What becomes of a street's report. `next` is the street below it on the sheet, when it may be part of the mishap. */
  function outcome(day: Day, { unit, values: truth }: Truth, next: Truth | undefined): Sending[] {
    if (owed.some((o) => o.unit === unit && o.day === day)) return [{ unit, sent: null, until: 1 }]
    const which = overcounts.findIndex((o) => o.from <= day && day <= o.to && units.within(unit, o.unit))
    if (which >= 0) {
      const { share, reason } = overcounts[which]!
      over[which]!.push({ unit, day, values: truth, type: 'reduced', reason })
      return [{ unit, sent: scaled(truth, 1 + share), until: 1 }]
    }
    const asItIs = [{ unit, sent: truth, until: 1 }]
    if (!calendar.isWork(day) || untouched.has(`${unit}/${day}`)) return asItIs
    const chance = random(seed, 'mishap', unit, day)
    const drawn = chance()
    const own = { unit, day, values: truth }
    let limit = odds.late
    if (drawn < limit) {
      later(chance, { ...own, type: 'late' }, reasons.late, 1)
      return [{ unit, sent: null, until: 1 }]
    }
    if (drawn < (limit += odds.silent)) {
      later(chance, { ...own, type: 'late' }, reasons.silent, integer(chance, 2, 5))
      return [{ unit, sent: null, until: 1 }]
    }
    if (drawn < (limit += odds.short)) {
      later(chance, { ...own, type: 'corrected' }, reasons.short, 1)
      return [{ unit, sent: truth, until: 0.7 }]
    }
    if (drawn < (limit += odds.high)) {
      later(chance, { ...own, type: 'reduced' }, reasons.high, integer(chance, 1, 5))
      return [{ unit, sent: scaled(truth, between(chance, 1.04, 1.15)), until: 1 }]
    }
    if (drawn < (limit += odds.low)) {
      later(chance, { ...own, type: 'corrected' }, reasons.low, integer(chance, 1, 5))
      return [{ unit, sent: scaled(truth, between(chance, 0.85, 0.96)), until: 1 }]
    }
    if (drawn < (limit += odds.partial)) {
      later(chance, { ...own, values: only(truth, last), type: 'late' }, reasons.partial, 1)
      return [{ unit, sent: without(truth, last), until: 1 }]
    }
    if (next === undefined) return asItIs
    if (drawn < (limit += odds.wrong)) {
      // the neighbour's figures stand here until they are withdrawn; the street's own come a day later
      const filing: Filing = { kind: 'withdraw', cells: [{ unit, day }], reason: pick(chance, reasons.wrong) }
      repairOn(workdayAfter(calendar, day, 1), own, { time: EARLY, filing })
      later(chance, { ...own, type: 'late' }, reasons.late, 2)
      return [{ unit, sent: next.values, until: 1 }]
    }
    if (drawn < limit + odds.misfiled) {
      const to = { unit: next.unit, day }
      const filing: Filing = { kind: 'move', from: { unit, day }, to, reason: pick(chance, reasons.misfiled) }
      const on = workdayAfter(calendar, day, 1)
      repairOn(on, own, { time: EARLY, filing })
      const intents: Intent[] = [{ ...own, type: 'late', reason: pick(chance, reasons.late) }]
      repairOn(on, own, { time: AFTERWARDS, filing: { kind: 'report', intents } })
      return [
        { unit, sent: next.values, until: 1 },
        { unit: next.unit, sent: null, until: 1 },
      ]
    }
    return asItIs
  }

  return {
    sheet(day, reports) {
      const sendings: Sending[] = []
      const isFree = (unit: string) =>
        !untouched.has(`${unit}/${day}`) && !owed.some((o) => o.unit === unit && o.day === day)
      while (sendings.length < reports.length) {
        const next = reports[sendings.length + 1]
        sendings.push(...outcome(day, reports[sendings.length]!, next && isFree(next.unit) ? next : undefined))
      }
      return sendings
    },
    repairs(day, district) {
      const key = `${day} ${district}`
      const found = joined(due.get(key) ?? [])
      due.delete(key)
      overcounts.forEach((o, i) => {
        if (o.reduced.day !== day || !units.within(o.unit, district)) return
        const all = over[i]!.filter(({ values }) => Object.values(values).some((v) => v > 0))
        for (let n = 0; n < all.length; n += AT_ONCE)
          found.push({ time: o.reduced.time, filing: { kind: 'report', intents: all.slice(n, n + AT_ONCE) } })
      })
      return found
    },
  }
}

/** Merges the report repairs of the same time into one command. */
function joined(repairs: readonly Repair[]): Repair[] {
  const found: Repair[] = []
  for (const { time, filing } of repairs) {
    const same = found.find((r) => r.time === time && r.filing.kind === 'report')
    if (filing.kind === 'report' && same?.filing.kind === 'report') same.filing.intents.push(...filing.intents)
    else found.push({ time, filing: filing.kind === 'report' ? { ...filing, intents: [...filing.intents] } : filing })
  }
  return found
}
