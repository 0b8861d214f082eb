/** In place of `client/stores/scope.ts`: rows of scopes that the test gives, no server. */
import { computed, type MaybeRefOrGetter, shallowReactive, shallowRef, toValue } from 'vue'
import type { ScopeRows } from '../../client/stores/scope.ts'
import type { Refusal } from '../../shared/errors.ts'
import type { Row, RowByKind, RowKind } from '../../shared/view/rows.ts'

interface Given {
  rows: ReadonlyMap<string, Row>
  refusals: readonly Refusal[]
}
const scopes = shallowReactive(new Map<string, Given>())
const reached = shallowRef(0)

/** The scope holds these rows from now on. */
export function giveRows(scope: string, ...rows: Row[]): void {
  scopes.set(scope, { rows: new Map(rows.map((r) => [r.key, r])), refusals: [] })
}

/** The scope may not be watched. */
export function refuseScope(scope: string, ...refusals: Refusal[]): void {
  scopes.set(scope, { rows: new Map(), refusals })
}

/** Rows are up to this line of the log at least, whatever versions they show. */
export const reach = (seq: number): void => void (reached.value = seq)

export function forgetScopes(): void {
  scopes.clear()
  reached.value = 0
}

export function useScope(scope: MaybeRefOrGetter<string>): ScopeRows {
  const held = computed(() => scopes.get(toValue(scope)))
  return {
    rows: computed(() => held.value?.rows ?? new Map()),
    ready: computed(() => held.value !== undefined && held.value.refusals.length === 0),
    seq: computed(() => Math.max(reached.value, ...[...(held.value?.rows.values() ?? [])].flatMap(versionsIn))),
    refusals: computed(() => held.value?.refusals ?? []),
    get: <K extends RowKind>(key: string) => held.value?.rows.get(key) as RowByKind<K> | undefined,
    all: <K extends RowKind>(kind: K) =>
      [...(held.value?.rows.values() ?? [])].filter((r) => r.kind === kind) as RowByKind<K>[],
  }
}

/** Rows are up to the newest version that they show. */
const versionsIn = (row: Row): number[] =>
  row.kind === 'report' ? row.figures.flatMap(({ version, claim }) => [version, claim?.version ?? 0]) : []

export const setUnitIndex = (): void => undefined
