/** Texts that are cut, half under something, or one over another. */
import type { Box } from './tools.ts'

/** Every fault of the texts that are on the screen now, in words; runs in the page. */
export function textFaults(): string[] {
  const { inkOf, clipsOf, isSeen, isCovered, overlap, name } = window.geometry
  /** px that a box may be out of place: rounding, and letters that are drawn beyond their advance */
  const SLACK = 1.5
  const faults: string[] = []
  const seen: { element: Element; text: string; box: Box }[] = []

  const inView = (box: Box) => box.top >= 0 && box.bottom <= innerHeight && box.right > 0 && box.left < innerWidth
  /** that a wide reader can see it all in another way */
  const isTold = (element: Element) => element.closest('[title]') !== null

  /** what is read as a figure: with digits, and few words around them */
  const isFigure = (text: string) => /\d/.test(text) && (text.match(/\p{L}/gu)?.length ?? 0) < 30
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const element = node.parentElement!
    const text = node.textContent!.trim()
    if (text === '' || !isSeen(element)) continue
    const say = (fault: string, by?: Element) =>
      faults.push(`${fault}: “${text.slice(0, 60)}” in ${name(element)}${by === undefined ? '' : `, by ${name(by)}`}`)
    const clips = clipsOf(element)
    let hidden = 0
    const lines = inkOf(node as Text).filter(inView)
    for (const line of lines) {
      const parts = clips.map((clip) => ({ clip, ...overlap(line, clip) }))
      if (parts.some(({ width, height }) => width < SLACK || height < SLACK)) {
        if (!parts.some(({ clip, width, height }) => clip.scrolls && (width < SLACK || height < SLACK))) hidden++
        continue
      }
      const wide = line.right - line.left
      const tall = line.bottom - line.top
      const by = parts.find(({ width, height }) => width < wide - SLACK || height < tall - SLACK)
      if (by !== undefined) {
        const { clip } = by
        const aside = by.height >= tall - SLACK
        if (clip.scrolls) {
          if (isFigure(text)) say('half a figure at a scrolling edge', clip.element)
        } else if (!(clip.ellipsis && aside && !isFigure(text) && isTold(element))) say('cut', clip.element)
      }
      const shown = clips.reduce<Box>(
        (box, clip) => ({
          left: Math.max(box.left, clip.left),
          top: Math.max(box.top, clip.top),
          right: Math.min(box.right, clip.right),
          bottom: Math.min(box.bottom, clip.bottom),
        }),
        line,
      )
      const [x, y] = [(shown.left + shown.right) / 2, (shown.top + shown.bottom) / 2]
      const points = [
        [x, y],
        [shown.left + 2, y],
        [shown.right - 2, y],
        [x, shown.top + 1],
        [x, shown.bottom - 1],
      ] as const
      const covered = points.map(([px, py]) => isCovered(element, px, py))
      if (covered.includes(true) && covered.includes(false))
        say('half covered', document.elementFromPoint(...points[covered.indexOf(true)]!)!)
      else if (!covered.includes(false)) continue
      seen.push({ element, text, box: shown })
    }
    // lines beyond those that there is room for end in an ellipsis too
    const isShortened = getComputedStyle(element).webkitLineClamp !== 'none' && !isFigure(text) && isTold(element)
    if (hidden > 0 && hidden < lines.length && !isShortened) say('a line of it is out of sight')
  }

  // what is typed or chosen is no text of the page
  for (const field of document.querySelectorAll<HTMLInputElement | HTMLSelectElement>('input, select')) {
    if (!isSeen(field) || /checkbox|radio|date|hidden/.test(field.type)) continue
    const style = getComputedStyle(field)
    const context = document.createElement('canvas').getContext('2d')!
    context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    const chosen = field instanceof HTMLSelectElement ? (field.selectedOptions[0]?.text ?? '') : field.value
    const ink = context.measureText(chosen)
    const place = field.getBoundingClientRect()
    // a page that is laid out for paper is zoomed, which its styles do not say
    const zoom = field.offsetWidth === 0 ? 1 : place.width / field.offsetWidth
    const px = (length: number | string) => (typeof length === 'string' ? parseFloat(length) : length) * zoom
    const left = place.left + px(field.clientLeft) + px(style.paddingLeft)
    const right = place.left + px(field.clientLeft + field.clientWidth) - px(style.paddingRight)
    if (px(ink.width) > right - left + SLACK) faults.push(`cut: “${chosen.slice(0, 60)}” in ${name(field)}`)
    if (chosen === '' || !(field instanceof HTMLInputElement)) continue
    // it stands in the middle of what the padding leaves
    const [above, below] = [px(style.paddingTop), px(style.paddingBottom)]
    const middle = place.top + px(field.clientTop) + (above + px(field.clientHeight) - below) / 2
    const base = middle + px(ink.fontBoundingBoxAscent - ink.fontBoundingBoxDescent) / 2
    const begins = /right|end/.test(style.textAlign) ? Math.max(left, right - px(ink.width)) : left
    const [top, bottom] = [base - px(ink.actualBoundingBoxAscent), base + px(ink.actualBoundingBoxDescent)]
    const box = { left: begins, right: Math.min(right, begins + px(ink.width)), top, bottom }
    if (inView(box) && isCovered(field, begins + 1, middle) === false) seen.push({ element: field, text: chosen, box })
  }

  for (const [i, a] of seen.entries())
    for (const b of seen.slice(i + 1)) {
      const { width, height } = overlap(a.box, b.box)
      if (width < SLACK || height < SLACK || a.element === b.element) continue
      const x = Math.max(a.box.left, b.box.left) + width / 2
      const y = Math.max(a.box.top, b.box.top) + height / 2
      if (isCovered(a.element, x, y) !== false || isCovered(b.element, x, y) !== false) continue
      faults.push(
        `one over another: “${a.text.slice(0, 40)}” in ${name(a.element)} and “${b.text.slice(0, 40)}” in ${name(b.element)}`,
      )
    }

  // signs and dots; a large shape is a ground on which words may stand
  const isMark = ({ width, height }: DOMRect) => Math.min(width, height) > 3 && Math.max(width, height) <= 24
  for (const shape of document.querySelectorAll<SVGGraphicsElement>('svg :is(path, rect, circle, polygon)')) {
    const box = shape.getBoundingClientRect()
    if (!isSeen(shape) || !isMark(box) || !inView(box)) continue
    const svg = shape.ownerSVGElement!
    const under = seen.find((t) => {
      const { width, height } = overlap(t.box, box)
      if (width < SLACK || height < SLACK || svg.contains(t.element)) return false
      const x = Math.max(t.box.left, box.left) + width / 2
      const y = Math.max(t.box.top, box.top) + height / 2
      return isCovered(t.element, x, y) === false && isCovered(svg, x, y) === false
    })
    if (under !== undefined)
      faults.push(`a mark over words: “${under.text.slice(0, 40)}” in ${name(under.element)}, by ${name(svg)}`)
  }
  return faults
}
