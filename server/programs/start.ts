/** What a start says to whoever set the programme up, beside its address. */
import type { Programme } from '../../shared/domain/programme.ts'
import type { Day } from '../../shared/progress/day.ts'
import { typed } from './find.ts'

export interface Started {
  /** that the store holds */
  programme: Programme
  /** today by this machine, in the programme's time zone */
  today: Day
  /** as it was named for this start, null = the one that is started when none is */
  program: string | null
  /** the store holds a recorded source */
  isReplay: boolean
  /** the store is there to try something, and this is today in it */
  tried: Day | null
  /** parts in which the folder differs from what the store holds */
  differs: readonly string[]
  /** what is suspicious in the folder */
  doubts: readonly string[]
}

/** Lines for the console, most pressing first; empty where all goes by the calendar and nothing is odd. */
export function startLines({ programme, program, isReplay, today, tried, differs, doubts }: Started): string[] {
  const { startsOn, endsOn } = programme
  const waysOn = ways(startsOn, program)
  const blocks: string[][] = []
  if (tried !== null) {
    blocks.push([
      `It is ${tried} here: this store is for trying, and every page says that its figures are simulated.`,
      'Its days go on as time passes, from where they had got to at each start.',
    ])
  } else if (today > endsOn && isReplay) {
    blocks.push([`This is the replay of a recorded source, which ended on ${endsOn}: it is there to be looked at.`])
  } else if (today > endsOn) {
    blocks.push([`This programme ended on ${endsOn}: no day begins, and nothing can be reported.`, ...waysOn])
  } else if (today < startsOn) {
    blocks.push([`This programme begins on ${startsOn}: until then nothing can be reported.`, ...waysOn])
  }
  if (differs.length > 0)
    blocks.push([
      `The folder of the programme says otherwise by now than this store, in: ${differs.join(', ')}.`,
      'A store keeps the programme that it was opened with. With a new file for DATA the folder is taken as it is now;',
      'targets can be changed in a running store by the command AddBaseline.',
    ])
  if (doubts.length > 0) blocks.push(['This is suspicious in the programme:', ...doubts.map((line) => `  ${line}`)])
  return blocks.flatMap((lines) => [...lines, ''])
}

const ways = (day: Day, program: string | null): string[] => [
  `  to try it on one of its days:      DATA=./data/trial.db npm start -- ${program === null ? '' : `--program ${typed(program)} `}--day ${day}`,
  '  to see one with figures in it:     npm run demo',
  '  to set up one of your own:         npm run programme -- new ./my-programme',
]
