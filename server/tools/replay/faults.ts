/** What stands in the way of a replay, in words: where it is, and what to do. */

/** One fault of a source; `says` is a sentence that goes on from its place, with the remedy. */
export interface Fault {
  file: string
  /** row and column of a file, or a dotted path; empty = the file as a whole */
  place: string
  says: string
}

/** Faults that are shown; the others are counted. */
const SHOWN = 20

/** A source that is not replayed: nothing of it was entered. */
export class SourceRefused extends Error {
  readonly faults: readonly Fault[]
  constructor(faults: readonly Fault[]) {
    super(faultLines(faults).join('\n'))
    this.faults = faults
  }
}

/** A line for each fault up to a bound, and how many there are in all. */
export function faultLines(faults: readonly Fault[]): string[] {
  const lines = faults
    .slice(0, SHOWN)
    .map(({ file, place, says }) => `${file}${place === '' ? '' : ` ${place}`}: ${says}`)
  const more = faults.length - lines.length
  return more > 0
    ? [...lines, `and ${more.toLocaleString('en-US')} more, ${faults.length.toLocaleString('en-US')} in all`]
    : lines
}
