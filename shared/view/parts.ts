/** Which part of a breakdown a figure stands in, and by how much: one rule for the server's sums and a sheet's preview. */
import type { FigureStanding } from './due.ts'

/** A figure with the other value that it may have while disputed. */
export interface FigureInPart extends FigureStanding {
  claim?: { value: number } | undefined
}

/** `shift` is by how much `part` would change the approved figure; 0 without a part. */
export interface FigurePart {
  approved: number
  part: 'waiting' | 'disputed' | 'returned' | null
  shift: number
}

/**
 * What a figure brings to a total. Blank counts as nothing. A dispute about a value that is approved shifts by the claim;
 * any other newer value by how far it is from the approved one.
 */
export function partOf({ value, approved, state, claim }: FigureInPart): FigurePart {
  const stands = approved ?? 0
  const newer = (value ?? 0) - stands
  switch (state) {
    case 'blank':
    case 'approved':
      return { approved: stands, part: null, shift: 0 }
    case 'submitted':
      return { approved: stands, part: 'waiting', shift: newer }
    case 'returned':
      return { approved: stands, part: 'returned', shift: newer }
    case 'disputed': {
      const settled = approved !== null && value === approved
      return { approved: stands, part: 'disputed', shift: settled ? (claim?.value ?? stands) - stands : newer }
    }
  }
}
