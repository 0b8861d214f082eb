/** Where the list of the latest changes stands: every line keeps its place, and the list slides down as a whole. Pure. */

export interface Slide {
  /** seq of the line on top; null = there is none */
  newest: number | null
  /** lines that the list has slid down by */
  top: number
  /** how often it has begun anew */
  age: number
}

export const AT_REST: Slide = { newest: null, top: 0, age: 0 }

/** lines after which the list begins anew at the top: places far down are drawn ever less exactly, and end somewhere */
const FAR = 10_000

/** The slide once the lines of these seqs are there, the newest first. */
export function slideTo({ newest, top, age }: Slide, seqs: readonly number[]): Slide {
  const known = newest === null ? 0 : seqs.indexOf(newest)
  const next = top + (known < 0 ? seqs.length : known)
  return { newest: seqs[0] ?? null, ...(next > FAR ? { top: 0, age: age + 1 } : { top: next, age }) }
}
