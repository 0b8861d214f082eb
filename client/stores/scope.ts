/** Rows of a scope, live, while somebody on the page looks at them. */
import {
  computed,
  type ComputedRef,
  type MaybeRefOrGetter,
  onScopeDispose,
  type Ref,
  ref,
  type ShallowRef,
  shallowRef,
  toValue,
  watch,
} from 'vue'
import type { Refusal } from '../../shared/errors.ts'
import type { UnitIndex } from '../../shared/view/layout.ts'
import type { Held } from '../../shared/view/patch.ts'
import type { Row, RowByKind, RowKind } from '../../shared/view/rows.ts'
import { decodeRow, type WireRow } from '../../shared/view/wire.ts'
import { feed } from '../sync/live.ts'

export interface ScopeRows {
  /** a new map after every patch that changes something; a row stays the same object while it does not change */
  rows: Readonly<Ref<ReadonlyMap<string, Row>>>
  /** the first load has arrived, and the programme that names its units */
  ready: Readonly<Ref<boolean>>
  /** line of the log up to which the rows are at least; 0 before the first load */
  seq: Readonly<Ref<number>>
  /** why the scope may not be watched */
  refusals: Readonly<Ref<readonly Refusal[]>>
  /** by `rowKey`; undefined when there is none */
  get<K extends RowKind>(key: string): RowByKind<K> | undefined
  /** in order of first appearance */
  all<K extends RowKind>(kind: K): RowByKind<K>[]
}

interface Shared {
  rows: ComputedRef<ReadonlyMap<string, Row>>
  ready: ComputedRef<boolean>
  seq: Ref<number>
  refusals: ShallowRef<readonly Refusal[]>
  kinds: ComputedRef<Map<RowKind, Row[]>>
  watchers: number
  close(): void
}

const NOTHING: ReadonlyMap<string, Row> = new Map()
/** Rows of the scope `programme` name no unit. */
const NO_UNITS: UnitIndex = { index: () => -1, at: () => '' }
const shared = new Map<string, Shared>()
const units = shallowRef<UnitIndex | null>(null)

/** Rows name units by their place in the programme; until it is known, only the scope `programme` is ready. */
export function setUnitIndex(index: UnitIndex | null): void {
  units.value = index
}

function enter(scope: string): Shared {
  let entry = shared.get(scope)
  if (entry === undefined) {
    const held = shallowRef<ReadonlyMap<string, Held>>(new Map())
    const loaded = ref(false)
    const seq = ref(0)
    const refusals = shallowRef<readonly Refusal[]>([])
    const index = computed(() => (scope === 'programme' ? NO_UNITS : units.value))
    const decode = decoder()
    const rows = computed(() => (index.value === null ? NOTHING : decode(held.value, index.value)))
    const close = feed.open(scope, (state) => {
      held.value = new Map(state.rows)
      loaded.value = state.ready
      seq.value = state.seq
      refusals.value = state.refusals
    })
    const ready = computed(() => loaded.value && index.value !== null)
    entry = { rows, ready, seq, refusals, kinds: computed(() => byKind(rows.value)), watchers: 0, close }
    shared.set(scope, entry)
  }
  entry.watchers++
  return entry
}

function leave(scope: string, entry: Shared): void {
  if (--entry.watchers > 0) return
  shared.delete(scope)
  entry.close()
}

/** Decodes what has changed since it was last called. */
function decoder(): (held: ReadonlyMap<string, Held>, index: UnitIndex) => ReadonlyMap<string, Row> {
  let before = new Map<string, { wire: WireRow; row: Row }>()
  let by: UnitIndex | null = null
  return (held, index) => {
    const known = by === index ? before : new Map<string, { wire: WireRow; row: Row }>()
    by = index
    before = new Map()
    const rows = new Map<string, Row>()
    for (const [key, { row: wire }] of held) {
      const old = known.get(key)
      const row = old?.wire === wire ? old.row : decodeRow(wire, index)
      before.set(key, { wire, row })
      rows.set(key, row)
    }
    return rows
  }
}

function byKind(rows: ReadonlyMap<string, Row>): Map<RowKind, Row[]> {
  const kinds = new Map<RowKind, Row[]>()
  for (const row of rows.values()) {
    const list = kinds.get(row.kind)
    if (list === undefined) kinds.set(row.kind, [row])
    else list.push(row)
  }
  return kinds
}

/** Watches the scope while the calling component (or store) lives; an empty name watches nothing. */
export function useScope(scope: MaybeRefOrGetter<string>): ScopeRows {
  const entry = shallowRef<Shared | null>(null)
  let held: { scope: string; entry: Shared } | null = null
  const change = (next: string) => {
    const before = held
    held = next === '' ? null : { scope: next, entry: enter(next) }
    entry.value = held?.entry ?? null
    if (before !== null) leave(before.scope, before.entry)
  }
  watch(() => toValue(scope), change, { immediate: true, flush: 'sync' })
  onScopeDispose(() => change(''))
  return {
    rows: computed(() => entry.value?.rows.value ?? NOTHING),
    ready: computed(() => entry.value?.ready.value ?? false),
    seq: computed(() => entry.value?.seq.value ?? 0),
    refusals: computed(() => entry.value?.refusals.value ?? []),
    get: <K extends RowKind>(key: string) => entry.value?.rows.value.get(key) as RowByKind<K> | undefined,
    all: <K extends RowKind>(kind: K) => (entry.value?.kinds.value.get(kind) ?? []) as RowByKind<K>[],
  }
}
