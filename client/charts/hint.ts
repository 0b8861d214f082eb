/** The hint over a day of a chart, as markup; all text is escaped. */

/** Captions with their values, one under the other. */
export const hintMarkup = (rows: readonly (readonly [caption: string, value: string])[]): string =>
  `<dl class="chart-hint">${rows.map(([c, v]) => `<dt>${escape(c)}</dt><dd>${escape(v)}</dd>`).join('')}</dl>`

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escape = (s: string) => s.replace(/[&<>"]/g, (c) => ENTITIES[c]!)
