/** Rows of scopes `silence:U`, in full and with everything left out that can be. */
import type { RowByKind } from '../../shared/view/rows.ts'
import { rowKey } from '../../shared/view/wire.ts'

const by = { id: 'lin', name: '林' }
const cell = { unit: 'A1', day: '2008-01-03' }

export const SILENCE_SAMPLES: { [K in 'silence' | 'chase' | 'reminder' | 'item']: RowByKind<K>[] } = {
  silence: [
    {
      ...{ kind: 'silence', key: rowKey.silence(), owed: 4, locked: 1, open: 2, closed: 1 },
      ...{ reached: { official: '2008-01-03', district: '2008-01-02', supervision: null } },
      sent: { at: 5, members: 2, cells: 3 },
    },
    {
      ...{ kind: 'silence', key: rowKey.silence(), owed: 0, locked: 0, open: 0, closed: 0, sent: null },
      reached: { official: null, district: null, supervision: null },
    },
  ],
  chase: [
    {
      ...{ kind: 'chase', key: rowKey.chase(3, '2008-01-03'), ...cell, owed: [0, 1], partial: false, officials: [by] },
      ...{ call: { by, at: 5, to: by, text: 'by noon' }, item: 4, reminded: { at: 5, seen: 6 } },
      postponed: { until: '2008-01-04', reason: 'moving', by },
    },
    {
      ...{ kind: 'chase', key: rowKey.chase(3, '2008-01-03'), ...cell, owed: [1], partial: true, officials: [] },
      ...{ call: null, item: null, reminded: null, postponed: null },
    },
  ],
  reminder: [
    {
      ...{ kind: 'reminder', key: rowKey.reminder('lin'), member: 'lin', seq: 7, at: 5, by, stage: 'office' },
      ...{ cells: [cell], more: 2, text: 'please', seen: 6 },
    },
  ],
  item: [
    {
      ...{ kind: 'item', key: rowKey.item(4), item: 4, ...cell, opened: 9, official: 5, district: null, reported: 10 },
      closed: { at: 11, seq: 40 },
      ...{ state: 'approved', lock: 'carried' },
    },
    {
      ...{ kind: 'item', key: rowKey.item(4), item: 4, ...cell, opened: 9, official: 5, district: 6, reported: null },
      ...{ state: 'missing', lock: null },
      closed: null,
    },
  ],
}
