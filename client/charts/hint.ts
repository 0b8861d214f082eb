/** The hint over a day of a chart, as an element: what people typed never becomes markup. */

/** Captions with their values, one under the other. */
export function hintElement(rows: readonly (readonly [caption: string, value: string])[]): HTMLElement {
  const list = document.createElement('dl')
  list.className = 'chart-hint'
  for (const [caption, value] of rows) list.append(withText('dt', caption), withText('dd', value))
  return list
}

function withText(tag: 'dt' | 'dd', text: string): HTMLElement {
  const element = document.createElement(tag)
  element.textContent = text
  return element
}
