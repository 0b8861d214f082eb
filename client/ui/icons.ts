/** Drawn marks, 12 × 12, stroke 1.5 unless told otherwise. */
export interface Shape {
  d: string
  /** filled instead of drawn */
  solid?: boolean
  width?: number
  dash?: string
}

const ring = (cx: number, cy: number, r: number) =>
  `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`

export const ICONS = {
  up: [{ d: 'M6 2 11 10H1Z', solid: true }],
  down: [{ d: 'M1.6 2.6h8.8L6 9.6Z' }],
  down2: [{ d: 'M1 1h10L6 6.4ZM1 6h10L6 11.6Z', solid: true }],
  stop: [{ d: 'M2.4 2.4h7.2v7.2H2.4Z' }],
  ok: [{ d: 'm2 6.4 2.8 2.8L10 3.4' }],
  okc: [{ d: ring(6, 6, 5.2) }, { d: 'm3.6 6.2 1.7 1.7 3.2-3.5' }],
  warn: [{ d: 'M6 1.4 11.2 10.6H.8Z' }, { d: 'M6 5v2.4M6 9v.1' }],
  no: [{ d: ring(6, 6, 5.2) }, { d: 'm4 4 4 4m0-4-4 4' }],
  ret: [{ d: 'M4.4 1.8 1.6 4.4l2.8 2.6M1.8 4.4h5.4a3 3 0 0 1 0 6H4' }],
  dispute: [{ d: 'M1.4 4h9.2M1.4 8h9.2M8.4 1.4 3.6 10.6' }],
  lock: [
    { d: 'M3 5.4h6a1 1 0 0 1 1 1V10a1 1 0 0 1-1 1H3a1 1 0 0 1-1-1V6.4a1 1 0 0 1 1-1Z' },
    { d: 'M3.8 5.4V3.8a2.2 2.2 0 0 1 4.4 0v1.6' },
  ],
  pen: [{ d: 'm1.6 10.4.6-2.6 6-6 2 2-6 6Z' }],
  device: [
    { d: 'M2.2 1.8h7.6a1 1 0 0 1 1 1v4.6a1 1 0 0 1-1 1H2.2a1 1 0 0 1-1-1V2.8a1 1 0 0 1 1-1Z' },
    { d: 'M3.6 10.8h4.8' },
  ],
  send: [{ d: 'M6 10.6V1.8M2.4 5.2 6 1.6l3.6 3.6' }],
  find: [{ d: ring(5, 5, 3.6) }, { d: 'm7.8 7.8 3 3' }],
  blankBox: [{ d: 'M1.6 1.6h8.8v8.8H1.6Z', width: 1, dash: '2 1.6' }],
  half: [{ d: ring(6, 6, 4.8) }, { d: 'M6 1.2a4.8 4.8 0 0 1 0 9.6Z', solid: true }],
  clock: [{ d: ring(6, 6, 5) }, { d: 'M6 3v3.2l2.2 1.4' }],
  right: [{ d: 'm4.4 2.4 3.6 3.6-3.6 3.6' }],
  dropdown: [{ d: 'm2.6 4.4 3.4 3.4 3.4-3.4' }],
  note: [{ d: 'M1.4 1.6h9.2v6.8H6L3.4 10.8V8.4h-2Z' }],
  phone: [
    {
      d: 'M3.2 1.4 4.8 4 3.6 5.2a6 6 0 0 0 3.2 3.2L8 7.2l2.6 1.6c0 1.2-.9 2-1.9 2A8.2 8.2 0 0 1 1.2 3.3c0-1 .8-1.9 2-1.9Z',
      width: 1.2,
    },
  ],
  user: [{ d: ring(6, 3.8, 2.4) }, { d: 'M1.6 11a4.4 4.4 0 0 1 8.8 0' }],
  plus: [{ d: 'M6 1.6v8.8M1.6 6h8.8' }],
  close: [{ d: 'm2.4 2.4 7.2 7.2m0-7.2-7.2 7.2' }],
  back: [{ d: 'M7.6 2.4 4 6l3.6 3.6' }],
  sun: [
    { d: ring(6, 6, 2.4) },
    { d: 'M6 .9v1.2M6 9.9v1.2M.9 6h1.2M9.9 6h1.2M2.4 2.4l.8.8M8.8 8.8l.8.8M9.6 2.4l-.8.8M3.2 8.8l-.8.8' },
  ],
  moon: [{ d: 'M10.2 7.4A4.6 4.6 0 1 1 4.6 1.8a3.7 3.7 0 0 0 5.6 5.6Z' }],
  chart: [{ d: 'M1.4 10.6h9.2M3 8.4V5.6M6 8.4V2M9 8.4V4' }],
  menu: [{ d: 'M1.6 3h8.8M1.6 6h8.8M1.6 9h8.8' }],
  take: [{ d: 'M6 1.2v6.2M3.3 4.8 6 7.5l2.7-2.7M1.6 10.6h8.8' }],
  copy: [{ d: 'M4 4h6.6v6.6H4ZM2 8H1.4V1.4H8V2' }],
} as const satisfies Record<string, readonly Shape[]>

/** The mark: solid, hatched, hollow; proven, awaiting, missing. 24 × 24. */
export const MARK: readonly Shape[] = [
  { d: 'M2 2h6v20H2Z', solid: true },
  {
    d: 'M9.8 7.5 14.2 3.1M9.8 12.5l4.4-4.4M9.8 17.5l4.4-4.4M9.8 22l4.4-4M9.6 2.4v19.2M14.4 2.4v19.2',
    width: 1.3,
  },
  { d: 'M16.6 2.6h5v18.8h-5Z', width: 1.2, dash: '2.6 1.8' },
]

export type IconName = keyof typeof ICONS | 'mark'
