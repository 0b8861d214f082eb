/** Looks through a programme's folder: every fault, then what is only suspicious. */
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Programme } from '../../../shared/domain/programme.ts'
import { settingOf } from '../../../shared/domain/world.ts'
import { doubtLines } from '../../programs/doubts.ts'
import { loadProgramme } from '../../programs/load.ts'
import { typed } from '../../programs/find.ts'
import { faultLine } from '../../programs/words.ts'
import { faultLines, SourceRefused } from '../replay/faults.ts'
import { readFormat } from '../replay/format.ts'
import { loadSimulation } from '../simulate/simulation.ts'

export interface Checked {
  /** null where there are faults */
  programme: Programme | null
  /** one line each, with file and place */
  faults: string[]
  doubts: string[]
}

/** Checks the four files, and `simulation.json` and `replay.json` where they are. */
export function checkProgramme(folder: string): Checked {
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    return { programme: null, faults: [`${folder}: there is no such folder.`], doubts: [] }
  const loaded = loadProgramme(folder)
  const faults = loaded.ok ? [] : loaded.faults.map(faultLine)
  if (existsSync(join(folder, 'simulation.json'))) {
    const simulation = loadSimulation(folder)
    if (!simulation.ok) faults.push(...simulation.faults.map(faultLine))
    // whoever plays a part asks and answers them
    if (loaded.ok && loaded.programme.issues === null)
      faults.push(
        'simulation.json: it has legal questions, and the programme keeps none. Add "issues" to programme.json, or take simulation.json out.',
      )
  }
  // what it names is looked up in a programme without faults
  if (loaded.ok && existsSync(join(folder, 'replay.json'))) faults.push(...replayFaults(folder, loaded.programme))
  if (!loaded.ok) return { programme: null, faults, doubts: [] }
  return {
    programme: faults.length === 0 ? loaded.programme : null,
    faults,
    doubts: doubtLines(loaded.programme, loaded.place),
  }
}

function replayFaults(folder: string, programme: Programme): string[] {
  try {
    readFormat(folder, settingOf(programme, 'replayed'))
    return []
  } catch (error) {
    if (error instanceof SourceRefused) return faultLines(error.faults)
    throw error
  }
}

/** What is printed, and the code that the process ends with: 0 nothing to say, 1 faults, 2 only suspicious. `today`: of this machine. */
export function reportOf(
  folder: string,
  { programme, faults, doubts }: Checked,
  today: string,
): { lines: string[]; code: 0 | 1 | 2 } {
  const listed = (what: string, lines: string[]) =>
    lines.length === 0 ? [] : [`${what}:`, ...lines.map((l) => `  ${l}`)]
  const n = (count: number, one: string, more: string) => `${count.toLocaleString('en')} ${count === 1 ? one : more}`
  const lines = [
    ...listed(n(faults.length, 'fault', 'faults'), faults),
    ...listed(`${n(doubts.length, 'thing is', 'things are')} suspicious`, doubts),
  ]
  if (programme === null) return { lines: [...lines, 'A server does not start with this.'], code: 1 }
  const { key, units, counters, baselines, startsOn, endsOn } = programme
  const parents = new Set(units.map((u) => u.parent))
  const reporting = units.filter((u) => !parents.has(u.code)).length
  const targets = baselines.reduce((sum, b) => sum + b.targets.length, 0)
  lines.push(
    `"${key}" can be started: ${n(units.length, 'unit', 'units')}, ${reporting} of which ${reporting === 1 ? 'reports' : 'report'}; ${n(counters.length, 'counter', 'counters')}, ${n(targets, 'target', 'targets')}, from ${startsOn} to ${endsOn}.`,
  )
  if (endsOn < today) lines.push(`It is over since ${endsOn}: to try it at a day of its own, add --day DAY.`)
  if (startsOn > today) lines.push(`It begins on ${startsOn}: to try it before, add --day ${startsOn}.`)
  lines.push(`  npm start -- --program ${typed(folder)}`)
  return { lines, code: doubts.length > 0 ? 2 : 0 }
}
