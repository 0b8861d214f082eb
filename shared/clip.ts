/** Texts that are cut end between two characters as readers count them: no half of a letter, a mark, a picture or an ideograph. */

/** no language: where one character ends is the same in all that are used here */
const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** What readers take for one sign each, in order. */
export const characters = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment)

/**
 * The text, or its beginning and `…`, together no longer than `most` code units: as many whole characters as these hold. A first
 * character that is longer than all of them is cut.
 */
export function clip(text: string, most: number): string {
  if (text.length <= most) return text
  const room = most - 1
  // what comes after the place cannot move it, and may be megabytes; a sign has two halves at most
  const near = text.slice(0, room + 2)
  const whole = segmenter.segment(near).containing(room)?.index ?? room
  return `${near.slice(0, whole === 0 ? room : whole).toWellFormed()}…`
}
