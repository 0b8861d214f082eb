/** Where the answers come from that a new programme is made of: whoever sits at the terminal, what is piped, or a file. */
import { existsSync } from 'node:fs'
import { basename, dirname } from 'node:path'
import { createInterface } from 'node:readline/promises'
import { jsonIn, type ProgrammeFault } from '../../programs/files.ts'
import { faultLine } from '../../programs/words.ts'

/** One question. `read` gives what is made of an answer, or throws an `AnswerFault`. */
export interface Question<T> {
  /** its name in a file of answers */
  id: string
  asks: string
  /** taken where nothing is answered; undefined = it has to be answered */
  usual?: string
  read(answer: string): T
}

/** Why an answer will not do, as the end of a sentence. */
export class AnswerFault extends Error {}

export interface Answers {
  ask<T>(question: Question<T>): Promise<T>
  /** lines up to a blank one, or to the end */
  lines(id: string, asks: string): Promise<string[]>
  say(line: string): void
  close(): void
}

/**
 * Asks again what was answered wrongly; where the answers are piped, the first wrong one ends it, and what they do not reach has
 * its usual value. Whoever leaves the terminal has answered nothing.
 */
export function asking(input: NodeJS.ReadableStream & { isTTY?: boolean }, output: NodeJS.WritableStream): Answers {
  const isPerson = input.isTTY === true
  const terminal = createInterface({ input, output, terminal: isPerson })
  const given = terminal[Symbol.asyncIterator]()
  const say = (line: string) => void output.write(`${line}\n`)
  const line = async (): Promise<string | null> => {
    const next = await given.next()
    if (next.done === true && isPerson) {
      say('')
      throw new AnswerFault('stopped; nothing was written')
    }
    const typed = next.done === true ? null : next.value.trim()
    // a terminal shows what is typed by itself
    if (!isPerson) say(typed ?? '')
    return typed
  }
  return {
    say,
    async ask({ id, asks, usual, read }) {
      for (;;) {
        output.write(`${asks}${usual === undefined || usual === '' ? '' : ` [${usual}]`}: `)
        const typed = await line()
        const answer = typed === null || typed === '' ? usual : typed
        try {
          if (answer === undefined) throw new AnswerFault('needs an answer')
          return read(answer)
        } catch (error) {
          if (!(error instanceof AnswerFault)) throw error
          if (!isPerson || typed === null) throw new AnswerFault(`${id} ${error.message}`)
          say(`  That ${error.message}.`)
        }
      }
    },
    async lines(_, asks) {
      say(asks)
      const lines: string[] = []
      for (let next = await line(); next !== null && next !== ''; next = await line()) lines.push(next)
      return lines
    },
    close: () => terminal.close(),
  }
}

/** Answers from a file of JSON: an object with texts by the names of the questions, and lists of texts for those that take lines. */
export function answersIn(path: string): Answers {
  const faults: ProgrammeFault[] = []
  const text = jsonIn(dirname(path), basename(path), faults)
  if (text === null || faults.length > 0)
    throw new AnswerFault(existsSync(path) ? faults.map(faultLine).join('; ') : `${path} is not there`)
  const given = text.value as Record<string, unknown>
  const asked = new Set<string>()
  const valueOf = (id: string) => {
    asked.add(id)
    return Object.hasOwn(given, id) ? given[id] : undefined
  }
  return {
    say: () => undefined,
    ask({ id, usual, read }) {
      const value = valueOf(id) ?? usual
      try {
        if (value === undefined) throw new AnswerFault('needs an answer')
        return Promise.resolve(read(value === true ? 'yes' : value === false ? 'no' : String(value)))
      } catch (error) {
        return Promise.reject(
          error instanceof AnswerFault ? new AnswerFault(`${id} ${error.message}`) : (error as Error),
        )
      }
    },
    lines(id) {
      const value = valueOf(id)
      return Promise.resolve(Array.isArray(value) ? value.map(String) : [])
    },
    close() {
      const unknown = Object.keys(given).filter((id) => !asked.has(id))
      if (unknown.length > 0) throw new AnswerFault(`${path} answers what was not asked: ${unknown.join(', ')}`)
    },
  }
}
