/** Numbers and days in the reader's language. */
import { useI18n } from 'vue-i18n'
import { type Day, weekday } from '../../shared/progress/day.ts'
import { usePresent } from '../stores/present.ts'
import { useProgramme } from '../stores/programme.ts'
import {
  amountText,
  cut,
  type Locale,
  meanText,
  pointsText,
  type Scaled,
  scaled,
  setText,
  shareText,
  signedText,
  wanText,
  whole,
} from './numbers.ts'

/** An instant: ISO text, milliseconds since the epoch, or a date. */
export type Moment = string | number | Date

export interface Format {
  /** 2,173,754 */
  int(n: number): string
  /** never rounded up to what it is measured against: zh 217.38 (the words around it say 万), en `2.17 M` / `184.29 k` */
  wan(n: number, digits?: number, limit?: number): string
  /** the same as figure and unit, for a headline that sets them apart */
  scaled(n: number, digits?: number, limit?: number): Scaled
  /** 217.38 万 · 2.17 M; a small one whole, so that it never shows as 0.00 */
  amount(n: number, limit?: number): string
  /** what was set, such as a threshold, with all of its digits: 500 万 · 5 M; 5,123,456 */
  set(n: number): string
  /** a share as it was written: 0.605 → 60.5% */
  share(share: number): string
  /** a mean, cut: 3.85; 1,234.5 */
  mean(n: number): string
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
  /** 2008年4月16日 · 16 Apr 2008: with its year and no longer than it must be */
  dayShort(d: Day): string
  /** 4月16日 · 16 Apr; with the year where it is not that of today */
  monthDay(d: Day): string
  /** 4/16, which in English could be a day of either month: 16 Apr; with the year where it is not that of today */
  dayBrief(d: Day): string
  /** 4/15 4/16 · 15, 16 Apr: ascending days, as short as they can be told */
  daysBrief(days: readonly Day[]): string
  /** 4月 · Apr, with the year when wanted */
  month(d: Day, year: boolean): string
  /** 17:42:08 in the programme's time zone */
  time(at: Moment): string
  /** both are on the same day of the programme's time zone */
  isSameDay(a: Moment, b: Moment): boolean
  /** 4月16日 17:42 · 16 Apr 17:42, in the programme's time zone */
  moment(at: Moment): string
  /** day and time of day (`HH:MM:SS`) in the programme's time zone */
  when(at: Moment): { day: Day; time: string }
  /** 2008年4月16日 17:42:08 · 16 April 2008 17:42:08, in the programme's time zone */
  instant(at: Moment): string
}

/** Formats follow the language at the moment of the call, so templates stay current. */
export function useFormat(): Format {
  const { locale, tm, t } = useI18n()
  const language = (): Locale => (locale.value === 'en' ? 'en' : 'zh')
  const parts = (d: Day) => ({ y: d.slice(0, 4), m: Number(d.slice(5, 7)), d: Number(d.slice(8, 10)) })
  const word = (list: string, i: number) => (tm(`common.${list}`) as string[])[i] ?? ''
  const shortly = (d: Day, key: 'monthDay' | 'yearMonthDay') => {
    const { y, m, d: day } = parts(d)
    return t(`common.${key}`, { y, m, d: day, month: word('monthsShort', m - 1) })
  }
  const monthDay = (d: Day) => shortly(d, isThisYear(d) ? 'monthDay' : 'yearMonthDay')
  const day = (d: Day) => {
    const { y, m, d: n } = parts(d)
    return t('common.day', { y, m, d: n, month: word('months', m - 1) })
  }
  const programme = useProgramme()
  const present = usePresent()
  /** before there is a today: where there is one year alone */
  const isThisYear = (d: Day) => {
    if (present.today !== null) return present.today.slice(0, 4) === d.slice(0, 4)
    if (!programme.ready) return false
    const { startsOn, endsOn } = programme.programme
    return [startsOn, endsOn].every((end) => end.slice(0, 4) === d.slice(0, 4))
  }
  const dayBrief = (d: Day) => {
    if (language() === 'en') return monthDay(d)
    const { y, m, d: n } = parts(d)
    return isThisYear(d) ? `${m}/${n}` : `${y}/${m}/${n}`
  }
  const daysBrief = (days: readonly Day[]) => {
    if (language() === 'zh') return days.map(dayBrief).join(' ')
    // the month stands behind the last of its days
    const isLast = (i: number) => days[i]!.slice(0, 7) !== days[i + 1]?.slice(0, 7)
    return days.map((d, i) => (isLast(i) ? monthDay(d) : String(parts(d).d))).join(', ')
  }
  const zoned = (moment: Moment) => partsOf(moment, programme.ready ? programme.programme.timeZone : undefined)
  return {
    int: whole,
    wan: (n, digits = 2, limit) => wanText(n, digits, language(), limit),
    amount: (n, limit) => amountText(n, language(), limit),
    scaled: (n, digits = 2, limit) => scaled(n, digits, language(), limit),
    set: (n) => setText(n, language()),
    share: (share) => `${shareText(share)}%`,
    mean: meanText,
    percent: (x, digits = 1) => `${cut(x, digits)}%`,
    cut: (x, digits = 1) => cut(x, digits),
    points: pointsText,
    signed: signedText,
    day,
    dayLong: (d) => t('common.dayLong', { day: day(d), weekday: word('weekdays', weekday(d)) }),
    dayShort: (d) => shortly(d, 'yearMonthDay'),
    monthDay,
    dayBrief,
    daysBrief,
    month: (d, year) => {
      const { y, m } = parts(d)
      const month = word('monthsShort', m - 1)
      return year ? t('common.yearMonth', { y, m, month }) : month
    },
    time: (at) => zoned(at).time,
    isSameDay: (a, b) => zoned(a).day === zoned(b).day,
    moment: (at) => {
      const { day: on, time } = zoned(at)
      return `${monthDay(on)} ${time.slice(0, 5)}`
    },
    when: zoned,
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
