/** Files of figures that officials give in any order: checked as the server checks them, sent at once or later, and given again. */
import * as fc from 'fast-check'
import { expect } from 'vitest'
import type { ReportItem } from '../../shared/domain/input.ts'
import type { World } from '../../shared/domain/world.ts'
import type { Actor } from '../../shared/policy.ts'
import type { FileRow } from '../../shared/protocol/files.ts'
import type { Core } from '../../server/core/core.ts'
import { createExchange } from '../../server/exchange/exchange.ts'
import { readFigures } from '../../server/exchange/read.ts'
import { itemsOf } from '../../client/features/sheet/importItems.ts'
import { districtA, office, otherA } from './people.ts'

/**
 * `give`: a file is checked, and what it offers is sent, at once or `later`; `giveAgain`: the file before that many others
 * is; `sendLater`: what a file offered goes out, whatever has come in between.
 */
export type FileStep =
  | { by: Actor; give(world: World): string; later: boolean; look: boolean }
  | { giveAgain: number; look: boolean }
  | { sendLater: true; look: boolean }

/** What a file offered, and whether that was just now. */
export interface Offer {
  by: Actor
  text: string
  items: ReportItem[]
  fresh: boolean
}

const count = fc.option(fc.oneof(fc.constantFrom(0, 1, 10), fc.nat(200)), { nil: null, freq: 4 })
const total = fc.option(fc.integer({ min: 480, max: 560 }), { nil: null, freq: 3 })
const look = fc.constantFrom(true, false, false, false)

const giving = (days: readonly string[], units: readonly string[]): fc.Arbitrary<FileStep> => {
  const line = fc.record({
    ...{ unit: fc.constantFrom(...units), day: fc.constantFrom(...days) },
    ...{ accepted: count, issued: count, total },
  })
  const lines = fc.uniqueArray(line, { minLength: 1, maxLength: 5, selector: ({ unit, day }) => `${unit}/${day}` })
  return fc
    .record({
      ...{ lines, by: fc.constantFrom(districtA, districtA, otherA, office) },
      ...{ back: fc.constantFrom(null, null, 0, 5), totals: fc.constantFrom(false, false, true) },
      ...{ reason: fc.constantFrom(false, false, true), later: fc.constantFrom(false, false, true), look },
    })
    .map(({ lines, by, back, totals, reason, later, look }) => ({
      ...{ by, later, look },
      give: ({ seq }) => {
        const cells = (head: string, figures: (string | number | null)[], why: string) => [
          ...[head, ...figures.slice(0, totals ? 3 : 2)],
          ...(back === null ? [] : [head === 'unit,date' ? 'version' : Math.max(0, seq - back)]),
          ...(reason ? [why] : []),
        ]
        return [
          cells('unit,date', ['accepted', 'issued', '累计issued'], 'reason'),
          ...lines.map((l) => cells(`${l.unit},${l.day}`, [l.accepted, l.issued, l.total], 'from the book')),
        ]
          .map((row) => row.join(','))
          .join('\n')
      },
    }))
}

/** Any file of these days and units, or one that was given before. */
export const fileSteps = (days: readonly string[], units: readonly string[]): fc.Arbitrary<FileStep> =>
  fc.oneof(
    { weight: 3, arbitrary: giving(days, units) },
    { weight: 2, arbitrary: fc.record({ giveAgain: fc.nat(3), look }) },
    { weight: 1, arbitrary: fc.record({ sendLater: fc.constant(true as const), look }) },
  )

/** The figures of rows, each by its name. */
const named = (rows: readonly FileRow[]): string[] =>
  rows.flatMap(({ unit, day, cells }) => cells.map(({ counter }) => `${unit}/${day}/${counter}`))

/** Whoever gives files, in one order. */
export function importer(core: Core) {
  const exchange = createExchange(core, { read: async (file) => readFigures(file), close: async () => undefined })
  const given: { by: Actor; text: string }[] = []
  let waits: Offer | undefined

  async function rowsOf({ by, text }: { by: Actor; text: string }): Promise<FileRow[]> {
    const data = Buffer.from(text).toString('base64')
    const found = await exchange.check(by, { data, day: null, sheet: null })
    if (!found.ok || found.value.kind !== 'checked') throw new Error(`${text}: ${JSON.stringify(found)}`)
    const { rows } = found.value
    const asTheyStand = rows.filter(({ reason, cells }) =>
      cells.some((cell) => reason === undefined && cell.total === undefined && cell.from === cell.to),
    )
    expect(asTheyStand, 'F15 nothing is offered that stands as it is, also not what was returned').toEqual([])
    return rows
  }

  return {
    /** What is to be sent by now; undefined = nothing. */
    async offer(step: FileStep, world: World): Promise<Offer | undefined> {
      if ('sendLater' in step) {
        const offered = waits
        waits = undefined
        return offered && { ...offered, fresh: false }
      }
      const file = 'give' in step ? { by: step.by, text: step.give(world) } : given.at(-1 - step.giveAgain)
      if (file === undefined) return undefined
      if ('give' in step) given.push(file)
      const items = itemsOf(await rowsOf(file), { type: 'corrected', reason: 'from a file' })
      if (items.length === 0) return undefined
      const offered = { ...file, items, fresh: true }
      if (!('give' in step) || !step.later) return offered
      waits = offered
      return undefined
    },
    /** What was sent of a file is not offered by it again while nothing else has come. */
    async holdSent({ by, text, items }: Offer): Promise<void> {
      const sent = items.flatMap(({ unit, day, values, totals }) =>
        Object.keys({ ...values, ...totals }).map((counter) => `${unit}/${day}/${counter}`),
      )
      const again = named(await rowsOf({ by, text }))
      expect(
        again.filter((figure) => sent.includes(figure)),
        text,
      ).toEqual([])
    },
  }
}
