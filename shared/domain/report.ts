/** Commands on reports: submit or correct figures, settle a dispute, withdraw; each counter by itself. */
import { reason, z } from '../schema.ts'
import { cell, confirmed, ITEMS, reportItem, REPORTS, seenVersions, values, withdrawItem } from './input.ts'
import { command } from './noun.ts'
import { settle } from './settle.ts'
import { submit, submitInSteps } from './submit.ts'
import { countersOf } from './totalling.ts'
import { withdraw } from './withdraw.ts'

export const reportCommands = {
  SubmitReports: {
    ...command(
      z.strictObject({
        items: z.array(reportItem).min(1).max(REPORTS),
        /** take what is valid, and say of the rest why not (L15) */
        partial: z.literal(true).optional(),
      }),
      submit,
      ({ items }) => items.map((item) => ({ ...item, counters: [...new Set(countersOf(item))] })),
    ),
    inSteps: submitInSteps,
  },
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
