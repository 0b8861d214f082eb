/** Typing kept on this device until it is accepted, with a command whose answer never came. */
import { reportItem, type ReportItem } from '../../../shared/domain/report.ts'
import type { Day } from '../../../shared/progress/day.ts'
import { commandId, parse, z } from '../../../shared/schema.ts'
import type { Edit, Edits } from './cells.ts'

/** A command sent without an answer: sent again with the same id and the same items, it has one effect. */
export interface Pending {
  id: string
  items: ReportItem[]
  /** ISO 8601 */
  at: string
}

export interface Draft {
  savedAt: string
  edits: Edits
  pending: Pending | null
}

const cellCount = z.number().int().min(0).nullable()
const schema = z.object({
  savedAt: z.string(),
  edits: z.array(
    z.object({
      key: z.string(),
      text: z.string().min(1),
      base: cellCount,
      version: z.number().int().min(0),
      confirmed: z.array(z.string()),
      contest: z.boolean(),
    }),
  ),
  pending: z.object({ id: commandId, items: z.array(reportItem).min(1), at: z.string() }).nullable(),
})

export type Drawer = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

export interface DraftPlace {
  programme: string
  member: string
  unit: string
  day: Day
}

const prefix = (p: Pick<DraftPlace, 'programme' | 'member'>) => `sheet/${p.programme}/${p.member}/`
export const draftKey = (p: DraftPlace): string => `${prefix(p)}${p.unit}/${p.day}`

/** Keeps the draft, or clears it away when nothing is left in it. False when the device has no room. */
export function saveDraft(drawer: Drawer, place: DraftPlace, draft: Draft): boolean {
  const key = draftKey(place)
  if (draft.edits.size === 0 && draft.pending === null) {
    drawer.removeItem(key)
    return true
  }
  const edits = [...draft.edits].map(([cell, e]) => ({
    key: cell,
    text: e.text,
    base: e.base,
    version: e.version,
    confirmed: e.confirmed,
    contest: e.contest,
  }))
  try {
    drawer.setItem(key, JSON.stringify({ savedAt: draft.savedAt, edits, pending: draft.pending }))
    return true
  } catch {
    return false
  }
}

/** The kept draft; null when there is none or when it cannot be read. */
export function loadDraft(drawer: Drawer, place: DraftPlace): Draft | null {
  const text = drawer.getItem(draftKey(place))
  if (text === null) return null
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch {
    return null
  }
  const parsed = parse(schema, raw)
  if (!parsed.ok) return null
  const { savedAt, pending, edits } = parsed.value
  const kept = edits.map(({ key, ...e }): [string, Edit] => [key, { ...e, kept: true }])
  return { savedAt, edits: new Map(kept), pending: pending as Pending | null }
}

/** Other sheets of the same person with something kept on this device. */
export function otherDrafts(keys: Iterable<string>, here: DraftPlace): { unit: string; day: Day }[] {
  const start = prefix(here)
  const found: { unit: string; day: Day }[] = []
  for (const key of keys) {
    if (!key.startsWith(start) || key === draftKey(here)) continue
    const [unit, day] = key.slice(start.length).split('/')
    if (unit !== undefined && day !== undefined) found.push({ unit, day })
  }
  return found.sort((a, b) => (a.day < b.day ? -1 : 1))
}
