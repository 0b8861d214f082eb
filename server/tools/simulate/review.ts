/** A reviewer goes through what waits: most of it is approved in one go, some is returned with a reason, some asked about. */
import type { ReviewItem } from '../../../shared/domain/input.ts'
import { isOpenQuestion } from '../../../shared/view/asked.ts'
import type { QueueRow } from '../../../shared/view/queueRows.ts'
import { type Desk, type Keyed, keyed, lookAt, versionsOf } from './desk.ts'
import { pick, random, type Random } from './random.ts'
import type { Simulation } from './simulation.ts'
import type { Round } from './steps.ts'

/** Of more strange reports than this in one queue each is looked at as part of a batch. */
const BATCH = 12

interface Waiting {
  row: QueueRow
  /** those that may be approved now: nobody's question about them is open */
  figures: Keyed[]
  kind: 'plain' | 'strange' | 'confirmed'
}

type Verdict = 'approve' | 'return' | 'ask' | 'leave'

export async function review(desk: Desk, { unit, draw }: Round, { review: odds, words }: Simulation): Promise<void> {
  const sight = await lookAt(desk, `queue:${unit}`)
  const due = sight('clock')[0]?.due ?? ''
  const waiting = sight('queue')
    .filter((row) => row.day <= due)
    .map((row) => waitingIn(desk, row))
    .filter(({ figures }) => figures.length > 0)
  const isBatch = waiting.filter(({ kind }) => kind !== 'plain').length > BATCH
  const approved: ReviewItem[] = []
  for (const { row, figures, kind } of waiting) {
    const { unit, day } = row
    const chance = random(draw, unit, day)
    const verdict = verdictBy(chance(), odds[isBatch ? 'plain' : kind])
    if (verdict === 'leave') continue
    const about = verdict === 'approve' ? [] : figuresAt(desk, row, figures, chance)
    const rest = figures.filter((figure) => !about.includes(figure))
    if (rest.length > 0) approved.push({ unit, day, versions: versionsOf(rest) })
    if (about.length === 0) continue
    const named = { unit, day, versions: versionsOf(about) }
    if (verdict === 'return')
      await desk.send({
        kind: 'ReturnReports',
        data: { items: [named], reason: pick(chance, fitting(words.returned, about)) },
      })
    else
      await desk.send({ kind: 'AskAboutFigures', data: { ...named, text: pick(chance, fitting(words.asked, about)) } })
  }
  await approve(desk, approved)
}

function waitingIn(desk: Desk, row: QueueRow): Waiting {
  const isAsked = ({ inquiries = [] }: Keyed) => inquiries.some(({ answer }) => answer === undefined)
  const figures = keyed(desk, row.figures).filter(
    (figure) => figure.state === 'submitted' && figure.by?.id !== desk.me && !isAsked(figure),
  )
  const isStrange = ({ value, restated }: Keyed) => value === null || restated !== undefined
  if (figures.some(({ confirmed }) => confirmed !== undefined)) return { row, figures, kind: 'confirmed' }
  const strange = figures.some(isStrange) || (row.asked ?? []).some(isOpenQuestion)
  return { row, figures, kind: strange ? 'strange' : 'plain' }
}

function verdictBy(drawn: number, odds: Simulation['review']['plain']): Verdict {
  let limit = odds.return
  if (drawn < limit) return 'return'
  if (drawn < (limit += odds.ask)) return 'ask'
  return drawn < limit + odds.leave ? 'leave' : 'approve'
}

/**
 * What is returned or asked about: a whole withdrawal, else one figure, the one that something is strange about. What is
 * part of a move is reviewed as one with its other end, and was answered for is not asked about again: both are approved.
 */
function figuresAt(desk: Desk, { asked = [] }: QueueRow, figures: readonly Keyed[], chance: Random): Keyed[] {
  const free = figures.filter(({ moves, inquiries }) => moves === undefined && inquiries === undefined)
  const taken = free.filter(({ value }) => value === null)
  if (taken.length > 0) return taken
  const open = asked.filter(isOpenQuestion).map((q) => desk.setting.programme.counters[q.counter]!.key)
  const doubtful = free.filter(({ confirmed, counter }) => confirmed !== undefined || open.includes(counter))
  const changed = free.filter(({ restated }) => restated !== undefined)
  const some = [doubtful, changed, free].find(({ length }) => length > 0)
  return some === undefined ? [] : [pick(chance, some)]
}

/** What can be said of all of these figures. */
export const fitting = (said: Simulation['words']['asked'], figures: readonly Pick<Keyed, 'counter'>[]): string[] =>
  said.flatMap((each) => {
    if (typeof each === 'string') return [each]
    return figures.every(({ counter }) => each.of.includes(counter)) ? [each.text] : []
  })

/** What somebody has changed meanwhile, or moved, is left for the next round. */
async function approve(desk: Desk, items: readonly ReviewItem[]): Promise<void> {
  if (items.length === 0) return
  const answer = await desk.send({ kind: 'ApproveReports', data: { items: [...items] } })
  if (answer.ok) return
  const refused = new Set(answer.refusals.map(({ at }) => Number(/^items\.(\d+)/.exec(at ?? '')?.[1] ?? NaN)))
  const rest = items.filter((_, i) => !refused.has(i))
  if (rest.length < items.length) await approve(desk, rest)
}
