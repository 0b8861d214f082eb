/** Re-baselining: adds a version of the targets, in force from a given day. Earlier versions never change (O6). */
import { ok, refuse, type Result } from '../errors.ts'
import { reason, z } from '../schema.ts'
import { coverageBases } from './bases.ts'
import { programmeFaults } from './faults.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import { type Baseline, baselineSchema, type Programme } from './programme.ts'

export interface BaselineEvents {
  BaselineAdded: { baseline: Baseline; reason: string }
}

const withBaseline = (programme: Programme, baseline: Baseline): Programme => ({
  ...programme,
  baselines: [...programme.baselines, baseline],
})

export const baselineEvents: EventTable<BaselineEvents> = {
  BaselineAdded: {
    version: 1,
    upcast: [],
    subject: () => 'baseline',
    cell: () => null,
    figures: () => [],
    movesClock: false,
    evolve(world, { data }) {
      const setting = world.setting!
      const programme = withBaseline(setting.programme, data.baseline)
      // the tree, calendar and rhythms do not depend on targets
      world.setting = { ...setting, programme, bases: coverageBases(programme) }
    },
  },
}

export const baselineCommands = {
  AddBaseline: command(
    z.strictObject({ baseline: baselineSchema, reason }),
    ({ setting }, data): Result<EventsOf<BaselineEvents>[]> => {
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      // the programme had no faults before, so every fault is the new baseline's
      const place = `baselines.${setting.programme.baselines.length}`
      const faults = programmeFaults(withBaseline(setting.programme, data.baseline))
      if (faults.length === 0) return ok([{ type: 'BaselineAdded', data }])
      return refuse(...faults.map((f) => ({ ...f, at: `baseline${(f.at ?? '').slice(place.length)}` })))
    },
  ),
}
