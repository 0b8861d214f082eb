import type { Target } from '../../../shared/domain/programme.ts'

export default {
  title: 'About the figures',
  notes: 'Notes',
  counters: 'Counters',
  within: 'its running total should not exceed that of {within}',
  inForce: 'In force from {day}',
  official: 'official',
  planning: 'planning value, not official',
  source: 'Source: {source}',
  join: ', ',
  days: '{from} to {to}',
  column: {
    target: 'Target',
    unit: 'Unit',
    threshold: 'Threshold',
    due: 'Due',
    base: 'Base',
    asOf: 'As of',
    version: 'Version',
    kind: 'Kind',
  },
  measure: {
    count: '{counter}: {n} {item} in all',
    coverage: '{counter}: {n} of the base',
    rate: '{counter}: {n} {item} a day, mean of seven days',
  } satisfies Record<Target['measure'], string>,
  calendar: 'Working days',
  weekend: 'Days off every week: {days}',
  noWeekend: 'Every day counts; no day of the week is off',
  makeUp: '{name} (make-up day, worked)',
}
