/** Figures of a report as rows show them: with the names of people, and what reviewers asked about them. */
import { isCarried, isOpenState } from '../../../shared/domain/carrying.ts'
import type { Claim, Figure } from '../../../shared/domain/cells.ts'
import { standing } from '../../../shared/domain/inquiry.ts'
import type { Inquiry, World } from '../../../shared/domain/world.ts'
import { dayOf } from '../../../shared/progress/day.ts'
import type { FigureInquiry, ReportFigure } from '../../../shared/view/rows.ts'
import { figuresOf } from '../ledger.ts'
import { person } from './view.ts'

/** By counter; `day` is a day number. */
export function reportFigures(world: World, unit: string, day: number): ReportFigure[] {
  const asked = world.inquiries.size === 0 ? [] : standing(world, { unit, day: dayOf(day) })
  const { counters } = world.setting!.programme
  return figuresOf(world, unit, day).map((figure, i) => {
    const { key } = counters[i]!
    const row = reportFigure(world, figure)
    // what is over needs no mark: its day is locked for it too
    if (isOpenState(figure.state) && isCarried(world, { unit, day: dayOf(day) }, key)) row.carried = true
    const own = asked.filter(({ counter }) => counter === key)
    return own.length === 0 ? row : { ...row, inquiries: own.map((inquiry) => inquiryRow(world, inquiry)) }
  })
}

function reportFigure(world: World, figure: Figure): ReportFigure {
  const { value, approved, state, version, foreign, by, at, level, ...rare } = figure
  const { restated, confirmed, claim, returned, moves, away, why } = rare
  return {
    value,
    approved,
    state,
    version,
    foreign,
    by: by === '' ? null : person(world, by),
    at,
    level,
    ...(restated === undefined ? {} : { restated: { type: restated.type, reason: restated.reason } }),
    ...(confirmed === undefined ? {} : { confirmed }),
    ...(why === undefined ? {} : { why }),
    ...(claim === undefined ? {} : { claim: claimed(world, claim) }),
    ...(returned === undefined ? {} : { returned: { ...returned, by: person(world, returned.by) } }),
    ...(moves === undefined ? {} : { moves }),
    ...(away === undefined ? {} : { away }),
  }
}

const claimed = (world: World, { value, by, at, version }: Claim) => ({ value, by: person(world, by), at, version })

function inquiryRow(world: World, { seq, text, by, at, answer }: Inquiry): FigureInquiry {
  const asked = { seq, text, by: person(world, by), at }
  return answer === undefined ? asked : { ...asked, answer: { ...answer, by: person(world, answer.by) } }
}
