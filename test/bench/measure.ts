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
  aim: string | null
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

export function print({ setting, metrics }: Benchmark): void {
  for (const line of setting) console.log(line)
  const head = ['metric', 'unit', 'ours', 'range', 'peer', 'range', 'ratio', 'aim']
  const cells = metrics.map((m) => [
    m.name,
    m.unit,
    whole(m.ours),
    m.range.map(whole).join('–'),
    m.peer === null ? '-' : whole(m.peer),
    m.peerRange === undefined ? '-' : m.peerRange.map(whole).join('–'),
    m.ratio === null ? '-' : m.ratio.toFixed(2),
    m.aim ?? '-',
  ])
  const widths = head.map((h, i) => Math.max(h.length, ...cells.map((c) => c[i]!.length)))
  console.log()
  for (const row of [head, ...cells])
    console.log(row.map((c, i) => (i < 2 ? c.padEnd(widths[i]!) : c.padStart(widths[i]!))).join('  '))
  console.log()
  for (const { name, ours, peer, ratio, aim } of metrics)
    console.log(
      JSON.stringify({
        name,
        ours: sig(ours),
        peer: peer === null ? null : sig(peer),
        ratio: ratio === null ? null : sig(ratio),
        aim,
      }),
    )
}

const whole = (n: number): string => Math.round(n).toLocaleString('en-US')
const sig = (n: number): number => Number(n.toPrecision(4))
