import { beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, effectScope, nextTick, ref, watch } from 'vue'
import type { ScopeState } from '../../client/sync/feed.ts'
import { type NowRow, type Row, rowKey } from '../../shared/view/rows.ts'

const opened: { scope: string; changed: (state: ScopeState) => void; open: boolean }[] = []
vi.mock('../../client/sync/live.ts', () => ({
  feed: {
    open(scope: string, changed: (state: ScopeState) => void) {
      const entry = { scope, changed, open: true }
      opened.push(entry)
      return () => (entry.open = false)
    },
  },
}))
const { useScope } = await import('../../client/stores/scope.ts')

const now = (today: string): NowRow => ({
  ...{ kind: 'now', key: rowKey.now(), today, closed: null, due: null, lockedThrough: null },
})
const state = (...rows: Row[]): ScopeState => ({
  ...{ rows: new Map(rows.map((r) => [r.key, r])), seq: 1, ready: true, refusals: [] },
})
const watching = () => opened.filter((o) => o.open).map((o) => o.scope)

describe('rows of a scope in a component', () => {
  beforeEach(() => {
    opened.length = 0
  })

  it('opens a scope once for two components and closes it with the last', () => {
    const [first, second] = [effectScope(), effectScope()]
    first.run(() => useScope('unit:a'))
    second.run(() => useScope('unit:a'))
    expect(watching()).toEqual(['unit:a'])
    first.stop()
    expect(watching()).toEqual(['unit:a'])
    second.stop()
    expect(watching()).toEqual([])
  })

  it('gives a new map with every change and finds rows by key and kind', async () => {
    const component = effectScope()
    const rows = component.run(() => useScope('unit:a'))!
    const today = component.run(() => computed(() => rows.get<'now'>(rowKey.now())?.today))!
    const maps: unknown[] = []
    component.run(() => watch(rows.rows, (map) => maps.push(map)))
    expect(rows.ready.value).toBe(false)
    expect(today.value).toBeUndefined()
    const held = state(now('2008-04-15'))
    opened[0]!.changed(held)
    await nextTick()
    expect(today.value).toBe('2008-04-15')
    // the feed changes its own map in place
    ;(held.rows as Map<string, Row>).set(rowKey.now(), now('2008-04-16'))
    expect(today.value).toBe('2008-04-15')
    opened[0]!.changed(held)
    await nextTick()
    expect(today.value).toBe('2008-04-16')
    expect(rows.all('now')).toEqual([now('2008-04-16')])
    expect(rows.all('issue')).toEqual([])
    expect(new Set(maps).size).toBe(2)
    component.stop()
  })

  it('follows another scope and shows nothing of the one before', () => {
    const unit = ref('a')
    const component = effectScope()
    const rows = component.run(() => useScope(() => (unit.value === '' ? '' : `unit:${unit.value}`)))!
    opened[0]!.changed(state(now('2008-04-15')))
    unit.value = 'b'
    expect(watching()).toEqual(['unit:b'])
    expect(rows.ready.value).toBe(false)
    expect(rows.rows.value.size).toBe(0)
    unit.value = ''
    expect(watching()).toEqual([])
    component.stop()
  })

  it('tells why a scope may not be watched', () => {
    const component = effectScope()
    const rows = component.run(() => useScope('people'))!
    opened[0]!.changed({ rows: new Map(), seq: 0, ready: false, refusals: [{ code: 'may.not' }] })
    expect(rows.refusals.value).toEqual([{ code: 'may.not' }])
    component.stop()
  })
})
