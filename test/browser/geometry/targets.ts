/** Controls that are too small for a finger, or lie over each other (WCAG 2.2, 2.5.8, without the exception for spacing). */

/** Every fault of the controls that are on the screen now, in words; runs in the page. */
export function targetFaults(): string[] {
  const { clipsOf, isSeen, isCovered, overlap, name } = window.geometry
  const LEAST = 24
  const SLACK = 1.5
  const CONTROLS =
    'a[href], button, input:not([type=hidden]), select, textarea, summary, [role=button], [role=link], [role=checkbox], ' +
    '[role=radio], [role=tab], [role=switch], [role=option], [role=menuitem], [tabindex]:not([tabindex="-1"])'
  const faults: string[] = []

  const labelsOf = (element: Element) => [...((element as HTMLInputElement).labels ?? [])]
  const isOf = (element: Element, hit: Element | null) =>
    hit !== null && (element.contains(hit) || labelsOf(element).some((label) => label.contains(hit)))
  const wholeOf = (rects: DOMRect[]) => {
    const [left, top] = [Math.min(...rects.map((r) => r.left)), Math.min(...rects.map((r) => r.top))]
    const [right, bottom] = [Math.max(...rects.map((r) => r.right)), Math.max(...rects.map((r) => r.bottom))]
    return new DOMRect(left, top, right - left, bottom - top)
  }
  const words = (element: Element) =>
    (element.getAttribute('aria-label') ?? element.textContent.trim()).slice(0, 30) ||
    element.getAttribute('title') ||
    ''

  /** its height is that of the line of words in which it stands */
  function isInSentence(element: Element): boolean {
    if (getComputedStyle(element).display !== 'inline') return false
    let block = element.parentElement!
    while (getComputedStyle(block).display === 'inline') block = block.parentElement!
    const own = [...block.querySelectorAll(CONTROLS)].map((e) => e.textContent).join('')
    const letters = (text: string) => text.replace(/[^\p{L}]/gu, '').length
    return letters(block.textContent) - letters(own) >= 4
  }
  /** a mark of a chart: it is picked by the nearest point, and has a line in the table twin */
  const isMark = (element: Element) => element instanceof SVGElement && !(element instanceof SVGSVGElement)

  const targets: { element: Element; rects: DOMRect[] }[] = []
  for (const element of document.querySelectorAll(CONTROLS)) {
    if (!isSeen(element) || isMark(element)) continue
    // a click on its words is a click on it
    const rect = wholeOf([element, ...labelsOf(element)].map((e) => e.getBoundingClientRect()))
    const [x, y] = [rect.left + rect.width / 2, rect.top + rect.height / 2]
    if (rect.width < 1 || rect.top < LEAST || rect.bottom > innerHeight - LEAST) continue
    if (clipsOf(element.parentElement!).some((clip) => overlap(rect, clip).height < rect.height - SLACK)) continue
    const upon = labelsOf(element).at(-1) ?? element
    if (isCovered(upon, x, y) !== false) continue
    targets.push({ element, rects: [...element.getClientRects()] })
    // what a bar hides now comes out from under it
    const reaches = (dx: number, dy: number) =>
      isOf(element, document.elementFromPoint(x + dx, y + dy)) || isCovered(element, x + dx, y + dy) === null
    const half = LEAST / 2 - 0.6
    const wide = rect.width >= LEAST - 0.5 || (reaches(-half, 0) && reaches(half, 0))
    const tall = rect.height >= LEAST - 0.5 || (reaches(0, -half) && reaches(0, half))
    if ((!wide || !tall) && !isInSentence(element))
      faults.push(
        `${String(Math.round(rect.width))} × ${String(Math.round(rect.height))} px: “${words(element)}” ${name(element)}`,
      )
  }

  /** a bar that stays where it is while the page goes on under it */
  function barOf(element: Element): Element | null {
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      if (getComputedStyle(at).position === 'fixed') return at
    return null
  }

  /** only a bar is over it now, and scrolling as far as the page goes brings it out from under that */
  function comesOut(below: Element, over: Element): boolean {
    const bar = barOf(over)
    if (bar === null || barOf(below) !== null) return false
    const [at, of] = [below.getBoundingClientRect(), bar.getBoundingClientRect()]
    const { scrollHeight } = document.documentElement
    const left = scrollHeight - window.innerHeight - window.scrollY
    return of.top > window.innerHeight / 2 ? at.bottom - left <= of.top + 1 : at.top + window.scrollY >= of.bottom - 1
  }

  for (const [i, a] of targets.entries())
    for (const b of targets.slice(i + 1)) {
      if (a.element.contains(b.element) || b.element.contains(a.element)) continue
      if (comesOut(a.element, b.element) || comesOut(b.element, a.element)) continue
      if (
        labelsOf(a.element).some((l) => l.contains(b.element)) ||
        labelsOf(b.element).some((l) => l.contains(a.element))
      )
        continue
      for (const one of a.rects)
        for (const other of b.rects) {
          const { width, height } = overlap(one, other)
          if (width < SLACK || height < SLACK) continue
          // a small one upon a large one is a target of its own
          const whole = [one, other].find((r) => width >= r.width - SLACK && height >= r.height - SLACK)
          const upper = whole === one ? a.element : b.element
          const x = Math.max(one.left, other.left) + width / 2
          const y = Math.max(one.top, other.top) + height / 2
          if (whole !== undefined && isOf(upper, document.elementFromPoint(x, y))) continue
          faults.push(
            `targets overlap: “${words(a.element)}” ${name(a.element)} and “${words(b.element)}” ${name(b.element)}`,
          )
        }
    }
  return faults
}
