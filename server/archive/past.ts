/** What anything was at an earlier moment of the log. */
import type { Result } from '../../shared/errors.ts'
import type { Patch } from '../../shared/view/patch.ts'
import type { WireRow } from '../../shared/view/wire.ts'

/** A seq of the log, or a moment (ISO 8601): the last seq before the first event recorded later than it. */
export type AsOf = number | string

export interface Past {
  /**
   * All rows of the scope as they were, as a `reset` whose `to` is the seq. Refused as `asOf.beforeOpening`,
   * `asOf.future`, or `scope.unknown` when there was no such thing then.
   */
  changes(scope: string, asOf: AsOf): Promise<Result<Patch>>
  /** the days of a month of the scope's unit as of a seq at which they changed last */
  span(scope: string, month: string, seq: number): Promise<Result<{ days: readonly WireRow[] }>>
  /** the log has grown to this seq: a checkpoint may be due. Returns at once */
  grown(seq: number): void
  close(): Promise<void>
}
