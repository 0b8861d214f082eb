/** How much each street does each day: strength, calendar and noise, then the flow from one stage of the work to the next. */
import type { Values } from '../../../shared/domain/values.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import { baseValue } from '../../../shared/progress/allocate.ts'
import { type Day, weekday } from '../../../shared/progress/day.ts'
import { around1, between, random } from './random.ts'
import type { Simulation } from './simulation.ts'

export interface Model {
  /** true values of the day for every open street; ask for days in order, each once */
  next(day: Day): Map<string, Values>
}

interface Street {
  code: string
  base: number
  /** share of its district's work */
  share: number
  /** total of the first stage so far */
  begun: number
  /** done in the previous stage but not yet in this one, by stage */
  waiting: number[]
}

/** Share of a day's arrivals that can pass the next stage the same day. */
const SAME_DAY = 0.4

export function createModel(setting: Setting, simulation: Simulation, seed: number): Model {
  const { units, calendar, programme } = setting
  const { shareBy, stages, courses } = simulation
  const streets = units.leaves(units.root).map((code) => newStreet(code))
  /** reports that the plan refers to, so they must exist */
  const wanted = new Set(simulation.offers.map(({ from }) => `${from.unit}/${from.day}`))
  const siblings = new Map<string, number>()
  for (const s of streets) {
    const parent = units.get(s.code)!.parent ?? s.code
    siblings.set(parent, (siblings.get(parent) ?? 0) + s.share)
  }
  for (const s of streets) s.share /= siblings.get(units.get(s.code)!.parent ?? s.code)!

  function newStreet(code: string): Street {
    const base = baseValue(programme, shareBy, code) ?? 0
    return {
      code,
      base,
      share: base * around1(random(seed, 'street', code), simulation.noise.street),
      begun: 0,
      waiting: stages.map(() => 0),
    }
  }

  /** The district's full strength that day, before calendar and noise. */
  function courseOn(code: string, day: Day): number {
    const chain = units.chain(code)
    const course = courses.findLast((c) => c.from <= day && chain.includes(c.unit))
    if (course === undefined) return 0
    const { workdays, from } = course.ramp
    const worked = calendar.count(course.from, day) - 1
    const ramp = workdays === 0 ? 1 : Math.min(1, from + ((1 - from) * Math.max(0, worked)) / workdays)
    return course.perWorkday * ramp
  }

  function saturation(street: Street): number {
    const { cap, width } = simulation.saturation
    return Math.max(0, Math.min(1, (cap - street.begun / street.base) / width))
  }

  function work(street: Street, day: Day, strength: number): Values {
    const chance = random(seed, 'work', street.code, day)
    const values: Values = {}
    let arriving = 0
    stages.forEach(({ counter, perDay }, i) => {
      const noise = around1(chance, simulation.noise.streetDay)
      let done: number
      if (i === 0) {
        done = Math.round(courseOn(street.code, day) * street.share * strength * saturation(street) * noise)
        street.begun += done
      } else {
        const ready = street.waiting[i]! + arriving * SAME_DAY
        done = Math.min(Math.round(ready * perDay * Math.min(1, strength) * noise), street.waiting[i]! + arriving)
        street.waiting[i]! += arriving - done
      }
      values[counter] = done
      arriving = i === 0 ? Math.floor(done * (1 - simulation.rejected)) : done
    })
    return values
  }

  /** how many times its usual self the street's day is */
  function surge(code: string, day: Day): number {
    const { chance, least, most, known } = simulation.surges
    const found = known.find((k) => k.unit === code && k.day === day)
    const drawn = random(seed, 'surge', code, day)
    return found?.times ?? (drawn() < chance ? between(drawn, least, most) : 1)
  }

  return {
    next(day) {
      const isWork = calendar.isWork(day)
      const rest = calendar.nameOf(day) === undefined ? simulation.weekend : simulation.holiday
      const dip = simulation.dips.find((d) => d.from <= day && day <= d.to)?.factor ?? 1
      const city = around1(random(seed, 'day', day), simulation.noise.day) * dip * simulation.weekdays[weekday(day)]!
      const figures = new Map<string, Values>()
      for (const street of streets) {
        if (day < units.startsOn(street.code) || units.ended(street.code, day)) continue
        const isOpen = isWork || random(seed, 'open', street.code, day)() < rest.open
        if (!isOpen && !wanted.has(`${street.code}/${day}`)) continue
        figures.set(street.code, work(street, day, isWork ? city * surge(street.code, day) : city * rest.factor))
      }
      return figures
    },
  }
}
