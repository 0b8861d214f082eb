/** How many scopes are open: each is kept while somebody watches it, so nobody opens all that there are. */
import type { Limits } from '../core/allowance.ts'

export interface Crowd {
  /** may this person watch one more? One that is open already costs nothing more */
  mayOpen(member: string, scope: string): boolean
  opened(member: string, scope: string): void
  closed(member: string, scope: string): void
}

export function createCrowd({ all, each }: Limits['scopes']): Crowd {
  const scopes = new Map<string, number>()
  const members = new Map<string, number>()
  const change = (counts: Map<string, number>, name: string, by: 1 | -1) => {
    const count = (counts.get(name) ?? 0) + by
    if (count > 0) counts.set(name, count)
    else counts.delete(name)
  }
  return {
    mayOpen: (member, scope) => scopes.has(scope) || scopes.size < all || (members.get(member) ?? 0) < each,
    opened(member, scope) {
      change(scopes, scope, 1)
      change(members, member, 1)
    },
    closed(member, scope) {
      change(scopes, scope, -1)
      change(members, member, -1)
    },
  }
}
