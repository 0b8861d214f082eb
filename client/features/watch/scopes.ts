/** Several scopes at once, where how many is only known at run time. */
import { type EffectScope, effectScope, onScopeDispose, shallowRef, watch } from 'vue'
import { type ScopeRows, useScope } from '../../stores/scope.ts'

/** Watches every scope of the list while the component lives; looks one up by name. */
export function useScopes(names: () => readonly string[]): (name: string) => ScopeRows | undefined {
  const held = new Map<string, { life: EffectScope; rows: ScopeRows }>()
  const current = shallowRef<ReadonlyMap<string, ScopeRows>>(new Map())
  watch(
    () => [...new Set(names())].join(' '),
    (list) => {
      const wanted = new Set(list === '' ? [] : list.split(' '))
      for (const [name, { life }] of held)
        if (!wanted.has(name)) {
          life.stop()
          held.delete(name)
        }
      for (const name of wanted)
        if (!held.has(name)) {
          const life = effectScope(true)
          held.set(name, { life, rows: life.run(() => useScope(name))! })
        }
      current.value = new Map([...held].map(([name, { rows }]) => [name, rows]))
    },
    { immediate: true, flush: 'sync' },
  )
  onScopeDispose(() => held.forEach(({ life }) => life.stop()))
  return (name) => current.value.get(name)
}
