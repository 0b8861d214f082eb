/** Texts that are cut where there is no room for all of them: between characters as they are read, never within one. */

const characters = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The text, or its beginning and `…`, `room` wide at most; a letter with its accents, a flag, a family is one character. */
export function shortened(text: string, room: number, widthOf: (character: string) => number = () => 1): string {
  const dots = widthOf('…')
  let used = 0
  let end = 0
  for (const { segment, index } of characters.segment(text)) {
    const isLast = index + segment.length === text.length
    used += widthOf(segment)
    // what fits without the dots may not with them
    if (used > room) return `${text.slice(0, end)}…`
    if (used <= room - dots || isLast) end = index + segment.length
  }
  return text
}
