/** What the readers of a page's geometry share; put into the page itself, since only there boxes can be measured. */

/** Viewport pixels. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** What hides all that lies outside a box; `scrolls`: the reader can bring it in. */
export interface Clip extends Box {
  element: Element
  scrolls: boolean
  /** words that do not fit end in an ellipsis */
  ellipsis: boolean
}

export interface Tools {
  /** boxes of what is drawn of a text, one a line: without the empty room above and below its letters */
  inkOf(text: Text): Box[]
  clipsOf(element: Element): Clip[]
  isSeen(element: Element): boolean
  /** whether something opaque lies over an element at a point; `null`: a bar that stays while the page scrolls under it */
  isCovered(element: Element, x: number, y: number): boolean | null
  overlap(a: Box, b: Box): { width: number; height: number }
  /** the element in a few words, to be found again */
  name(element: Element): string
  /** leaves the page as it was */
  remove(): void
}

declare global {
  interface Window {
    geometry: Tools
  }
}

/** Installs `window.geometry`; runs in the page, so it may use nothing from outside. */
export function installTools(): void {
  const context = document.createElement('canvas').getContext('2d')!
  // what lets the pointer through is seen all the same
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('* { pointer-events: auto !important }')
  document.adoptedStyleSheets.push(sheet)

  const boxOf = ({ left, top, right, bottom }: DOMRect): Box => ({ left, top, right, bottom })
  const isBlock = (style: CSSStyleDeclaration) => style.display !== 'inline' && style.display !== 'contents'
  const holdsAbsolute = (style: CSSStyleDeclaration) =>
    style.position !== 'static' ||
    style.transform !== 'none' ||
    style.contain !== 'none' ||
    style.containerType !== 'normal'

  /** of `<g clip-path>`, in viewport pixels */
  function svgClip(element: SVGGraphicsElement): Box | null {
    const id = /#([^")]+)/.exec(element.getAttribute('clip-path') ?? '')?.[1]
    const shape = id === undefined ? null : document.getElementById(id)?.firstElementChild
    if (!(shape instanceof SVGGraphicsElement)) return null
    const { x, y, width, height } = shape.getBBox()
    const matrix = element.getScreenCTM()
    const [from, to] = [new DOMPoint(x, y), new DOMPoint(x + width, y + height)].map((p) => p.matrixTransform(matrix!))
    return { left: from!.x, top: from!.y, right: to!.x, bottom: to!.y }
  }

  function clipsOf(start: Element): Clip[] {
    const clips: Clip[] = []
    let absolute = false
    for (let at: Element | null = start; at !== null && at !== document.body; at = at.parentElement) {
      const style = getComputedStyle(at)
      if (at instanceof SVGGraphicsElement && at.hasAttribute('clip-path')) {
        const box = svgClip(at)
        if (box !== null) clips.push({ ...box, element: at, scrolls: false, ellipsis: false })
      }
      if (absolute && !holdsAbsolute(style)) continue
      absolute = style.position === 'absolute'
      if (style.position === 'fixed') break
      const [x, y] = [style.overflowX, style.overflowY]
      const outer = at instanceof SVGSVGElement
      if ((x === 'visible' && y === 'visible') || !(outer || (at instanceof HTMLElement && isBlock(style)))) continue
      const rect = at.getBoundingClientRect()
      const margin = x === 'clip' ? parseFloat(style.overflowClipMargin) || 0 : 0
      const left = rect.left + at.clientLeft
      const top = rect.top + at.clientTop
      const inner = outer ? boxOf(rect) : { left, top, right: left + at.clientWidth, bottom: top + at.clientHeight }
      const infinite = (axis: string) => (axis === 'visible' ? Infinity : margin)
      clips.push({
        left: inner.left - infinite(x),
        right: inner.right + infinite(x),
        top: inner.top - infinite(y),
        bottom: inner.bottom + infinite(y),
        element: at,
        scrolls: /auto|scroll/.test(x + y),
        ellipsis: style.textOverflow === 'ellipsis',
      })
    }
    return clips
  }

  /** hidden from the eye alone */
  function isClippedAway(element: Element): boolean {
    for (let at: Element | null = element; at !== null; at = at.parentElement)
      if (getComputedStyle(at).clipPath === 'inset(50%)') return true
    return false
  }

  function inkOf(text: Text): Box[] {
    const style = getComputedStyle(text.parentElement!)
    context.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    const m = context.measureText(text.data.trim())
    const range = document.createRange()
    range.selectNodeContents(text)
    return [...range.getClientRects()]
      .filter((rect) => rect.width > 0.5 && rect.height > 0.5)
      .map((rect) => {
        const scale = rect.height / (m.fontBoundingBoxAscent + m.fontBoundingBoxDescent)
        const base = rect.top + m.fontBoundingBoxAscent * scale
        const [up, down] = [m.actualBoundingBoxAscent * scale, m.actualBoundingBoxDescent * scale]
        return { left: rect.left, right: rect.right, top: base - up, bottom: base + down }
      })
  }

  function isCovered(element: Element, x: number, y: number): boolean | null {
    let hit = document.elementFromPoint(x, y)
    // a shape shows only where it is drawn: what it is drawn upon counts
    while (hit instanceof SVGElement) hit = hit.parentElement
    if (hit === null || hit.contains(element) || element.contains(hit)) return false
    let covers = false
    for (let at: Element | null = hit; at !== null && !at.contains(element); at = at.parentElement) {
      const { backgroundColor, position } = getComputedStyle(at)
      const opacity = /rgba\(.*, ([\d.]+)\)/.exec(backgroundColor)?.[1]
      covers ||= opacity === undefined || Number(opacity) >= 0.5
      // what stands in a bar stays as the bar does
      const stays = position === 'fixed' || (position === 'sticky' && clipsOf(at.parentElement!).length === 0)
      if (covers && stays) return null
    }
    return covers
  }

  function name(element: Element): string {
    const words: string[] = []
    for (
      let at: Element | null = element;
      at !== null && at !== document.body && words.length < 4;
      at = at.parentElement
    ) {
      const classes = [...at.classList].filter((c) => !c.startsWith('router-link')).join('.')
      words.unshift(at.tagName.toLowerCase() + (classes === '' ? '' : `.${classes}`))
    }
    return words.join(' > ')
  }

  window.geometry = {
    inkOf,
    clipsOf,
    isSeen: (element) =>
      element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) &&
      element.closest('.unseen, defs, clipPath, pattern, symbol, option') === null &&
      !isClippedAway(element),
    isCovered,
    overlap: (a, b) => ({
      width: Math.min(a.right, b.right) - Math.max(a.left, b.left),
      height: Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
    }),
    name,
    remove: () => {
      document.adoptedStyleSheets = document.adoptedStyleSheets.filter((s) => s !== sheet)
    },
  }
}
