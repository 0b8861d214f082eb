/** How wide a column of names is: as the longest of them, within bounds; what is longer ends in an ellipsis. */

/** px of a Chinese character and of a letter, at the size of small words */
const WIDE = 12.5
const NARROW = 6.6

/** About how wide small words are, px. */
export const wordsRoom = (text: string): number =>
  [...text].reduce((sum, c) => sum + (/\p{Script=Han}|[（）]/u.test(c) ? WIDE : NARROW), 0)

/** Width in px of the column of these names, at least `least` and at most `most`. */
export function nameRoom(names: readonly string[], least: number, most: number): number {
  return Math.round(Math.min(most, Math.max(least, ...names.map(wordsRoom))))
}
