/** The core: one write path, one read path, and the live feed, over one store. */
import type { Answer } from '../../shared/command.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import type { Setting } from '../../shared/domain/world.ts'
import type { Refusal, Result } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Day } from '../../shared/progress/day.ts'
import type { Patch } from '../../shared/view/patch.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import type { AsOf } from '../archive/past.ts'
import type { Live } from '../live/fanout.ts'

export interface Core {
  /** the only write path; resolves after the commit. `input` is anything from outside, or a Command */
  dispatch(input: unknown, actor: Actor): Promise<Answer>
  /** a member as an actor; undefined when unknown or ended */
  actor(member: string): Actor | undefined
  /** null until a programme is open */
  setting(): Setting | null
  now(): { today: Day | null; closed: Day | null }
  /** empty = yes */
  mayWatch(actor: Actor, scope: string): Refusal[]
  /** rows of the scope whose last change is after `since`; with `asOf` all rows as they were then, as a `reset` */
  changes(actor: Actor, scope: string, since: number, asOf?: AsOf): Promise<Result<Patch>>
  /**
   * The days of a month of the scope's unit, as they were last changed at `seq`: the same for ever.
   * `asOf.future` or `scope.unknown` where the month was never as the address says.
   */
  span(actor: Actor, scope: string, month: string, seq: number): Promise<Result<{ days: readonly WireRow[] }>>
  /** the programme with that hash, of now or of earlier; undefined when there was none */
  programme(hash: string): Promise<Programme | undefined>
  live: Live
  close(): Promise<void>
}
