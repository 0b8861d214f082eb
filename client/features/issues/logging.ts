/** The form that logs a question: what it holds, what it sends, and how it is kept. */
import type { Answer, CommandData } from '../../../shared/command.ts'
import type { Programme } from '../../../shared/domain/programme.ts'
import type { Units } from '../../../shared/domain/units.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { type Actor, mayCommand } from '../../../shared/policy.ts'
import { type Day, isDay } from '../../../shared/progress/day.ts'
import { unfilled as blankOf } from '../../ui/unfilled.ts'

/** What is typed; empty strings are not filled in yet. */
export interface IssueForm {
  title: string
  text: string
  category: string
  unit: string
  from: Day | ''
  to: Day | ''
  /** no last day yet */
  goingOn: boolean
  article: string
  counters: string[]
}

/** Fields that a refusal can stand beside. */
export type FormField = Exclude<keyof IssueForm, 'goingOn'>

/** An empty form with what an address brings along (`unit`, `from`, `to`, `counter`, `article`), as far as it is known. */
export function newForm(
  query: Readonly<Record<string, unknown>>,
  programme: Programme,
  may: (unit: string) => boolean,
  home: string,
  today: Day | null,
): IssueForm {
  const read = (name: string): string => {
    const value = query[name]
    return typeof value === 'string' ? value : ''
  }
  const dayOr = (value: string, other: Day | ''): Day | '' => (isDay(value) ? value : other)
  const unit = read('unit')
  const to = dayOr(read('to'), '')
  return {
    title: '',
    text: '',
    category: '',
    unit: may(unit) ? unit : may(home) ? home : '',
    from: dayOr(read('from'), today ?? ''),
    to,
    goingOn: to === '',
    article: programme.regulation?.articles.some((a) => a.key === read('article')) ? read('article') : '',
    counters: programme.counters.flatMap((c) => (c.key === read('counter') ? [c.key] : [])),
  }
}

/** Units on which the actor may log a question, in the programme's order, each with its depth below the first. */
export function loggingUnits(actor: Actor, units: Units): { code: string; depth: number }[] {
  const open = units.all.filter((code) => mayCommand(actor, 'LogIssue', units, code))
  const top = Math.min(...open.map((code) => units.chain(code).length))
  return inTreeOrder(units, open).map((code) => ({ code, depth: units.chain(code).length - top }))
}

/** The same units with each one's children right after it. */
export function inTreeOrder(units: Units, codes: readonly string[]): string[] {
  const wanted = new Set(codes)
  const order: string[] = []
  const visit = (code: string): void => {
    if (wanted.has(code)) order.push(code)
    for (const child of units.children(code)) visit(child)
  }
  visit(units.root)
  return order
}

/** The command's data. */
export function toLogIssue(form: IssueForm): CommandData<'LogIssue'> {
  return {
    title: form.title.trim(),
    text: form.text.trim(),
    category: form.category,
    unit: form.unit,
    from: form.from,
    to: form.goingOn ? null : form.to,
    article: form.article === '' ? null : form.article,
    counters: form.counters,
  }
}

/** The form that sends these data. */
export function formOf({ to, article, ...data }: CommandData<'LogIssue'>): IssueForm {
  return { ...data, to: to ?? '', goingOn: to === null, article: article ?? '' }
}

/** Fields that must be filled in before it is worth asking the server. */
export function unfilled(form: IssueForm): Refusal[] {
  const { title, text, category, unit, from, to } = form
  return blankOf({ title, text, category, unit, from, ...(form.goingOn ? {} : { to }) })
}

/** Refusals by the field they stand beside; those of no field are under `form`. */
export function refusalsByField(refusals: readonly Refusal[]): Partial<Record<FormField | 'form', Refusal[]>> {
  const by: Partial<Record<FormField | 'form', Refusal[]>> = {}
  for (const refusal of refusals) {
    const field = FIELDS.find((f) => f === refusal.at?.split('.')[0]) ?? 'form'
    by[field] = [...(by[field] ?? []), refusal]
  }
  return by
}

const FIELDS: readonly FormField[] = ['title', 'text', 'category', 'unit', 'from', 'to', 'article', 'counters']

/** Number of the issue that an accepted command has logged; null when it logged none. */
export function loggedIssue(answer: Extract<Answer, { ok: true }>): number | null {
  for (const { subject } of answer.happened) {
    const number = /^issue\/(\d+)$/.exec(subject ?? '')?.[1]
    if (number !== undefined) return Number(number)
  }
  return null
}

/** Reads a kept form; null when there is none or it is not one. */
export function readForm(kept: string): IssueForm | null {
  if (kept === '') return null
  try {
    const form = JSON.parse(kept) as Partial<IssueForm> | null
    if (form === null || !Array.isArray(form.counters)) return null
    if (FIELDS.some((f) => f !== 'counters' && typeof form[f] !== 'string')) return null
    return { ...(form as IssueForm), goingOn: form.goingOn === true }
  } catch {
    return null
  }
}
