/** What may be done to reports: given, corrected, settled and taken back, each counter for itself. */
import { reason, z } from '../schema.ts'
import { idsOf } from './basis.ts'
import { cell, confirmed, ITEMS, reportItem, seenVersions, values, withdrawItem } from './input.ts'
import { command } from './noun.ts'
import { settle } from './settle.ts'
import { submit } from './submit.ts'
import { withdraw } from './withdraw.ts'

export const reportCommands = {
  SubmitReports: command(z.strictObject({ items: z.array(reportItem).min(1).max(ITEMS) }), submit, ({ items }) =>
    items.flatMap((item) => idsOf(item.basedOn)),
  ),
  SettleDispute: command(z.strictObject({ ...cell, values, basedOn: seenVersions, reason, confirmed }), settle),
  WithdrawReports: command(
    z.strictObject({ items: z.array(withdrawItem).min(1).max(ITEMS), reason }),
    withdraw,
    ({ items }) => items.flatMap((item) => idsOf(item.basedOn)),
  ),
}
