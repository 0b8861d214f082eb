/** The only read path: who may see it is asked here. */
import { type Refusal, type Result, ok } from '../../shared/errors.ts'
import { type Actor, mayWatch, parseScope } from '../../shared/policy.ts'
import type { HistoryEntry } from '../../shared/protocol/api.ts'
import type { Patch } from '../../shared/view/patch.ts'
import type { Projector } from '../live/projector.ts'
import type { Store } from '../store/store.ts'

export interface Query {
  mayWatch(actor: Actor, scope: string): Refusal[]
  changes(actor: Actor, scope: string, since: number): Result<Patch>
  history(actor: Actor, subject: string): Promise<Result<HistoryEntry[]>>
}

export function createQuery(projector: Projector, store: Store): Query {
  function may(actor: Actor, scope: string): Refusal[] {
    const { frame } = projector.world()
    const parsed = parseScope(scope)
    if (parsed === undefined || (parsed.unit !== undefined && frame?.units.get(parsed.unit) === undefined))
      return [{ code: 'scope.unknown', params: { scope } }]
    if (frame === null) return [{ code: 'programme.notOpen' }]
    return mayWatch(actor, parsed.kind, frame.units, parsed.unit) ? [] : [{ code: 'may.not', params: { scope } }]
  }

  return {
    mayWatch: may,
    changes(actor, scope, since) {
      const refusals = may(actor, scope)
      return refusals.length > 0 ? { ok: false, refusals } : ok(projector.changes(scope, since))
    },
    async history(actor, subject) {
      const scope = scopeOfSubject(subject)
      const refusals =
        scope === undefined ? [{ code: 'scope.unknown' as const, params: { scope: subject } }] : may(actor, scope)
      if (refusals.length > 0) return { ok: false, refusals }
      const { members } = projector.world()
      const events = await store.bySubject(subject)
      return ok(events.map((e) => ({ ...e, actorName: members.get(e.actor)?.name ?? e.actor })))
    },
  }
}

/** Who may watch the scope may read the history of what stands in it. */
function scopeOfSubject(subject: string): string | undefined {
  const [kind, id] = subject.split('/')
  switch (kind) {
    case 'report':
      return `sheet:${id}`
    case 'issue':
      return 'issues'
    case 'member':
    case 'period':
      return 'people'
    default:
      return undefined
  }
}
