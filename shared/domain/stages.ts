/** Which stages of escalation the wall clock has reached, as the programme has them (E4). For the scheduler and the simulation. */
import { addDays, type Day, dayNumber } from '../progress/day.ts'
import type { Silences, Stage } from './silence.ts'
import { dueThrough, type Setting, type World } from './world.ts'

/** A local day and time of day, `HH:MM`. */
interface Local {
  day: Day
  time: string
}

const DAY_MINUTES = 1_440
const minutesOf = ({ day, time }: Local): number =>
  dayNumber(day) * DAY_MINUTES + Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

/** By stage the last due day for which its moment has passed and that is not in the log yet; null when there is none. */
export function stagesToReach(
  setting: Setting,
  { closed, reached }: Pick<World, 'closed'> & Pick<Silences, 'reached'>,
  local: Local,
): Partial<Record<Stage, Day>> | null {
  const { escalation, graceDays, deadline } = setting.programme.reporting
  const due = dueThrough({ closed, setting })
  if (escalation === undefined || due === null) return null
  const now = minutesOf(local)
  const momentOf: Record<Stage, (day: Day) => number> = {
    official: () => 0,
    district: (day) => minutesOf({ day: addDays(day, graceDays), time: deadline }) + escalation.districtAfter,
    supervision: (day) =>
      minutesOf({ day: nextWorkday(setting, addDays(day, graceDays)), time: escalation.supervisionAt }),
  }
  const found: Partial<Record<Stage, Day>> = {}
  for (const stage of Object.keys(momentOf) as Stage[]) {
    const before = reached[stage] ?? addDays(setting.programme.startsOn, -1)
    let day = due
    while (day > before && momentOf[stage](day) > now) day = addDays(day, -1)
    if (day > before) found[stage] = day
  }
  return Object.keys(found).length === 0 ? null : found
}

/** The programme ends before a calendar without working days could be a trouble. */
function nextWorkday({ calendar, programme }: Setting, day: Day): Day {
  let next = addDays(day, 1)
  while (!calendar.isWork(next) && next <= programme.endsOn) next = addDays(next, 1)
  return next
}
