/** Marks that are drawn outside their chart. */

/** Every shape of an SVG that lies outside it now, in words; runs in the page. */
export function markFaults(): string[] {
  const { clipsOf, isSeen, name } = window.geometry
  /** px: a line at the edge has half its width outside, and the tick of a path stands out of its bar */
  const SLACK = 4.5
  const faults: string[] = []
  for (const svg of document.querySelectorAll('svg')) {
    if (!isSeen(svg) || svg.parentElement!.closest('svg') !== null) continue
    const place = svg.getBoundingClientRect()
    if (place.bottom < 0 || place.top > innerHeight || place.width === 0) continue
    for (const shape of svg.querySelectorAll<SVGGraphicsElement>(
      'path, rect, circle, ellipse, line, polyline, polygon',
    )) {
      if (!isSeen(shape)) continue
      const { fill, stroke } = getComputedStyle(shape)
      if (fill === 'none' && stroke === 'none') continue
      let { left, top, right, bottom } = shape.getBoundingClientRect()
      for (const clip of clipsOf(shape).filter(({ element }) => element !== svg && svg.contains(element))) {
        left = Math.max(left, clip.left)
        top = Math.max(top, clip.top)
        right = Math.min(right, clip.right)
        bottom = Math.min(bottom, clip.bottom)
      }
      if (right < left || bottom < top) continue
      const out = Math.max(place.left - left, place.top - top, right - place.right, bottom - place.bottom)
      if (out > SLACK)
        faults.push(`outside its chart by ${String(Math.round(out))} px: ${name(shape)} in ${name(svg.parentElement!)}`)
    }
  }
  return faults
}
