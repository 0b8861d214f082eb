/** What a pasted block leaves open: questions with every reading that there is, and what was answered. Pure. */
import { shown } from '../../../shared/reading/count.ts'

/** One reading; `says` names its words (`paste.option`), `params` what fills them. */
export interface Option {
  key: string
  says: string
  params: Record<string, string | number>
}

export interface Question {
  id: string
  /** names its words (`paste.ask`) */
  kind: 'head' | 'codes' | 'column' | 'twice' | 'unit' | 'name' | 'sum' | 'marks' | 'lead'
  params: Record<string, string | number>
  options: readonly Option[]
  /** key of the option that was chosen; null = open */
  answer: string | null
}

/** Chosen options by question. */
export type Answers = ReadonlyMap<string, string>

/** Collects questions while a block is read. */
export function asking(answers: Answers) {
  const questions: Question[] = []
  return {
    questions,
    /** the answer; null while there is none among the options */
    ask(question: Omit<Question, 'answer'>): string | null {
      const given = answers.get(question.id)
      const answer = question.options.some((o) => o.key === given) ? given! : null
      questions.push({ ...question, answer })
      return answer
    },
  }
}
export type Asking = ReturnType<typeof asking>

export const option = (key: string, says = key, params: Option['params'] = {}): Option => ({ key, says, params })

/** The first texts that hold something, to recognise a row or a column by. */
export function sample(texts: readonly string[]): string {
  const given = texts.filter((text) => text !== '').map(shown)
  return `${given.slice(0, 3).join(' · ')}${given.length > 3 ? ' …' : ''}`
}
