import { beforeEach, describe, expect, it, vi } from 'vitest'
import { computed, effectScope, nextTick, ref, watch } from 'vue'
import type { ScopeState } from '../../client/sync/feed.ts'
import type { Held } from '../../shared/view/patch.ts'
import type { ClockRow, MemberRow, Row } from '../../shared/view/rows.ts'
import { encodeRow, rowKey } from '../../shared/view/wire.ts'

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
const { setUnitIndex, useScope } = await import('../../client/stores/scope.ts')

const units = { index: (code: string) => Number(code.slice(1)), at: (index: number) => `U${index}` }
const clock = (today: string): ClockRow => ({
  ...{ kind: 'clock', key: rowKey.clock(), today, closed: null, due: null, lockedThrough: null },
})
const member = (id: string, unit: string): MemberRow => ({
  ...{ kind: 'member', key: rowKey.member(id), member: id, name: id, role: 'viewer', unit, tasks: [], ended: false },
})
const held = (row: Row): Held => ({ row: encodeRow(row, units), hash: [0, 0] })
const state = (...rows: Row[]): ScopeState => ({
  ...{ rows: new Map(rows.map((r) => [r.key, held(r)])), seq: 1, ready: true, refusals: [] },
})
const watching = () => opened.filter((o) => o.open).map((o) => o.scope)

describe('rows of a scope in a component', () => {
  beforeEach(() => {
    opened.length = 0
    setUnitIndex(units)
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
    const today = component.run(() => computed(() => rows.get<'clock'>(rowKey.clock())?.today))!
    const maps: unknown[] = []
    component.run(() => watch(rows.rows, (map) => maps.push(map)))
    expect(rows.ready.value).toBe(false)
    expect(today.value).toBeUndefined()
    const given = state(clock('2008-04-15'), member('m', 'U3'))
    opened[0]!.changed(given)
    await nextTick()
    expect(today.value).toBe('2008-04-15')
    // the feed changes its own map in place
    const unit = rows.get<'member'>(rowKey.member('m'))
    ;(given.rows as Map<string, unknown>).set(rowKey.clock(), held(clock('2008-04-16')))
    expect(today.value).toBe('2008-04-15')
    opened[0]!.changed(given)
    await nextTick()
    expect(today.value).toBe('2008-04-16')
    expect(rows.all('clock')).toEqual([clock('2008-04-16')])
    expect(rows.all('issue')).toEqual([])
    expect(unit).toEqual(member('m', 'U3'))
    expect(rows.get(rowKey.member('m')), 'a row that did not change stays the same object').toBe(unit)
    expect(new Set(maps).size).toBe(2)
    component.stop()
  })

  it('follows another scope and shows nothing of the one before', () => {
    const unit = ref('a')
    const component = effectScope()
    const rows = component.run(() => useScope(() => (unit.value === '' ? '' : `unit:${unit.value}`)))!
    opened[0]!.changed(state(clock('2008-04-15')))
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
  it('is ready when the programme names the units; the programme itself needs none', () => {
    setUnitIndex(null)
    const component = effectScope()
    const [people, programme] = component.run(() => [useScope('people'), useScope('programme')] as const)!
    opened[0]!.changed(state(member('m', 'U3')))
    opened[1]!.changed(state())
    expect([people.ready.value, programme.ready.value]).toEqual([false, true])
    setUnitIndex(units)
    expect(people.ready.value).toBe(true)
    expect(people.all('member').map((m) => m.unit)).toEqual(['U3'])
    component.stop()
  })
})
