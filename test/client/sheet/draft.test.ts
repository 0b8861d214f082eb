import { describe, expect, test } from 'vitest'
import { type Drawer, draftKey, loadDraft, otherDrafts, saveDraft } from '../../../client/features/sheet/draft.ts'
import { emptyGrid, mark } from '../../../client/features/sheet/cells.ts'
import { typed } from './sample.ts'

const day = '2008-03-03'
const place = { programme: 'tiny', member: 'me', unit: 'A', day }
function drawer(): Drawer & { map: Map<string, string> } {
  const map = new Map<string, string>()
  return {
    map,
    getItem: (k) => map.get(k) ?? null,
    setItem: (k, v) => void map.set(k, v),
    removeItem: (k) => void map.delete(k),
  }
}
const at = '2008-03-03T10:00:00.000Z'

describe('the draft on this device', () => {
  test('comes back as it was, marked as kept, text that is no number included', () => {
    const box = drawer()
    const grid = mark(typed([], day, { 'A1/issued': '15O8', 'A2/issued': '3' }), ['A2/issued'], {
      confirmed: ['report.unusual'],
      contest: true,
      version: 4,
      base: 2,
    })
    expect(saveDraft(box, place, { savedAt: at, edits: grid.edits, pending: null })).toBe(true)
    const draft = loadDraft(box, place)!
    expect(draft.edits.get('A1/issued')).toMatchObject({ text: '15O8', base: null, version: 0, kept: true })
    expect(draft.edits.get('A2/issued')).toEqual({
      text: '3',
      base: 2,
      version: 4,
      kept: true,
      confirmed: ['report.unusual'],
      contest: true,
    })
    expect(draft.savedAt).toBe(at)
  })
  test('a command without an answer comes back with its id and items', () => {
    const box = drawer()
    const items = [{ unit: 'A1', day, values: { issued: 3 }, basedOn: 0, confirmed: ['report.unusual' as const] }]
    const pending = { id: 'sheet-12345678', items, at }
    saveDraft(box, place, { savedAt: at, edits: new Map(), pending })
    expect(loadDraft(box, place)!.pending).toEqual(pending)
  })
  test('nothing typed leaves nothing behind', () => {
    const box = drawer()
    saveDraft(box, place, { savedAt: at, edits: typed([], day, { 'A1/issued': '3' }).edits, pending: null })
    saveDraft(box, place, { savedAt: at, edits: emptyGrid.edits, pending: null })
    expect(box.map.size).toBe(0)
  })
  test('belongs to one person, place and day', () => {
    const box = drawer()
    saveDraft(box, place, { savedAt: at, edits: typed([], day, { 'A1/issued': '3' }).edits, pending: null })
    expect(loadDraft(box, { ...place, member: 'you' })).toBeNull()
    expect(loadDraft(box, { ...place, day: '2008-03-04' })).toBeNull()
    expect(loadDraft(box, { ...place, unit: 'B' })).toBeNull()
  })
  test('what cannot be read is no draft, a full device says so', () => {
    const box = drawer()
    for (const text of ['{', '[]', '{"savedAt":1}', '{"savedAt":"","edits":[{"key":"a"}],"pending":null}']) {
      box.map.set(draftKey(place), text)
      expect(loadDraft(box, place)).toBeNull()
    }
    const full: Drawer = {
      ...box,
      setItem: () => {
        throw new Error('full')
      },
    }
    const { edits } = typed([], day, { 'A1/issued': '3' })
    expect(saveDraft(full, place, { savedAt: at, edits, pending: null })).toBe(false)
  })
  test('other sheets with something kept', () => {
    const keys = [
      draftKey(place),
      draftKey({ ...place, day: '2008-03-02' }),
      draftKey({ ...place, unit: 'B', day: '2008-03-01' }),
      draftKey({ ...place, member: 'you' }),
      'theme',
    ]
    expect(otherDrafts(keys, place)).toEqual([
      { unit: 'B', day: '2008-03-01' },
      { unit: 'A', day: '2008-03-02' },
    ])
  })
})
