/** Ticks of axes: round amounts and the beginnings of months or weeks. */
import { addDays, type Day, dayNumber, daysBetween, weekday } from '../../shared/progress/day.ts'

/** Round amounts from a step up to `max`, at most `most` of them, without 0. */
export function roundTicks(max: number, most: number): number[] {
  if (max <= 0 || most < 1) return []
  const rough = max / most
  const unit = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((m) => m * unit >= rough * (1 - 1e-9)) ?? 10) * unit
  const ticks: number[] = []
  for (let i = 1; i * step <= max * (1 + 1e-9); i++) ticks.push(i * step)
  return ticks
}

/** A day at which the time axis has a tick. */
export interface DayTick {
  day: Day
  kind: 'month' | 'week'
}

/** Firsts of months, thinned to at most `most`; Mondays when the days make less than two months. */
export function dayTicks(from: Day, to: Day, most: number): DayTick[] {
  const months: DayTick[] = []
  const weeks: DayTick[] = []
  for (const day of daysBetween(from, to)) {
    if (day.endsWith('-01')) months.push({ day, kind: 'month' })
    if (weekday(day) === 1) weeks.push({ day, kind: 'week' })
  }
  const short = dayNumber(to) - dayNumber(from) < 56
  const ticks = short ? weeks : months
  const every = Math.max(1, Math.ceil(ticks.length / Math.max(1, most)))
  const thinned = ticks.filter((_, i) => i % every === 0)
  // a chart that begins in the middle of a month still says which
  if (!short && thinned[0] !== undefined && dayNumber(thinned[0].day) - dayNumber(from) > 20 && every === 1)
    thinned.unshift({ day: from, kind: 'month' })
  return thinned
}

/** Days off that carry a name, neighbours of the same name (and unnamed days off between them) as one run. */
export interface OffRun {
  from: Day
  to: Day
  name: string
}

export function offRuns(
  from: Day,
  to: Day,
  calendar: { isWork(day: Day): boolean; nameOf(day: Day): string | undefined },
): OffRun[] {
  const runs: OffRun[] = []
  for (const day of daysBetween(from, to)) {
    if (calendar.isWork(day)) continue
    const name = calendar.nameOf(day)
    if (name === undefined) continue
    const last = runs.at(-1)
    if (last !== undefined && last.name === name && allOff(last.to, day)) last.to = day
    else runs.push({ from: day, to: day, name })
  }
  return runs

  function allOff(after: Day, before: Day): boolean {
    for (let day = addDays(after, 1); day < before; day = addDays(day, 1)) if (calendar.isWork(day)) return false
    return true
  }
}
