/** Programmes as logs of earlier versions hold them: what had one text for all readers has it for both languages. */
import type { Worded } from './programme.ts'

interface Earlier {
  programme: {
    bases: { source: string }[]
    calendar: { source: string; off: { name: string }[]; work: { name: string }[] }
  }
}

const both = (text: string): Worded => ({ zh: text, en: text })
const renamed = <T extends { name: string }>(days: readonly T[]) => days.map((d) => ({ ...d, name: both(d.name) }))

/** From version 1 of `ProgrammeOpened` to version 2. */
export function inBothLanguages(data: unknown): unknown {
  const { programme, ...rest } = data as Earlier
  const { bases, calendar } = programme
  return {
    ...rest,
    programme: {
      ...programme,
      bases: bases.map((b) => ({ ...b, source: both(b.source) })),
      calendar: {
        ...calendar,
        source: both(calendar.source),
        off: renamed(calendar.off),
        work: renamed(calendar.work),
      },
    },
  }
}
