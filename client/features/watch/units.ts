/** Rows of several units at once, where which ones is only known at run time. */
import { type EffectScope, effectScope, onScopeDispose, shallowRef, watch } from 'vue'
import { type UnitRows, useUnit } from '../../stores/unit.ts'

/** Watches the scope of every unit of the list while the component lives; looks one up by its code. */
export function useUnits(codes: () => readonly string[]): (code: string) => UnitRows | undefined {
  const held = new Map<string, { life: EffectScope; rows: UnitRows }>()
  const current = shallowRef<ReadonlyMap<string, UnitRows>>(new Map())
  watch(
    () => [...new Set(codes())].join(' '),
    (list) => {
      const wanted = new Set(list === '' ? [] : list.split(' '))
      for (const [code, { life }] of held)
        if (!wanted.has(code)) {
          life.stop()
          held.delete(code)
        }
      for (const code of wanted)
        if (!held.has(code)) {
          const life = effectScope(true)
          held.set(code, { life, rows: life.run(() => useUnit(code))! })
        }
      current.value = new Map([...held].map(([code, { rows }]) => [code, rows]))
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => held.forEach(({ life }) => life.stop()))
  return (code) => current.value.get(code)
}
