/** What a benchmark reports, and how it is printed: a table to read, and one JSON line per metric. */

export interface Metric {
  name: string
  unit: string
  /** median of the rounds */
  ours: number
  /** lowest and highest round */
  range: readonly [number, number]
  /** the same work done by the peer named, if there is one */
  peer: number | null
  peerRange?: readonly [number, number]
  /** ours over peer; the median of the rounds' own ratios */
  ratio: number | null
  /** "≤ 0.5 of peer", "≥ 600", or two of these with "or" between; null = measured for its own sake */
  aim: string | null
}

/** How a benchmark is run. */
export interface BenchOptions {
  /** a shorter form, whose figures are rougher; of those that take over ten minutes otherwise */
  quick: boolean
  /** of those about a recorded rollout: which programme, and where its data are */
  program?: string | undefined
  data?: string | undefined
}

export interface Benchmark {
  /** what was measured against what, for the reader */
  setting: string[]
  metrics: Metric[]
}

export function median(values: readonly number[]): number {
  const s = [...values].sort((a, b) => a - b)
  const m = s.length >> 1
  return s.length % 2 === 1 ? s[m]! : (s[m - 1]! + s[m]!) / 2
}

export const rangeOf = (values: readonly number[]): readonly [number, number] => [
  Math.min(...values),
  Math.max(...values),
]

/** Interleaved rounds as a metric; round i of ours stands beside round i of the peer's. */
export function metricOf(
  what: Pick<Metric, 'name' | 'unit' | 'aim'>,
  ours: readonly number[],
  peer: readonly number[] | null,
): Metric {
  return {
    ...what,
    ours: median(ours),
    range: rangeOf(ours),
    peer: peer === null ? null : median(peer),
    ...(peer === null ? {} : { peerRange: rangeOf(peer) }),
    ratio: peer === null ? null : median(ours.map((x, i) => x / peer[i]!)),
  }
}

const AIM = /^([≤≥]) ([\d.,]+)( of peer)?$/

/** Is the aim met? null without one, or where it asks for a peer that there is not. */
export function metBy({ ours, ratio, aim }: Pick<Metric, 'ours' | 'ratio' | 'aim'>): boolean | null {
  if (aim === null) return null
  const met = aim.split(' or ').map((part) => {
    const [, sign, bound, ofPeer] = AIM.exec(part) ?? []
    if (sign === undefined || bound === undefined) throw new Error(`not an aim: ${aim}`)
    const value = ofPeer === undefined ? ours : ratio
    const limit = Number(bound.replaceAll(',', ''))
    return value === null ? null : sign === '≤' ? value <= limit : value >= limit
  })
  return met.includes(true) ? true : met.includes(false) ? false : null
}

/** The value below which the given share lies, 0 to 1; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const s = [...values].sort((a, b) => a - b)
  return s[Math.min(s.length - 1, Math.floor(s.length * share))] ?? NaN
}

export function print(bench: string, { setting, metrics }: Benchmark): void {
  for (const line of setting) console.log(line)
  const head = ['metric', 'unit', 'ours', 'range', 'peer', 'range', 'ratio', 'aim', 'met']
  const cells = metrics.map((m) => [
    m.name,
    m.unit,
    show(m.ours),
    rangeShown(m.range),
    m.peer === null ? '-' : show(m.peer),
    rangeShown(m.peerRange),
    m.ratio === null ? '-' : sig(m.ratio, 2).toString(),
    m.aim ?? '-',
    WORDS[String(metBy(m)) as keyof typeof WORDS],
  ])
  const widths = head.map((h, i) => Math.max(h.length, ...cells.map((c) => c[i]!.length)))
  console.log()
  for (const row of [head, ...cells])
    console.log(row.map((c, i) => (i < 2 ? c.padEnd(widths[i]!) : c.padStart(widths[i]!))).join('  '))
  console.log()
  for (const metric of metrics) {
    const { name, unit, ours, peer, ratio, aim } = metric
    const figures = {
      ours: sig(ours),
      peer: peer === null ? null : sig(peer),
      ratio: ratio === null ? null : sig(ratio),
    }
    console.log(JSON.stringify({ bench, metric: name, unit, ...figures, aim, met: metBy(metric) }))
  }
}

const WORDS = { true: 'yes', false: 'NO', null: '-' }
/** Whole numbers as they are, smaller ones with three figures. */
const show = (n: number): string => (Math.abs(n) >= 100 ? Math.round(n).toLocaleString('en-US') : String(sig(n, 3)))
const sig = (n: number, figures = 4): number => Number(n.toPrecision(figures))
const rangeShown = (range: readonly [number, number] | undefined): string =>
  range === undefined || range[0] === range[1] ? '-' : range.map(show).join('–')
