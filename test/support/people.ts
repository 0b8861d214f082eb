/** The people of the tests' tiny programme, and what they send. */
import type { ReportItem } from '../../shared/domain/input.ts'
import type { Values } from '../../shared/domain/values.ts'
import type { Actor } from '../../shared/policy.ts'

export const office: Actor = { id: 'office', name: 'Office', role: 'office', unit: 'C' }
export const districtA: Actor = { id: 'districtA', name: 'District A', role: 'district', unit: 'A' }
export const otherA: Actor = { id: 'otherA', name: 'Other A', role: 'district', unit: 'A' }
export const districtB: Actor = { id: 'districtB', name: 'District B', role: 'district', unit: 'B' }
export const legal: Actor = { id: 'legal', name: 'Legal', role: 'legal', unit: 'C' }
export const viewer: Actor = { id: 'viewer', name: 'Viewer', role: 'viewer', unit: 'B' }
export const PEOPLE = [office, districtA, otherA, districtB, legal, viewer]

/** One item of a submit; `basedOn` 0 unless told. */
export const item = (unit: string, day: string, values: Values, more: Partial<ReportItem> = {}): ReportItem => ({
  unit,
  day,
  values,
  basedOn: 0,
  ...more,
})
