/** What an event names must be there: the foreign keys of the domain. */
import { programmeFaults } from '../../shared/domain/faults.ts'
import type { Setting, World } from '../../shared/domain/world.ts'
import type { Recorded } from '../../shared/event.ts'

/** Something that an event names. */
export interface Reference {
  what: 'member' | 'unit' | 'counter' | 'issue' | 'offer' | 'category' | 'article' | 'programme'
  id: string
}

/** The first thing that the event names and the world before it does not have; null when all are there. */
export function missingIn(world: World, event: Recorded): Reference | null {
  if (event.actor !== 'system' && world.members.get(event.actor) === undefined)
    return { what: 'member', id: event.actor }
  if (event.type === 'ProgrammeOpened') {
    const [fault] = programmeFaults(event.data.programme)
    return fault === undefined ? null : { what: 'programme', id: fault.at ?? fault.code }
  }
  if (event.type === 'BaselineAdded') return null
  const { setting } = world
  if (setting === null) return namesIn(event.data)[0] ?? null
  const made = MAKES[event.type]
  return namesIn(event.data).find((name) => name.what !== made && !isThere(world, setting, name)) ?? null
}

/** What events of a type bring into being. */
const MAKES: Partial<Record<Recorded['type'], Reference['what']>> = {
  MemberAdded: 'member',
  MachineAdded: 'member',
  IssueLogged: 'issue',
  ReattributionOffered: 'offer',
}

function isThere(world: World, { units, counters, programme }: Setting, { what, id }: Reference): boolean {
  switch (what) {
    case 'member':
      return world.members.get(id) !== undefined
    case 'unit':
      return units.get(id) !== undefined
    case 'counter':
      return counters.has(id)
    case 'issue':
      return world.issues.get(Number(id)) !== undefined
    case 'offer':
      return world.offers.get(Number(id)) !== undefined
    case 'category':
      return programme.issues?.categories.some(({ key }) => key === id) === true
    case 'article':
      return programme.regulation?.articles.some(({ key }) => key === id) === true
    case 'programme':
      return true
  }
}

/** Fields whose value is the name of something, in the vocabulary that all events share. */
const NAMES: Record<string, Reference['what']> = {
  unit: 'unit',
  member: 'member',
  issue: 'issue',
  offer: 'offer',
  category: 'category',
  article: 'article',
}
/** Fields that hold counters: a list of them, or something for each. */
const BY_COUNTER: readonly string[] = ['counters', 'values', 'moved', 'there', 'basis', 'confirmed', 'moves', 'codes']
/** Fields that hold other reports: one, or a list of them. */
const REPORTS: readonly string[] = ['from', 'to', 'other', 'cells', 'carried']

function namesIn(data: object): Reference[] {
  const names: Reference[] = []
  for (const [field, value] of Object.entries(data) as [string, unknown][]) {
    const what = NAMES[field]
    if (what !== undefined && (typeof value === 'string' || typeof value === 'number'))
      names.push({ what, id: String(value) })
    if (typeof value !== 'object' || value === null) continue
    if (REPORTS.includes(field)) for (const report of [value].flat()) names.push(...namesIn(report as object))
    if (BY_COUNTER.includes(field))
      for (const id of Array.isArray(value) ? (value as string[]) : Object.keys(value))
        names.push({ what: 'counter', id })
  }
  return names
}
