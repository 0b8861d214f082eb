/** Rows of scopes `silence:U` between their objects and their places on the wire. */
import { STAGES, type Reached } from '../domain/silence.ts'
import { dayNumber, dayOf } from '../progress/day.ts'
import type { Codec } from './codec.ts'
import { DUE_STATES } from './due.ts'
import { dayAt, numberOf, personOf, wirePerson } from './fields.ts'

const LOCKS = [null, 'locked', 'carried'] as const
type Kinds = 'silence' | 'chase' | 'reminder' | 'item'

export const silenceCodecs: { [K in Kinds]: Codec<K> } = {
  silence: {
    encode: ({ reached, sent, owed, locked, open, closed }) => [
      STAGES.map((stage) => numberOf(reached[stage])),
      sent,
      owed,
      locked,
      open,
      closed,
    ],
    decode: ([reached, sent, owed, locked, open, closed]) => {
      const [official = null, district = null, supervision = null] = reached.map(dayAt)
      return { reached: { official, district, supervision } satisfies Reached, sent, owed, locked, open, closed }
    },
  },
  chase: {
    encode: ({ owed, partial, officials, item, reminded, call, postponed }) => [
      owed,
      partial ? 1 : 0,
      officials.map(wirePerson),
      item,
      reminded && [reminded.at, reminded.seen],
      call === null ? null : [wirePerson(call.by), call.at, wirePerson(call.to), call.text],
      postponed === null ? null : [dayNumber(postponed.until), postponed.reason, wirePerson(postponed.by)],
    ],
    decode: ([owed, partial, officials, item, reminded, call, postponed], units, id) => {
      const [unit, day] = id.split('.').map(Number) as [number, number]
      return {
        unit: units.at(unit),
        day: dayOf(day),
        owed,
        partial: partial === 1,
        officials: officials.map(personOf),
        item,
        reminded: reminded && { at: reminded[0], seen: reminded[1] },
        call: call && { by: personOf(call[0]), at: call[1], to: personOf(call[2]), text: call[3] },
        postponed: postponed && { until: dayOf(postponed[0]), reason: postponed[1], by: personOf(postponed[2]) },
      }
    },
  },
  reminder: {
    encode: ({ seq, at, by, stage, cells, more, text, seen }, units) => [
      seq,
      at,
      wirePerson(by),
      stage,
      cells.map(({ unit, day }): [number, number] => [units.index(unit), dayNumber(day)]),
      more,
      text,
      seen,
    ],
    decode: ([seq, at, by, stage, cells, more, text, seen], units, id) => ({
      member: id,
      seq,
      at,
      by: personOf(by),
      stage,
      cells: cells.map(([unit, day]) => ({ unit: units.at(unit), day: dayOf(day) })),
      more,
      text,
      seen,
    }),
  },
  item: {
    encode: ({ unit, day, state, lock, opened, official, district, reported, closed }, units) => [
      units.index(unit),
      dayNumber(day),
      DUE_STATES.indexOf(state),
      LOCKS.indexOf(lock) as 0 | 1 | 2,
      opened,
      official,
      district,
      reported,
      closed === null ? null : [closed.at, closed.seq],
    ],
    decode: ([unit, day, state, lock, opened, official, district, reported, closed], units, id) => ({
      item: Number(id),
      unit: units.at(unit),
      day: dayOf(day),
      state: DUE_STATES[state]!,
      lock: LOCKS[lock],
      opened,
      official,
      district,
      reported,
      closed: closed && { at: closed[0], seq: closed[1] },
    }),
  },
}
