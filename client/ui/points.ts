/** Points from the path as text that does not contradict the status beside it (A4, A5). */
import { useProgramme } from '../stores/programme.ts'
import { pointsText } from './numbers.ts'
import { pointDigits } from './pointDigits.ts'

export interface Points {
  /** +3.6 · −2.6 · 0.0; −4.97 where −5.0 would be another status */
  text(points: number): string
  /** decimals of that text */
  digits(points: number): number
}

/** By the programme's limit of what is far behind. */
export function usePoints(): Points {
  const store = useProgramme()
  const digits = (points: number) => pointDigits(points, store.programme.pace.severe)
  return { digits, text: (points) => pointsText(points, digits(points)) }
}
