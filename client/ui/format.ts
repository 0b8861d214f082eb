/** Numbers and days in the reader's language. */
import { useI18n } from 'vue-i18n'
import { type Day, weekday } from '../../shared/progress/day.ts'
import { useProgramme } from '../stores/programme.ts'
import { amountText, cut, type Locale, pointsText, signedText, type Scaled, scaled, wanText, whole } from './numbers.ts'

/** An instant: ISO text, milliseconds since the epoch, or a date. */
export type Moment = string | number | Date

export interface Format {
  /** 2,173,754 */
  int(n: number): string
  /** cut, never rounded: zh 217.37 (the words around it say 万), en `2.17 M` / `184.28 k` */
  wan(n: number, digits?: number): string
  /** the same as figure and unit, for a headline that sets them apart */
  scaled(n: number, digits?: number): Scaled
  /** 217.37 万 · 2.17 M; a small one whole, so that it never shows as 0.00 */
  amount(n: number): string
  /** cut: 99.999 → 99.99% */
  percent(x: number, digits?: number): string
  /** cut, without a unit */
  cut(x: number, digits?: number): string
  /** +3.6 · −2.6 · 0.0 */
  points(x: number, digits?: number): string
  /** +11,237 · −212 · 0 */
  signed(n: number): string
  /** 2008年4月16日 · 16 April 2008 */
  day(d: Day): string
  /** 2008年4月16日 星期三 · Wednesday 16 April 2008 */
  dayLong(d: Day): string
  /** 4月16日 · 16 Apr */
  monthDay(d: Day): string
  /** 17:42:08 in the programme's time zone */
  time(at: Moment): string
  /** 4月16日 17:42 · 16 Apr 17:42, in the programme's time zone */
  moment(at: Moment): string
  /** 2008年4月16日 17:42:08 · 16 April 2008 17:42:08, in the programme's time zone */
  instant(at: Moment): string
}

/** Formats follow the language at the moment of the call, so templates stay current. */
export function useFormat(): Format {
  const { locale, tm, t } = useI18n()
  const language = (): Locale => (locale.value === 'en' ? 'en' : 'zh')
  const parts = (d: Day) => ({ y: d.slice(0, 4), m: Number(d.slice(5, 7)), d: Number(d.slice(8, 10)) })
  const word = (list: string, i: number) => (tm(`common.${list}`) as string[])[i] ?? ''
  const monthDay = (d: Day) => {
    const { m, d: day } = parts(d)
    return t('common.monthDay', { m, d: day, month: word('monthsShort', m - 1) })
  }
  const day = (d: Day) => {
    const { y, m, d: n } = parts(d)
    return t('common.day', { y, m, d: n, month: word('months', m - 1) })
  }
  const programme = useProgramme()
  const zoned = (moment: Moment) => partsOf(moment, programme.ready ? programme.programme.timeZone : undefined)
  return {
    int: whole,
    wan: (n, digits = 2) => wanText(n, digits, language()),
    amount: (n) => amountText(n, language()),
    scaled: (n, digits = 2) => scaled(n, digits, language()),
    percent: (x, digits = 1) => `${cut(x, digits)}%`,
    cut: (x, digits = 1) => cut(x, digits),
    points: pointsText,
    signed: signedText,
    day,
    dayLong: (d) => t('common.dayLong', { day: day(d), weekday: word('weekdays', weekday(d)) }),
    monthDay,
    time: (at) => zoned(at).time,
    moment: (at) => {
      const { day: on, time } = zoned(at)
      return `${monthDay(on)} ${time.slice(0, 5)}`
    },
    instant: (at) => {
      const { day: on, time } = zoned(at)
      return `${day(on)} ${time}`
    },
  }
}

const zones = new Map<string | undefined, Intl.DateTimeFormat>()

/** A moment's day and time of day in a time zone; the reader's own when none is given. */
function partsOf(moment: Moment, timeZone: string | undefined): { day: Day; time: string } {
  let format = zones.get(timeZone)
  if (format === undefined) {
    // this locale writes 2008-04-16, 17:42:08
    format = new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23' })
    zones.set(timeZone, format)
  }
  const [day, time] = format.format(new Date(moment)).split(', ') as [string, string]
  return { day, time }
}
