/** Commands on reports: submit or correct figures, settle a dispute, withdraw; each counter by itself. */
import { reason, z } from '../schema.ts'
import { cell, confirmed, ITEMS, reportItem, seenVersions, values, withdrawItem } from './input.ts'
import { command } from './noun.ts'
import { settle } from './settle.ts'
import { submit } from './submit.ts'
import { withdraw } from './withdraw.ts'

export const reportCommands = {
  SubmitReports: command(z.strictObject({ items: z.array(reportItem).min(1).max(ITEMS) }), submit, ({ items }) =>
    items.map((item) => ({ ...item, counters: Object.keys(item.values) })),
  ),
  SettleDispute: command(
    z.strictObject({ ...cell, values, basedOn: seenVersions, reason, confirmed }),
    settle,
    (data) => [{ ...data, counters: Object.keys(data.values) }],
  ),
  WithdrawReports: command(
    z.strictObject({ items: z.array(withdrawItem).min(1).max(ITEMS), reason }),
    withdraw,
    ({ items }) => items.map((item) => ({ ...item, counters: item.counters ?? null })),
  ),
}
