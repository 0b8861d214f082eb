/** Where the steps of an item of supervision stand on one clock of days. Pure. */
import type { Day } from '../../../shared/progress/day.ts'
import type { ItemRow } from '../../../shared/view/silenceRows.ts'

/** In their order. */
export const STEPS = ['official', 'district', 'opened', 'reported', 'closed'] as const
export type Step = (typeof STEPS)[number]

/** A moment in the programme's time zone; `time` is `HH:MM:SS`. */
export interface When {
  day: Day
  time: string
}

/** Share of the clock's width, 0 to 1. */
export interface Strip {
  /** 0 where it began before the clock does */
  from: number
  /** since when it is reported, else its end */
  silentTo: number
  to: number
  /** steps since the clock begins, beside each other where they would cover one another: the earlier ones stand further left */
  marks: readonly { step: Step; at: number }[]
  /** it began before the clock does */
  isCut: boolean
}

/** Moment of a step, ms since epoch; null = not taken. */
export const momentOf = (item: ItemRow, step: Step): number | null =>
  step === 'closed' ? (item.closed?.at ?? null) : item[step]

/** Days of the clock at most: each as wide as the others, those on which nothing was expected and nothing done left out. */
const MOST = 10

/** Ascending, up to `today`, which is the last; `room`: as many as there is room for. */
export function clockDays(expected: readonly Day[], done: readonly Day[], today: Day, room = MOST): Day[] {
  const all = new Set([...expected, ...done, today])
  return [...all]
    .filter((day) => day <= today)
    .sort()
    .slice(-Math.min(room, MOST))
}

/** On a clock of at least one day; `mark`: share of its width that a mark takes. */
export function stripOf(item: ItemRow, days: readonly Day[], when: (at: number) => When, mark: number): Strip {
  const steps = STEPS.flatMap((step) => {
    const at = momentOf(item, step)
    return at === null ? [] : [{ step, at: placeOf(when(at), days) }]
  })
  const marks = apart(
    steps.filter((step) => step.at >= 0),
    mark,
  )
  const isCut = steps.some(({ at }) => at < 0)
  const at = (wanted: Step) =>
    (marks.find(({ step }) => step === wanted) ?? steps.find(({ step }) => step === wanted))?.at
  const to = Math.max(0, at('closed') ?? 1)
  return {
    from: isCut ? 0 : (marks[0]?.at ?? 0),
    silentTo: Math.max(0, at('reported') ?? to),
    to,
    marks,
    isCut,
  }
}

function apart(marks: readonly { step: Step; at: number }[], mark: number): { step: Step; at: number }[] {
  let room = Infinity
  const moved = marks.toReversed().map(({ step, at }, i) => {
    // nor over the left edge, where what is earlier still needs its own room
    room = Math.max(Math.min(at, room - mark), (marks.length - 1 - i) * mark)
    return { step, at: room }
  })
  return moved.reverse()
}

/** Below 0: before the clock begins. A day that it leaves out is the beginning of the next one. */
function placeOf({ day, time }: When, days: readonly Day[]): number {
  if (day < days[0]!) return -1
  const i = days.findIndex((one) => one >= day)
  if (i < 0) return 1
  const [h = 0, m = 0, s = 0] = time.split(':').map(Number)
  return (i + (days[i] === day ? (h * 3_600 + m * 60 + s) / 86_400 : 0)) / days.length
}
