/** A chart as plain data, and the three kinds of mark that are drawn by hand inside its axes. */
import type { Palette } from './palette.ts'
import type { Stop } from './stops.ts'
import type { Texture } from './texture.ts'

/** One series; `id` keeps it the same from one option to the next. */
export interface Series {
  id: string
  type: 'line' | 'custom'
  data: readonly unknown[]
  [more: string]: unknown
}

/** What ECharts is given. */
export interface ChartOption {
  series: readonly Series[]
  [more: string]: unknown
}

/** What a builder returns and `Chart.vue` shows. */
export interface Drawing {
  option: ChartOption
  stops: readonly Stop[]
}

/** Width and height in CSS pixels. */
export interface Size {
  width: number
  height: number
}

/** Where a mark belongs: the axes by index and the order of ink (higher is nearer). */
export interface Place {
  axis: number
  z: number
}

/** A rectangle from (x0, y0) to (x1, y1) in the axes' own units. */
export interface Box {
  value: readonly [x0: number, y0: number, x1: number, y1: number]
  fill: string | Texture
  stroke?: string
  dash?: readonly number[]
}

/** An area between two lines over the same x values. */
export interface Area {
  upper: readonly (readonly [x: number, y: number])[]
  lower: readonly (readonly [x: number, y: number])[]
  fill: string | Texture
  opacity?: number
}

/** A straight line. */
export interface Stroke {
  value: readonly [x0: number, y0: number, x1: number, y1: number]
  stroke: string
  width: number
  dash?: readonly number[]
}

/** Words at a point; `dx`, `dy` in pixels. `halo` keeps them readable over lines. */
export interface Label {
  value: readonly [x: number, y: number]
  text: string
  color: string
  size?: number
  bold?: boolean
  align?: 'left' | 'center' | 'right'
  dx?: number
  dy?: number
  halo?: string
  /** a frame around the words, in this colour on that ground */
  frame?: { line: string; ground: string; width: number; height: number }
}

/** The parts of ECharts' drawing interface that the marks use. */
interface Api {
  coord(value: readonly number[]): number[]
}
interface Params {
  dataIndex: number
}

const custom = (id: string, place: Place, data: readonly unknown[], renderItem: unknown): Series => ({
  id,
  type: 'custom',
  xAxisIndex: place.axis,
  yAxisIndex: place.axis,
  z: place.z,
  silent: true,
  animation: false,
  clip: false,
  data,
  renderItem,
})

export function boxes(id: string, place: Place, items: readonly Box[]): Series {
  return custom(id, place, items, (params: Params, api: Api) => {
    const item = items[params.dataIndex]!
    const [x0, y0, x1, y1] = item.value
    const [left, bottom] = api.coord([x0, y0]) as [number, number]
    const [right, top] = api.coord([x1, y1]) as [number, number]
    // an outline is drawn inside its box, so that stacked boxes do not grow
    const inset = item.stroke === undefined ? 0 : 0.5
    const width = right - left - 2 * inset
    const height = bottom - top - 2 * inset
    if (right <= left || bottom - top < 0.2) return null
    return {
      type: 'rect',
      shape: { x: left + inset, y: top + inset, width: Math.max(width, 0.5), height: Math.max(height, 0.2) },
      style: {
        fill: item.fill,
        stroke: item.stroke,
        lineDash: item.dash,
        lineWidth: item.stroke === undefined ? 0 : 1,
      },
    }
  })
}

export function areas(id: string, place: Place, items: readonly Area[]): Series {
  return custom(
    id,
    place,
    // a datum needs a value for ECharts to place it: the first point
    items.map((item) => ({ ...item, value: item.upper[0] ?? [0, 0] })),
    (params: Params, api: Api) => {
      const item = items[params.dataIndex]!
      const points = [...item.upper, ...item.lower.toReversed()].map((point) => api.coord(point))
      return { type: 'polygon', shape: { points }, style: { fill: item.fill, opacity: item.opacity ?? 1 } }
    },
  )
}

export function strokes(id: string, place: Place, items: readonly Stroke[]): Series {
  return custom(id, place, items, (params: Params, api: Api) => {
    const item = items[params.dataIndex]!
    const [x0, y0, x1, y1] = item.value
    const [ax, ay] = api.coord([x0, y0]) as [number, number]
    const [bx, by] = api.coord([x1, y1]) as [number, number]
    return {
      type: 'line',
      shape: { x1: ax, y1: ay, x2: bx, y2: by },
      style: { stroke: item.stroke, lineWidth: item.width, lineDash: item.dash, fill: null },
    }
  })
}

export function labels(id: string, place: Place, items: readonly Label[]): Series {
  return custom(id, place, items, (params: Params, api: Api) => {
    const item = items[params.dataIndex]!
    const [px, py] = api.coord(item.value) as [number, number]
    const x = px + (item.dx ?? 0)
    const y = py + (item.dy ?? 0)
    const text = {
      type: 'text',
      x,
      y,
      style: {
        text: item.text,
        fill: item.color,
        font: `${item.bold === true ? 600 : 400} ${item.size ?? 11}px ${FONT}`,
        align: item.align ?? 'left',
        verticalAlign: 'middle',
        ...(item.halo === undefined ? {} : { stroke: item.halo, lineWidth: 3 }),
      },
    }
    if (item.frame === undefined) return text
    const { line, ground, width, height } = item.frame
    const frame = {
      type: 'rect',
      shape: { x: Math.round(x - width / 2) + 0.5, y: Math.round(y - height / 2) + 0.5, width, height, r: 2 },
      style: { fill: ground, stroke: line, lineWidth: 1 },
    }
    return { type: 'group', children: [frame, text] }
  })
}

/** A line without symbols. */
export const line = (id: string, axis: number, z: number, data: readonly unknown[], style: object): Series => ({
  id,
  type: 'line',
  xAxisIndex: axis,
  yAxisIndex: axis,
  z,
  data,
  showSymbol: false,
  symbol: 'none',
  silent: true,
  clip: true,
  lineStyle: { join: 'round', ...style },
  itemStyle: { color: 'transparent' },
  emphasis: { disabled: true },
})

/** Where a line has got to. */
export const dot = (
  id: string,
  axis: number,
  z: number,
  at: readonly [number, number] | undefined,
  palette: Palette,
): Series => ({
  ...line(id, axis, z, at === undefined ? [] : [at], { width: 0 }),
  showSymbol: true,
  symbol: 'circle',
  symbolSize: 6.8,
  itemStyle: { color: palette.accent },
})

/** about how wide a character of a label of the usual size is, in pixels */
const CHARACTER = { cjk: 11.5, latin: 6.5 }

/** About how wide words are in a label of the usual size, in pixels. */
export const textWidth = (text: string): number =>
  [...text].reduce((sum, c) => sum + (/\p{Script=Han}/u.test(c) ? CHARACTER.cjk : CHARACTER.latin), 0)

/** ECharts measures text itself and does not inherit the page's font. */
export const FONT =
  '-apple-system, "PingFang SC", "Segoe UI", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Source Han Sans SC", sans-serif'
