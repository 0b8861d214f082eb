/** The built-in city in full swing, as a log that is written by hand: figures in every state that review knows. */
import { DEFAULT_PROGRAMME, programmeFolder } from '../../server/programs/find.ts'
import { loadProgramme } from '../../server/programs/load.ts'
import type { Programme } from '../../shared/domain/programme.ts'
import type { Values } from '../../shared/domain/values.ts'
import { type Day, daysBetween } from '../../shared/progress/day.ts'
import { began, joined } from '../domain/given.ts'
import { chance } from './chance.ts'
import { type WrittenLog, writtenLog } from './log.ts'
import { PEOPLE } from './people.ts'

/** With a `startsOn` of its own, every unit reports from then on. */
export function builtIn(reviewLevels: number, startsOn?: Day): Programme {
  const loaded = loadProgramme(programmeFolder(DEFAULT_PROGRAMME))
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.faults))
  const { programme } = loaded
  const reporting = { ...programme.reporting, reviewLevels }
  if (startsOn === undefined) return { ...programme, reporting }
  return { ...programme, startsOn, units: programme.units.map((unit) => ({ ...unit, startsOn: null })), reporting }
}

/** Every street reports nearly every working day of the days given; with review a part waits, is returned or disputed. */
export function city(programme: Programme, from: Day, today: Day): WrittenLog {
  const log = writtenLog()
  log.add('ProgrammeOpened', { programme, origin: 'simulated' })
  log.write(...joined(PEOPLE.map((who) => ({ ...who, unit: programme.units[0]!.code }))))
  const { next, below } = chance(1)
  const { units, calendar } = log.projector.state().world.setting!
  const streets = units.leaves(units.root)
  for (const day of daysBetween(from, today)) {
    log.write(began(day))
    if (!calendar.isWork(day)) continue
    for (const unit of streets) {
      if (day < units.startsOn(unit) || (day !== today && next() < 0.03)) continue
      const seq = log.add('ReportSubmitted', { unit, day, values: valuesOf(programme, 300 + below(200)) }, 'districtA')
      const versions = Object.fromEntries(programme.counters.map(({ key }) => [key, seq]))
      if (programme.reporting.reviewLevels === 0) continue
      const dice = next()
      if (dice < 0.8) log.add('ReportApproved', { unit, day, versions, level: 1 }, 'office')
      if (dice < 0.1)
        log.add('ReportSubmitted', { unit, day, values: valuesOf(programme, 280 + below(200)) }, 'districtA')
      if (dice > 0.85 && dice < 0.9) log.add('ReportReturned', { unit, day, versions, reason: 'which?' }, 'office')
      if (dice > 0.95)
        log.add('ReportDisputed', { unit, day, values: valuesOf(programme, below(400)), basis: versions }, 'otherA')
    }
  }
  return log
}

/** Each counter one more than the next. */
export const valuesOf = ({ counters }: Programme, n: number): Values =>
  Object.fromEntries(counters.map(({ key }, i) => [key, n + counters.length - i]))

/** All scopes that a page of the whole loads. */
export function firstLoad(log: WrittenLog): string[] {
  const { scopes } = log.projector
  const { root } = log.projector.state().world.setting!.units
  return [`unit:${root}`, 'programme', 'issues'].map((scope) => scopes.changesText(scope, 0))
}
