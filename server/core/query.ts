/** The only read path: who may see it is asked here. */
import type { Programme } from '../../shared/domain/programme.ts'
import { ok, type Refusal, refuse, type Result } from '../../shared/errors.ts'
import { type Actor, mayWatch, parseScope, scopeExists } from '../../shared/policy.ts'
import type { Patch } from '../../shared/view/patch.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import type { AsOf, Past } from '../archive/past.ts'
import { programmesOf } from '../archive/programmes.ts'
import type { LiveScopes } from '../live/scopes.ts'
import type { State } from '../live/state.ts'
import { programmeHash } from '../live/views/programme.ts'
import { spanOf } from '../live/views/unit.ts'
import type { Store } from '../store/store.ts'
import { createFigures, type Figures } from './figures.ts'
import { limiter } from './limit.ts'

export interface Query extends Figures {
  /** empty = yes */
  mayWatch(actor: Actor, scope: string): Refusal[]
  /** the same, and the scope's rows can be had at once afterwards, until others run */
  prepare(actor: Actor, scope: string): Promise<Refusal[]>
  /** rows of the scope whose last change is after `since`; with `asOf` all rows as they were then, as a `reset` */
  changes(actor: Actor, scope: string, since: number, asOf?: AsOf): Promise<Result<Patch>>
  /** the days of a month of a `unit:` scope by an address that the log has given it: the same for ever. `scope.unknown` by any other */
  span(actor: Actor, scope: string, month: string, address: string): Promise<Result<{ days: readonly WireRow[] }>>
  /** the programme with that hash, of now or of earlier; undefined when there was none */
  programme(hash: string): Promise<Programme | undefined>
}

export interface QueryOptions {
  state: State
  scopes: LiveScopes
  store: Store
  past: Past
  now: () => Date
}

/** Questions about the past. A page asks for a handful of scopes and some two years of months together. */
const PAST = { all: 4, each: 2, waiting: 32 }

export function createQuery({ state, scopes, store, past, now }: QueryOptions): Query {
  const inPast = limiter(PAST)

  function may(actor: Actor, name: string): Refusal[] {
    const { world } = state
    if (world.setting === null) return [{ code: 'programme.notOpen' }]
    const scope = parseScope(name)
    if (scope === undefined || !scopeExists(scope, world)) return [{ code: 'scope.unknown', params: { scope: name } }]
    return mayWatch(actor, scope, world.setting.units, world.today)
      ? []
      : [{ code: 'may.not', params: { scope: name } }]
  }

  async function prepare(actor: Actor, scope: string): Promise<Refusal[]> {
    const refusals = may(actor, scope)
    if (refusals.length === 0) await scopes.readHistory(scope, (subject) => store.bySubject(subject))
    return refusals
  }

  return {
    ...createFigures(state, store, now),
    mayWatch: may,
    prepare,
    async changes(actor, scope, since, asOf) {
      // a history as it was is read in the thread of the past
      const refusals = asOf === undefined ? await prepare(actor, scope) : may(actor, scope)
      if (refusals.length > 0) return { ok: false, refusals }
      if (asOf === undefined) return ok(scopes.changes(scope, since))
      // what will be recorded by then is not known yet
      if (typeof asOf === 'string' && Date.parse(asOf) > now().getTime())
        return refuse({ code: 'asOf.future', params: { head: state.world.seq } })
      return inPast(actor.id, () => past.changes(scope, asOf))
    },
    async span(actor, name, month, address) {
      const refusals = may(actor, name)
      if (refusals.length > 0) return { ok: false, refusals }
      const scope = parseScope(name)
      if (scope?.kind !== 'unit') return refuse({ code: 'scope.unknown', params: { scope: name } })
      const here = spanOf(state, scope.unit, month)
      if (here?.address === address) return ok({ days: here.days })
      // an address of before the last change, or of a page that shows the past
      return inPast(actor.id, () => past.span(scope.unit, month, address))
    },
    programme: async (hash) => (await programmesOf(store)).find((programme) => programmeHash(programme) === hash),
  }
}
