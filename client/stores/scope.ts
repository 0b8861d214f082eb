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
import type { Row, RowByKind, RowKind } from '../../shared/view/rows.ts'
import { feed } from '../sync/live.ts'

export interface ScopeRows {
  /** a new map after every patch that changes something */
  rows: Readonly<ShallowRef<ReadonlyMap<string, Row>>>
  /** the first load has arrived */
  ready: Readonly<Ref<boolean>>
  /** why the scope may not be watched */
  refusals: Readonly<ShallowRef<readonly Refusal[]>>
  /** by `rowKey`; undefined when there is none */
  get<K extends RowKind>(key: string): RowByKind<K> | undefined
  /** in order of first appearance */
  all<K extends RowKind>(kind: K): RowByKind<K>[]
}

interface Shared {
  rows: ShallowRef<ReadonlyMap<string, Row>>
  ready: Ref<boolean>
  refusals: ShallowRef<readonly Refusal[]>
  kinds: ComputedRef<Map<RowKind, Row[]>>
  watchers: number
  close(): void
}

const NOTHING: ReadonlyMap<string, Row> = new Map()
const shared = new Map<string, Shared>()

function enter(scope: string): Shared {
  let entry = shared.get(scope)
  if (entry === undefined) {
    const rows = shallowRef(NOTHING)
    const ready = ref(false)
    const refusals = shallowRef<readonly Refusal[]>([])
    const kinds = computed(() => byKind(rows.value))
    const close = feed.open(scope, (state) => {
      rows.value = new Map(state.rows)
      ready.value = state.ready
      refusals.value = state.refusals
    })
    entry = { rows, ready, refusals, kinds, watchers: 0, close }
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
    refusals: computed(() => entry.value?.refusals.value ?? []),
    get: <K extends RowKind>(key: string) => entry.value?.rows.value.get(key) as RowByKind<K> | undefined,
    all: <K extends RowKind>(kind: K) => (entry.value?.kinds.value.get(kind) ?? []) as RowByKind<K>[],
  }
}
