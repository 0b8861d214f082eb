/** Every kind of row between its object and its place on the wire. */
import { dayNumber, dayOf } from '../progress/day.ts'
import { calendarDayOf, wireCalendarDay } from './calendar.ts'
import { DUE_STATES } from './due.ts'
import {
  breakdownOf,
  changeOf,
  dayAt,
  figuresOf,
  headOf,
  numberOf,
  personOf,
  rateOf,
  reachedOf,
  sideOf,
  stepOf,
  totalOf,
  wireBreakdown,
  wireChange,
  wireFigures,
  wireHead,
  wirePerson,
  wireRate,
  wireReached,
  wireSide,
  wireStep,
  wireTotal,
} from './fields.ts'
import type { Codec } from './codec.ts'
import type { Layout, Num } from './layout.ts'
import type { RowKind } from './rows.ts'
import { silenceCodecs } from './silenceCodecs.ts'
import { WORK_KINDS } from './workRows.ts'

/** What of a version has a position of its own; everything else goes by its name. */
const VERSION_HEAD = new Set(['kind', 'key', 'seq', 'at', 'by', 'type', 'changes'])

/** Every kind of row; a kind without a codec does not compile. */
export const codecs: { [K in RowKind]: Codec<K> } = {
  programme: {
    encode: ({ hash, origin }) => [hash, origin],
    decode: ([hash, origin]) => ({ hash, origin }),
  },
  clock: {
    encode: ({ today, closed, due, lockedThrough, over, doubted }) => {
      const made: Layout['clock'] = [numberOf(today), numberOf(closed), numberOf(due), numberOf(lockedThrough)]
      if (over !== undefined || doubted !== undefined) made[4] = over === undefined ? null : dayNumber(over)
      if (doubted !== undefined) made[5] = dayNumber(doubted)
      return made
    },
    decode: ([today, closed, due, locked, over, doubted]) => ({
      today: dayAt(today),
      closed: dayAt(closed),
      due: dayAt(due),
      lockedThrough: dayAt(locked),
      ...(over == null ? {} : { over: dayOf(over) }),
      ...(doubted === undefined ? {} : { doubted: dayOf(doubted) }),
    }),
  },
  sums: {
    encode: ({ total, today, state, blank, spans, confirmed }) => {
      const made: Layout['sums'] = [wireBreakdown(total), wireBreakdown(today)]
      if (state !== null) made[2] = DUE_STATES.indexOf(state)
      if (blank !== undefined) made[3] = blank
      if (spans !== undefined) made[4] = spans.map(numberOf)
      if (confirmed !== undefined) made[5] = confirmed
      return made
    },
    decode: ([total, today, state, blank, spans, confirmed], units, id) => ({
      unit: units.at(Number(id)),
      total: breakdownOf(total),
      today: breakdownOf(today),
      state: state == null ? null : DUE_STATES[state]!,
      ...(blank == null ? {} : { blank }),
      ...(spans == null ? {} : { spans: spans.map(dayAt) }),
      ...(confirmed === undefined ? {} : { confirmed }),
    }),
  },
  closed: {
    encode: ({ counted, reports, owed, confirmed, reached, recent, week, sinceReference, rates }, units) => {
      const made: Layout['closed'] = [
        [...counted],
        [reports.expected, reports.in, reports.partial, reports.missing],
        owed.map(dayNumber),
        confirmed,
        reached.map((r) => wireReached(r, units)),
        recent === null ? null : [...recent],
        week === null ? null : wireBreakdown(week),
      ]
      if (sinceReference !== undefined) made[7] = wireBreakdown(sinceReference)
      else if (rates !== undefined) made[7] = null
      if (rates !== undefined) made[8] = rates.map(wireRate)
      return made
    },
    decode: ([counted, reports, owed, confirmed, reached, recent, week, sinceReference, rates], units, id) => {
      const [expected, in_, partial, missing] = reports
      return {
        unit: units.at(Number(id)),
        counted,
        week: week === null ? null : breakdownOf(week),
        ...(sinceReference == null ? {} : { sinceReference: breakdownOf(sinceReference) }),
        ...(rates === undefined ? {} : { rates: rates.map(rateOf) }),
        reports: { expected, in: in_, partial, missing },
        owed: owed.map(dayOf),
        owedCount: partial + missing,
        recent,
        reached: reached.map((r) => reachedOf(r, units)),
        confirmed,
      }
    },
  },
  day: {
    encode: ({ breakdown, blank, spans, notAsked, confirmed }) => {
      const made: Layout['day'] = [wireBreakdown(breakdown)]
      if (blank !== undefined) made[1] = blank
      if (spans !== undefined) made[2] = spans.map(numberOf)
      if (notAsked === true) made[3] = 1
      if (confirmed !== undefined) made[4] = confirmed
      return made
    },
    decode: ([breakdown, blank, spans, notAsked, confirmed], _units, id) => ({
      day: dayOf(Number(id)),
      breakdown: breakdownOf(breakdown),
      ...(blank == null ? {} : { blank }),
      ...(spans == null ? {} : { spans: spans.map(dayAt) }),
      ...(notAsked === 1 ? { notAsked: true as const } : {}),
      ...(confirmed === undefined ? {} : { confirmed }),
    }),
  },
  span: {
    encode: ({ address }) => [address],
    decode: ([address], _units, id) => ({ month: `${id.slice(0, 4)}-${id.slice(4)}`, address }),
  },
  change: {
    encode: ({ seq, at, type, unit, day: about, changes, restated, confirmed }, units) => {
      const made: Layout['change'] = [seq, at, type, units.index(unit), dayNumber(about), changes.map(wireChange)]
      if (restated !== undefined) made[6] = restated
      if (confirmed !== undefined) made[7] = confirmed
      return made
    },
    decode: ([seq, at, type, unit, about, changes, restated, confirmed], units) => ({
      seq,
      at,
      type,
      unit: units.at(unit),
      day: dayOf(about),
      changes: changes.map(changeOf),
      ...(restated == null ? {} : { restated }),
      ...(confirmed === undefined ? {} : { confirmed }),
    }),
  },
  below: {
    encode: ({ in: in_, partial, missing, behind }) => [in_, partial, missing, behind],
    decode: ([in_, partial, missing, behind], units, id) => ({
      unit: units.at(Number(id)),
      in: in_,
      partial,
      missing,
      behind,
    }),
  },
  urgent: {
    encode: (row, units) => [row.units.map(({ unit, owedCount }) => [units.index(unit), owedCount])],
    decode: ([list], units) => ({ units: list.map(([unit, owedCount]) => ({ unit: units.at(unit), owedCount })) }),
  },
  calendar: {
    encode: ({ days }) => [days.map(wireCalendarDay)],
    decode: ([days], units, id) => {
      const [unit, month] = id.split('.') as [string, string]
      return {
        unit: units.at(Number(unit)),
        month: `${month.slice(0, 4)}-${month.slice(4)}`,
        days: days.map(calendarDayOf),
      }
    },
  },
  ...silenceCodecs,
  report: {
    encode: ({ figures }) => wireFigures(figures),
    decode: ([people, figures], units, id) => ({ unit: units.at(Number(id)), figures: figuresOf(people, figures) }),
  },
  queue: {
    encode: ({ figures, asked }) =>
      [...wireFigures(figures), ...(asked === undefined ? [] : [asked])] as Layout['queue'],
    decode: ([people, figures, asked], units, id) => {
      const [unit, day] = id.split('.').map(Number) as [number, number]
      const row = { unit: units.at(unit), day: dayOf(day), figures: figuresOf(people, figures) }
      return asked === undefined ? row : { ...row, asked }
    },
  },
  queueCounts: {
    encode: ({ waiting, confirmed }) => [waiting, confirmed],
    decode: ([waiting, confirmed]) => ({ waiting, confirmed }),
  },
  line: {
    encode: ({ through, total, usual, past, estimate, earlier, covered, totals }) => {
      const made: Layout['line'] = [
        [...through],
        [...total],
        usual.map((values) => [...values]),
        past.map(({ day: about, values }): [number, ...Num[]] => [dayNumber(about), ...values]),
        estimate.every((n) => n === null) ? null : [...estimate],
      ]
      if (earlier !== undefined) made[5] = [...earlier]
      else if (covered !== undefined || totals !== undefined) made[5] = null
      if (covered !== undefined) made[6] = covered
      else if (totals !== undefined) made[6] = null
      if (totals !== undefined) made[7] = totals.map((base) => (base === null ? 0 : wireTotal(base)))
      return made
    },
    decode: ([through, total, usual, past, estimate, earlier, covered, totals], units, id) => ({
      unit: units.at(Number(id)),
      through,
      total,
      usual,
      past: past.map(([about, ...values]) => ({ day: dayOf(about), values })),
      estimate: estimate ?? total.map(() => null),
      ...(earlier == null ? {} : { earlier }),
      ...(covered == null ? {} : { covered }),
      ...(totals === undefined ? {} : { totals: totals.map((base) => (base === 0 ? null : totalOf(base))) }),
    }),
  },
  asked: {
    encode: ({ questions }) => [questions],
    decode: ([questions], units, id) => ({ unit: units.at(Number(id)), questions }),
  },
  above: {
    encode: ({ total, through }) => (through === undefined ? [[...total]] : [[...total], [...through]]),
    decode: ([total, through], units, id) => ({
      unit: units.at(Number(id)),
      total,
      ...(through === undefined ? {} : { through }),
    }),
  },
  offer: {
    encode: ({ from, to, asks, moved, changed, reason, by, at }, units) => [
      wireSide(from, units),
      wireSide(to, units),
      asks === 'to' ? 1 : 0,
      [...moved],
      changed ? 1 : 0,
      reason,
      wirePerson(by),
      at,
    ],
    decode: ([from, to, asksTaker, moved, changed, reason, by, at], units, id) => ({
      offer: Number(id),
      from: sideOf(from, units),
      to: sideOf(to, units),
      asks: asksTaker === 1 ? 'to' : 'from',
      moved,
      changed: changed === 1,
      reason,
      by: personOf(by),
      at,
    }),
  },
  work: {
    encode: ({ counters, said }) =>
      said === undefined ? [counters] : [counters, [said.text, wirePerson(said.by), said.at]],
    decode: ([counters, said], units, id) => {
      const [kind, unit, day] = id.split('.').map(Number) as [number, number, number]
      return {
        unit: units.at(unit),
        day: dayOf(day),
        what: WORK_KINDS[kind]!,
        counters,
        ...(said === undefined ? {} : { said: { text: said[0], by: personOf(said[1]), at: said[2] } }),
      }
    },
  },
  workCounts: {
    encode: ({ counts, offers }) => [counts, offers],
    decode: ([counts, offers]) => ({ counts, offers }),
  },
  issueLine: {
    encode: wireHead,
    decode: (fields, units, id) => headOf(Number(id), fields, units),
  },
  issue: {
    encode: (row, units) => [row.issue, row.text, ...wireHead(row, units)],
    decode: ([issue, text, ...head], units) => ({ text, ...headOf(issue, head, units) }),
  },
  step: {
    encode: ({ text, ...step }) => [...wireStep(step), text],
    decode: ([step, by, at, about, seq, text], _units, id) => ({
      n: Number(id),
      ...stepOf([step, by, at, about, seq]),
      text,
    }),
  },
  member: {
    encode: ({ name, role, unit, ended, tasks }, units) => [name, role, units.index(unit), ended ? 1 : 0, tasks],
    decode: ([name, role, unit, ended, tasks], units, id) => ({
      member: id,
      name,
      role,
      unit: units.at(unit),
      tasks,
      ended: ended === 1,
    }),
  },
  version: {
    encode: (row) => {
      const { at, by, type, changes } = row
      const more = Object.fromEntries(Object.entries(row).filter(([name]) => !VERSION_HEAD.has(name)))
      return [at, wirePerson(by), type, changes.map(wireChange), more]
    },
    decode: ([at, by, type, changes, more], _units, id) => ({
      seq: Number(id),
      at,
      by: personOf(by),
      type,
      changes: changes.map(changeOf),
      ...more,
    }),
  },
}
