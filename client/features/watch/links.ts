/** Addresses of units' pages that keep the reader's choice of baseline, target, and charts or tables. */
import { useRoute } from 'vue-router'

export interface UnitAddress {
  path: string
  query: Record<string, string>
}

export function useUnitLink(): (code: string) => UnitAddress {
  const route = useRoute()
  return (code) => {
    const query: Record<string, string> = {}
    for (const name of ['baseline', 'target', 'table']) {
      const value = route.query[name]
      if (typeof value === 'string') query[name] = value
    }
    return { path: `/u/${code}`, query }
  }
}
