/** The one reader of texts as days: as people write them, and as a spreadsheet counts them. */
import { type Day, dayOf, isDay } from '../progress/day.ts'
import { plain } from './signs.ts'

/** The year in which a workbook begins to count its days. */
export type Epoch = 1900 | 1904

export type DayReading =
  { kind: 'blank' } | { kind: 'day'; day: Day } | { kind: 'refused'; code: 'day.invalid' | 'day.unclear' }

/** What is known of where the days come from: the programme's first and last, and how the workbook counts; null = not known. */
export interface DaySource {
  from: Day
  to: Day
  epoch: Epoch | null
}

/** `2008-1-5`, `2008/1/5`, `2008.1.5`, with the words for year, month and day, with midnight behind it. */
const WRITTEN = /^(\d{4}) ?[-/.\u5E74] ?(\d{1,2}) ?[-/.\u6708] ?(\d{1,2}) ?\u65E5?(?:[ T]0?0:00(?::00(?:\.0+)?)?)?$/
/** `4\u67084\u65E5`, as the pages write days of the year that it is */
const OF_YEAR = /^(\d{1,2}) ?\u6708 ?(\d{1,2}) ?\u65E5$/
/** `20080105` */
const RUN = /^(\d{4})(\d{2})(\d{2})$/
const SERIAL = /^(\d{5})(?:\.0+)?$/
/** Serial numbers of 1970-01-01. */
const ZERO: Record<Epoch, number> = { 1900: 25_569, 1904: 24_107 }

/**
 * Reads a day. `day.invalid` for what is none, or might be another one to somebody else (`5/1/2008`); `day.unclear` for a serial
 * number that is a day of the programme by both epochs, of a file that does not say by which it counts.
 */
export function readDay(text: string, { from, to, epoch }: DaySource): DayReading {
  const sign = plain(text)
  if (sign === '') return { kind: 'blank' }
  const [, year, month, date] = WRITTEN.exec(sign) ?? RUN.exec(sign) ?? []
  if (year !== undefined) {
    const day = `${year}-${month!.padStart(2, '0')}-${date!.padStart(2, '0')}`
    return isDay(day) ? { kind: 'day', day } : { kind: 'refused', code: 'day.invalid' }
  }
  const [, monthOf, dateOf] = OF_YEAR.exec(sign) ?? []
  if (monthOf !== undefined) return dayOfYear(`${monthOf.padStart(2, '0')}-${dateOf!.padStart(2, '0')}`, from, to)
  const [, serial] = SERIAL.exec(sign) ?? []
  if (serial === undefined) return { kind: 'refused', code: 'day.invalid' }
  if (epoch !== null) return { kind: 'day', day: daySerial(Number(serial), epoch) }
  const days = ([1900, 1904] as const).map((e) => daySerial(Number(serial), e)).filter((d) => d >= from && d <= to)
  if (days.length === 1) return { kind: 'day', day: days[0]! }
  return { kind: 'refused', code: days.length === 0 ? 'day.invalid' : 'day.unclear' }
}

/** A day without its year is that of the one year in which it is a day of the programme. */
function dayOfYear(rest: string, from: Day, to: Day): DayReading {
  const [first, last] = [Number(from.slice(0, 4)), Number(to.slice(0, 4))]
  const days = Array.from({ length: last - first + 1 }, (_, i) => `${String(first + i)}-${rest}`).filter(
    (day) => isDay(day) && day >= from && day <= to,
  )
  return days.length === 1 ? { kind: 'day', day: days[0]! } : { kind: 'refused', code: 'day.invalid' }
}

/** The day of a spreadsheet's number. */
export const daySerial = (serial: number, epoch: Epoch): Day => dayOf(Math.floor(serial) - ZERO[epoch])
