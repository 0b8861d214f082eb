/** Where the figures of one page end on different days. Pure. */
import type { Day } from '../../../shared/progress/day.ts'

/** Does a comparison with the path end before today? */
export const isBefore = (reference: Day | null, today: Day | null): boolean =>
  reference !== null && today !== null && reference < today
