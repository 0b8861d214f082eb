/**
 * What is under review in this tab: which report, what of it is left out, what is selected, and what is typed to it. It is
 * there again for whoever comes back from its sheet, loads the page anew or takes a decision back (K15).
 */
import { defineStore } from 'pinia'
import { computed, ref, watch } from 'vue'
import { tabStorage } from '../sync/device.ts'
import { useSession } from './session.ts'

interface Kept {
  /** key of the row in the queue; '' = the first */
  current: string
  /** keys of rows */
  selected: string[]
  /** typed, by the key of the row it is about; '' = the selection */
  reasons: Record<string, string>
  /** indices of counters that are not to be decided, with the versions that they were seen in, by row */
  left: Record<string, { versions: string; counters: number[] }>
}
const NOTHING = (): Kept => ({ current: '', selected: [], reasons: {}, left: {} })

export const useReviewing = defineStore('reviewing', () => {
  const session = useSession()
  const kept = ref(NOTHING())
  const place = computed(() =>
    session.owner === null ? null : `reviewing/${session.owner.programme}/${session.owner.member}`,
  )
  watch(place, () => (kept.value = read()), { immediate: true, flush: 'sync' })
  watch(kept, (now) => place.value !== null && tabStorage.set(place.value, JSON.stringify(now)), { deep: true })

  function read(): Kept {
    const text = place.value === null ? null : tabStorage.get(place.value)
    try {
      return { ...NOTHING(), ...(JSON.parse(text ?? '{}') as Partial<Kept>) }
    } catch {
      return NOTHING()
    }
  }
  function write(key: string, text: string): void {
    const others = Object.entries(kept.value.reasons).filter(([other]) => other !== key)
    kept.value.reasons = Object.fromEntries(text === '' ? others : [...others, [key, text]])
  }

  return {
    current: computed({ get: () => kept.value.current, set: (key) => (kept.value.current = key) }),
    selected: computed((): ReadonlySet<string> => new Set(kept.value.selected)),
    /** or no longer */
    select(key: string): void {
      const others = kept.value.selected.filter((other) => other !== key)
      kept.value.selected = others.length < kept.value.selected.length ? others : [...others, key]
    },
    reasonOf: (key: string): string => kept.value.reasons[key] ?? '',
    write,
    /** those of `mine` that are to be decided; a choice is about the versions that were seen */
    chosenOf(key: string, versions: string, mine: readonly number[]): number[] {
      const found = kept.value.left[key]
      return mine.filter((i) => found?.versions !== versions || !found.counters.includes(i))
    },
    toggle(key: string, versions: string, counter: number): void {
      const found = kept.value.left[key]
      const before = found?.versions === versions ? found.counters : []
      const counters = before.includes(counter) ? before.filter((i) => i !== counter) : [...before, counter]
      kept.value.left[key] = { versions, counters }
    },
    /** A decision about these was answered: nothing about them is selected, nor typed where it was taken. */
    settle(keys: readonly string[], isTaken: boolean): void {
      kept.value.selected = kept.value.selected.filter((key) => !keys.includes(key))
      if (isTaken) for (const key of keys) write(key, '')
    },
    /**
     * A decision about these was taken back: its reason is there again, for the selection if it was about that, unless
     * something else has been typed there meanwhile.
     */
    restore(keys: readonly string[], reason: string): void {
      const isSelection = keys.every((key) => kept.value.selected.includes(key))
      for (const key of isSelection ? [''] : keys) if ((kept.value.reasons[key] ?? '') === '') write(key, reason)
    },
  }
})
