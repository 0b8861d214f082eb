/** Inquiries: a reviewer asks about figures that wait, and the official answers, in the report itself (K7–K9). */
import { ok, type Refusal, refuse, type Result } from '../errors.ts'
import { type Day, dayNumber } from '../progress/day.ts'
import { key, reason, z } from '../schema.ts'
import { clockFor } from './carrying.ts'
import { reportRefusals } from './cell.ts'
import type { Figure } from './cells.ts'
import { aboutCell, stampOf } from './folding.ts'
import { cell, COUNTERS, reviewItem } from './input.ts'
import { command, type EventsOf, type EventTable } from './noun.ts'
import type { CellName } from './values.ts'
import type { Inquiry, Setting, World } from './world.ts'

export interface InquiryEvents {
  FiguresAskedAbout: { unit: string; day: Day; versions: Record<string, number>; text: string }
  /** `asked`: the one question that is answered (its `seq`); absent: all that are open about the counters */
  InquiryAnswered: { unit: string; day: Day; counters: string[]; text: string; asked?: number }
}

export const inquiryEvents: EventTable<InquiryEvents> = {
  FiguresAskedAbout: {
    ...aboutCell,
    evolve(world, event) {
      const { versions, text } = event.data
      const { seq, by, at } = stampOf(event)
      const asked = Object.entries(versions).map(([counter, version]) => ({ seq, counter, version, text, by, at }))
      world.inquiries.set(nameOf(event.data), [...standing(world, event.data), ...asked])
    },
  },
  InquiryAnswered: {
    ...aboutCell,
    evolve(world, event) {
      const { counters, text, asked } = event.data
      const { by, at } = stampOf(event)
      const answer = { text, by, at }
      const all = standing(world, event.data).map((inquiry) =>
        counters.includes(inquiry.counter) && isOpen(inquiry, asked) ? { ...inquiry, answer } : inquiry,
      )
      world.inquiries.set(nameOf(event.data), all)
    },
  },
}

/** Without an answer, and the one that is named where one is. */
const isOpen = ({ seq, answer }: Inquiry, asked: number | undefined): boolean =>
  answer === undefined && (asked === undefined || seq === asked)

const nameOf = ({ unit, day }: CellName): string => `${unit}/${day}`
const figureIn = ({ cells, setting }: World, { unit, day }: CellName, counter: string): Figure =>
  cells.figure(unit, dayNumber(day), setting!.counters.get(counter)!)

/** The inquiries about a report whose figures still wait with the version that was asked about (K9), answered or not. */
export const standing = (world: World, name: CellName): readonly Inquiry[] =>
  (world.inquiries.get(nameOf(name)) ?? []).filter(({ counter, version }) => {
    const figure = figureIn(world, name, counter)
    return figure.state === 'submitted' && figure.version === version
  })

type Decision = Result<EventsOf<InquiryEvents>[]>

export const inquiryCommands = {
  AskAboutFigures: command(
    z.strictObject({ ...reviewItem.shape, text: reason }),
    (world, { unit, day, versions, text }, { may }): Decision => {
      const { setting } = world
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      const faults = faultsIn(world, setting, { unit, day }, Object.keys(versions), may, 'versions')
      if (faults.length > 0) return refuse(...faults)
      const refusals = Object.entries(versions).flatMap(([counter, version]): Refusal[] => {
        const figure = figureIn(world, { unit, day }, counter)
        const at = `versions.${counter}`
        if (figure.version !== version) return [{ code: 'review.changed', params: { counter }, at }]
        return figure.state === 'submitted' ? [] : [{ code: 'review.notWaiting', params: { counter }, at }]
      })
      return refusals.length > 0
        ? refuse(...refusals)
        : ok([{ type: 'FiguresAskedAbout', data: { unit, day, versions, text } }])
    },
  ),
  AnswerInquiry: command(
    z.strictObject({
      ...cell,
      counters: z.array(key).min(1).max(COUNTERS),
      text: reason,
      asked: z.int().min(1).optional(),
    }),
    (world, { unit, day, counters, text, asked }, { may }): Decision => {
      const { setting } = world
      if (setting === null) return refuse({ code: 'programme.notOpen' })
      const faults = faultsIn(world, setting, { unit, day }, counters, may, 'counters')
      if (faults.length > 0) return refuse(...faults)
      const open = standing(world, { unit, day }).filter((inquiry) => isOpen(inquiry, asked))
      const refusals = counters
        .filter((counter) => !open.some((inquiry) => inquiry.counter === counter))
        .map((counter): Refusal => ({ code: 'inquiry.none', params: { counter }, at: `counters.${counter}` }))
      return refusals.length > 0
        ? refuse(...refusals)
        : ok([
            {
              type: 'InquiryAnswered',
              data: { ...{ unit, day, counters: [...new Set(counters)], text }, ...(asked !== undefined && { asked }) },
            },
          ])
    },
  ),
}

/** What can be reviewed can be asked about, also when the programme is over, and what was carried over a lock. */
const faultsIn = (
  world: World,
  setting: Setting,
  name: CellName,
  counters: readonly string[],
  may: (unit: string) => boolean,
  field: string,
): Refusal[] =>
  reportRefusals({ ...clockFor(world, name, 'submitted'), over: null }, setting, name, counters, may, '', field)
