/** Where things lie on a page, and what is next to what. In CSS pixels. */

interface Place {
  left: number
  top: number
  width: number
  height: number
}

export type Direction = -1 | 1

/** −1 up, 1 down. */
export const directionOf = (key: 'ArrowUp' | 'ArrowDown'): Direction => (key === 'ArrowUp' ? -1 : 1)

/** px that middles of one line may differ by */
const SAME_LINE = 4

/** Index of what lies nearest above (−1) or below (1) the place at `from`: in the next line, there the nearest sideways. */
export function nearestIn(places: readonly Place[], from: number, direction: Direction): number | null {
  const middle = ({ left, top, width, height }: Place) => ({ x: left + width / 2, y: top + height / 2 })
  const own = middle(places[from]!)
  const beyond = places.flatMap((place, i) => {
    const { x, y } = middle(place)
    const dy = (y - own.y) * direction
    return dy > SAME_LINE ? [{ i, dx: Math.abs(x - own.x), dy }] : []
  })
  const line = Math.min(...beyond.map(({ dy }) => dy))
  const inLine = beyond.filter(({ dy }) => dy - line <= SAME_LINE)
  return inLine.toSorted((a, b) => a.dx - b.dx)[0]?.i ?? null
}
