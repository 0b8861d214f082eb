/** Which charts of a page show their tables: in the address, so that Back, and whoever gets the link, sees the same. */
import { computed, type WritableComputedRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'

const namesIn = (value: unknown): string[] => (typeof value === 'string' && value !== '' ? value.split(',') : [])

/** True while the chart of this name shows its table. */
export function useTwin(name: () => string): WritableComputedRef<boolean> {
  const route = useRoute()
  const router = useRouter()
  return computed({
    get: () => namesIn(route.query.table).includes(name()),
    set: (on) => {
      if (on === namesIn(route.query.table).includes(name())) return
      const query = { ...route.query }
      delete query.table
      const names = namesIn(route.query.table).filter((n) => n !== name())
      if (on) names.push(name())
      void router.push({ query: names.length === 0 ? query : { ...query, table: names.join(',') } })
    },
  })
}
