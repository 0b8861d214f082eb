/** Rows on the wire: positional, units by index, days by number, values in the order of the counters. */
import { type Day, dayNumber } from '../progress/day.ts'
import { codecs } from './codecs.ts'
import type { UnitIndex } from './layout.ts'
import type { Row, RowByKind, RowKind } from './rows.ts'
import { WORK_KINDS, type WorkKind } from './workRows.ts'

export type { UnitIndex }

/** A row as it is sent: its key, then its fields in the order of its codec. */
export type WireRow = readonly [key: string, ...fields: unknown[]]

/** Keys of rows, so that both ends can look one up without searching. `unit` is the unit's index. */
export const rowKey = {
  programme: () => 'p',
  clock: () => 'k',
  sums: (unit: number) => `s${unit}`,
  closed: (unit: number) => `c${unit}`,
  day: (day: Day) => `d${dayNumber(day)}`,
  /** `YYYY-MM` */
  span: (month: string) => `h${month.slice(0, 4)}${month.slice(5)}`,
  change: (slot: number) => `x${slot}`,
  below: (unit: number) => `b${unit}`,
  urgent: () => 'u',
  /** `YYYY-MM` */
  calendar: (unit: number, month: string) => `y${unit}.${month.slice(0, 4)}${month.slice(5)}`,
  silence: () => 'S',
  chase: (unit: number, day: Day) => `C${unit}.${dayNumber(day)}`,
  reminder: (member: string) => `R${member}`,
  item: (item: number) => `I${item}`,
  report: (unit: number) => `r${unit}`,
  line: (unit: number) => `l${unit}`,
  asked: (unit: number) => `e${unit}`,
  above: (unit: number) => `a${unit}`,
  offer: (offer: number) => `o${offer}`,
  queue: (unit: number, day: Day) => `q${unit}.${dayNumber(day)}`,
  queueCounts: () => 'Q',
  work: (what: WorkKind, unit: number, day: Day) => `w${WORK_KINDS.indexOf(what)}.${unit}.${dayNumber(day)}`,
  workCounts: () => 'W',
  issueLine: (issue: number) => `i${issue}`,
  issue: () => 'i',
  step: (n: number) => `t${n}`,
  member: (member: string) => `m${member}`,
  version: (seq: number) => `v${seq}`,
} satisfies Record<RowKind, (...parts: never[]) => string>

const KIND: Readonly<Record<string, RowKind>> = {
  p: 'programme',
  k: 'clock',
  s: 'sums',
  c: 'closed',
  d: 'day',
  h: 'span',
  x: 'change',
  b: 'below',
  u: 'urgent',
  y: 'calendar',
  S: 'silence',
  C: 'chase',
  R: 'reminder',
  I: 'item',
  r: 'report',
  l: 'line',
  e: 'asked',
  a: 'above',
  o: 'offer',
  q: 'queue',
  Q: 'queueCounts',
  w: 'work',
  W: 'workCounts',
  i: 'issueLine',
  t: 'step',
  m: 'member',
  v: 'version',
}

/** Kind of the row with this key. Throws a RangeError for a key that no row has. */
export function kindOf(key: string): RowKind {
  const kind = key === 'i' ? 'issue' : KIND[key[0] ?? '']
  if (kind === undefined) throw new RangeError(`no row has the key ${key}`)
  return kind
}

/** The row as it is sent. */
export function encodeRow(row: Row, units: UnitIndex): WireRow {
  return [row.key, ...codecs[row.kind].encode(row as never, units)]
}

/** The row that was sent. Throws a RangeError for a key that no row has. */
export function decodeRow([key, ...fields]: WireRow, units: UnitIndex): Row {
  const kind = kindOf(key)
  return { kind, key, ...codecs[kind].decode(fields as never, units, key.slice(1)) } as Row
}

/** Rows of one kind among those held, decoded. */
export function* rowsOf<K extends RowKind>(
  kind: K,
  held: Iterable<WireRow>,
  units: UnitIndex,
): Generator<RowByKind<K>> {
  for (const wire of held) if (kindOf(wire[0]) === kind) yield decodeRow(wire, units) as RowByKind<K>
}
