/** The form that logs a question: what it holds, what it sends, and how its answer is found again. */
import type { CommandData } from '../../../shared/command.ts'
import type { Programme } from '../../../shared/domain/programme.ts'
import type { Units } from '../../../shared/domain/units.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { type Actor, mayCommand } from '../../../shared/policy.ts'
import { type Day, isDay } from '../../../shared/progress/day.ts'
import type { IssueRow } from '../../../shared/view/rows.ts'

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
    article: programme.regulation.articles.some((a) => a.key === read('article')) ? read('article') : '',
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

/** Fields that must be filled in before it is worth asking the server. */
export function unfilled(form: IssueForm): Refusal[] {
  const must: FormField[] = form.goingOn
    ? ['title', 'text', 'category', 'unit', 'from']
    : ['title', 'text', 'category', 'unit', 'from', 'to']
  return must
    .filter((field) => String(form[field]).trim() === '')
    .map((field) => ({ code: 'input.required', at: field }) satisfies Refusal)
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

/**
 * The issue that an accepted command made: logged by `by` after issue `after`, with this title; undefined until its row
 * has come. The answer itself carries no number.
 */
export function findLogged(
  issues: Iterable<IssueRow>,
  by: string,
  after: number,
  title: string | null,
): IssueRow | undefined {
  let found: IssueRow | undefined
  for (const issue of issues)
    if (issue.issue > after && issue.by.id === by && (title === null || issue.title === title))
      if (found === undefined || issue.issue < found.issue) found = issue
  return found
}

/** A form kept on this device, with the command id under which it is sent. */
export interface FormDraft {
  id: string
  /** highest number of an issue when the id was first sent; null = never sent */
  after: number | null
  form: IssueForm
}

/** Reads a kept form; null when there is none or it is not one. */
export function readDraft(kept: string | null): FormDraft | null {
  if (kept === null) return null
  try {
    const draft = JSON.parse(kept) as Partial<FormDraft> | null
    const form = draft?.form
    if (typeof draft?.id !== 'string' || form === undefined || !Array.isArray(form.counters)) return null
    if (!(draft.after === null || typeof draft.after === 'number')) return null
    if (FIELDS.some((f) => f !== 'counters' && typeof form[f] !== 'string')) return null
    return { id: draft.id, after: draft.after, form: { ...form, goingOn: Boolean(form.goingOn) } }
  } catch {
    return null
  }
}
