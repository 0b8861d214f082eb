/** How wide the line of points of the ranking may be, and what gives way where even the shortest finds no room. */
import { type Ref, ref, watch } from 'vue'
import { useSize } from '../../ui/size.ts'

/** What gives way, the first first: columns, and of the names all but `SHORT` px; completion stays to the last. */
export const LADDER = ['spark', 'required', 'share', 'since', 'name', 'range', 'lag'] as const
export type Step = (typeof LADDER)[number]

/** px that a name keeps */
export const SHORT = 72

interface Parts {
  /** the window that the table stands in */
  box: Readonly<Ref<HTMLElement | null>>
  table: Readonly<Ref<HTMLElement | null>>
  /** the line of points in the head of the table */
  line: Readonly<Ref<SVGElement | null>>
}

export interface LineRoom {
  /** width of the line, px */
  width: Ref<number>
  /** what has given way */
  given: Ref<readonly Step[]>
}

/** How many steps it takes until what is `needed` has room, when each saves so much; all in px. */
export function stepsTo(room: number, needed: number, saved: readonly number[]): number {
  let left = needed
  let steps = 0
  while (left > room && steps < saved.length) left -= saved[steps++]!
  return steps
}

/** Measured and settled again whenever the window or the table changes its size; `least` is in px. */
export function useLineRoom({ box, table, line }: Parts, least: () => number): LineRoom {
  const { width: boxWidth } = useSize(box)
  const { width: tableWidth } = useSize(table)
  const width = ref(least())
  const given = ref<readonly Step[]>([])
  /** px that each step saves, as last seen before it was taken */
  const saved = new Map<Step, number>()
  const savedBy = (step: Step) => saved.get(step) ?? 0
  watch([boxWidth, tableWidth, least], () => {
    if (box.value === null || table.value === null || line.value === null || boxWidth.value === 0) return
    // a box of its own has an SVG only in px of the screen, and paper is scaled
    const scale = table.value.offsetWidth / table.value.getBoundingClientRect().width
    const spare = Math.max(0, line.value.getBoundingClientRect().width * scale - least())
    for (const step of LADDER.filter((s) => !given.value.includes(s))) {
      const own = table.value.querySelector<HTMLElement>(`thead .${step}`)?.offsetWidth ?? 0
      saved.set(step, step === 'name' ? Math.max(0, own - SHORT) : step === 'range' ? own - spare : own)
    }
    const sum = (steps: readonly Step[]) => steps.reduce((all, step) => all + savedBy(step), 0)
    const needed = table.value.offsetWidth - spare + sum(given.value)
    const room = Math.floor(box.value.clientWidth)
    const next = LADDER.slice(0, stepsTo(room, needed, LADDER.map(savedBy)))
    width.value = least() + Math.max(0, room - needed + sum(next))
    if (next.length !== given.value.length) given.value = next
  })
  return { width, given }
}
