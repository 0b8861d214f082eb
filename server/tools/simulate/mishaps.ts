/** What goes wrong with reports, and when and how it is put right. */
import type { Units } from '../../../shared/domain/units.ts'
import type { Restatement, Values } from '../../../shared/event.ts'
import { type Workdays, workdayAfter } from '../../../shared/progress/calendar.ts'
import type { Day } from '../../../shared/progress/day.ts'
import type { Intent } from './plan.ts'
import { between, pick, random, whole } from './random.ts'
import type { Simulation } from './simulation.ts'

export interface Mishaps {
  /** how the true figures of a street reach the office; remembers what must be put right */
  report(unit: string, day: Day, truth: Values): Sending
  /** what a district puts right on that day */
  repairs(day: Day, district: string): { time: string; intents: Intent[] }[]
  /** the last figures sent for a report */
  known(unit: string, day: Day): Values
}

interface Sending {
  unit: string
  /** null: nothing is sent on the day */
  sent: Values | null
  /** share of the rounds after which nothing more comes; 1 = all come */
  until: number
}

/** Items of one command when many are put right in one go. */
const AT_ONCE = 40

export function createMishaps(simulation: Simulation, calendar: Workdays, units: Units, seed: number): Mishaps {
  const { mishaps: odds, reasons, overcounts, owed } = simulation
  const due = new Map<string, Intent[]>()
  const over = overcounts.map(() => [] as Intent[])
  const known = new Map<string, Values>()
  const disputed = new Set(simulation.disputes.map((d) => `${d.unit}/${d.day}`))

  function repairOn(on: Day, unit: string, intent: Intent): void {
    const district = units.get(unit)!.parent ?? unit
    const key = `${on} ${district}`
    due.set(key, [...(due.get(key) ?? []), intent])
  }

  function fate(unit: string, day: Day, truth: Values): Sending {
    if (owed.some((o) => o.unit === unit && o.day === day)) return { unit, sent: null, until: 1 }
    const which = overcounts.findIndex((o) => o.from <= day && day <= o.to && units.within(unit, o.unit))
    if (which >= 0) {
      const { share, reason } = overcounts[which]!
      over[which]!.push({ unit, day, values: truth, type: 'reduced', reason })
      return { unit, sent: scaled(truth, 1 + share), until: 1 }
    }
    const whole1 = { unit, sent: truth, until: 1 }
    if (!calendar.isWork(day) || disputed.has(`${unit}/${day}`)) return whole1
    const chance = random(seed, 'mishap', unit, day)
    const drawn = chance()
    const later = (type: Restatement, reason: string, days: number) =>
      repairOn(workdayAfter(calendar, day, days), unit, { unit, day, values: truth, type, reason })
    let limit = odds.late
    if (drawn < limit) {
      later('late', pick(chance, reasons.late), 1)
      return { unit, sent: null, until: 1 }
    }
    if (drawn < (limit += odds.short)) {
      later('corrected', pick(chance, reasons.short), 1)
      return { unit, sent: truth, until: 0.7 }
    }
    if (drawn < (limit += odds.high)) {
      later('reduced', pick(chance, reasons.high), whole(chance, 1, 5))
      return { unit, sent: scaled(truth, between(chance, 1.04, 1.15)), until: 1 }
    }
    if (drawn < limit + odds.low) {
      later('corrected', pick(chance, reasons.low), whole(chance, 1, 5))
      return { unit, sent: scaled(truth, between(chance, 0.85, 0.96)), until: 1 }
    }
    return whole1
  }

  return {
    report(unit, day, truth) {
      const sending = fate(unit, day, truth)
      if (disputed.has(`${unit}/${day}`)) known.set(`${unit}/${day}`, truth)
      return sending
    },
    repairs(day, district) {
      const found: { time: string; intents: Intent[] }[] = []
      const own = due.get(`${day} ${district}`)
      due.delete(`${day} ${district}`)
      if (own !== undefined) found.push({ time: '09:05', intents: own })
      overcounts.forEach((o, i) => {
        if (o.reduced.day !== day || !units.within(o.unit, district)) return
        const all = over[i]!.filter(({ values }) => Object.values(values).some((v) => v > 0))
        for (let n = 0; n < all.length; n += AT_ONCE)
          found.push({ time: o.reduced.time, intents: all.slice(n, n + AT_ONCE) })
      })
      return found
    },
    known: (unit, day) => known.get(`${unit}/${day}`) ?? {},
  }
}

/** Every figure times a factor, rounded. */
export const scaled = (values: Values, factor: number): Values =>
  Object.fromEntries(Object.entries(values).map(([k, v]) => [k, Math.round(v * factor)]))
