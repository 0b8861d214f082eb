/** A programme of any width and depth, made of the tiny one: districts, their streets, and blocks below these. */
import type { Programme } from '../../shared/domain/programme.ts'
import { countTarget, tinyProgramme } from './programme.ts'

/** Codes are `C`, `D0`, `D0S0`, `D0S0B0` and so on; every unit has 1,000 people, so that all have a part of the target. */
export function deepProgramme(size: { districts: number; streets: number; blocks: number }): Programme {
  const tiny = tinyProgramme()
  const [city, district, , street] = tiny.units as [
    Programme['units'][0],
    Programme['units'][0],
    unknown,
    Programme['units'][0],
  ]
  const below = (parent: string, letter: string, count: number, like: Programme['units'][0]) =>
    Array.from({ length: count }, (_, i) => ({ ...like, code: `${parent === 'C' ? '' : parent}${letter}${i}`, parent }))
  const districts = below('C', 'D', size.districts, district)
  const streets = districts.flatMap((d) => below(d.code, 'S', size.streets, street))
  const blocks = streets.flatMap((s) => below(s.code, 'B', size.blocks, street))
  const units = [city, ...districts, ...streets, ...blocks]
  const [base] = tiny.bases as [Programme['bases'][0]]
  return {
    ...tiny,
    units,
    bases: units.map(({ code }) => ({ ...base, unit: code, value: 1_000 })),
    baselines: [{ ...tiny.baselines[0]!, targets: [countTarget] }],
  }
}
