/** Which passwords are refused though they are long enough: those that a guesser tries first (N6). */
import type { Refusal } from '../../shared/errors.ts'
import { PASSWORD_MIN, passwordLength } from './passwords.ts'

/** Whose password it is to be. */
export interface Chooser {
  login: string
  name: string
}

export interface PasswordRules {
  /** every fault of a password that somebody has chosen, at the place `at` of the input */
  faults(password: string, chooser: Chooser, at: string): Promise<Refusal[]>
}

/** Characters that a password has of different kinds at least. */
const DIFFERENT = 5

/**
 * Reads the list of common passwords when it is first asked for: most starts never need its 5 MB. `names`: of the programme and of
 * what it is about, which everybody here knows.
 */
export function openPasswordRules(names: () => readonly string[] = () => []): PasswordRules {
  let common: Promise<ReadonlySet<string>> | undefined
  return {
    faults: async (password, { login, name }, at) => {
      if (passwordLength(password) < PASSWORD_MIN)
        return [{ code: 'auth.passwordShort', params: { min: PASSWORD_MIN }, at }]
      const faults: Refusal[] = []
      const forms = [fold(password), coreOf(fold(password))]
      common ??= readCommon()
      const list = await common
      const own = [login, name, ...wordsOf(name)].flatMap((word) => [bare(word), bare(coreOf(fold(word)))])
      const known = [
        ...own,
        ...names()
          .flatMap((said) => [said, ...wordsOf(said)])
          .map(bare),
      ]
      const isOwn = forms.map(bare).some((form) => form !== '' && own.includes(form))
      const isEasy =
        forms.some((form) => list.has(form)) ||
        new Set(fold(password)).size < DIFFERENT ||
        (!isOwn && isMostlyPlain(password) && isMadeOf(bare(password), known))
      if (isEasy) faults.push({ code: 'auth.passwordCommon', at })
      if (isOwn) faults.push({ code: 'auth.passwordOwnName', at })
      return faults
    },
  }
}

async function readCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}

/** Case, character width and accents make no difference. */
const fold = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .normalize('NFKC')
    .toLowerCase()

/** Without what is added most often: digits and signs at either end. */
const coreOf = (folded: string): string => folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/** Of what people call something, in the script or in letters: its words. */
const wordsOf = (said: string): string[] => said.split(/[^\p{L}\p{N}]+/u)

/** Words that are known and digits, one after the other, and nothing else. */
function isMadeOf(text: string, words: readonly string[]): boolean {
  /** where such a row may end */
  const ends = [true]
  const used = words.filter((word) => word.length > 1)
  for (let at = 1; at <= text.length; at++)
    ends[at] =
      (ends[at - 1]! && /\p{N}/u.test(text[at - 1]!)) ||
      used.some((word) => ends[at - word.length] === true && text.endsWith(word, at))
  return ends[text.length]!
}

/** Are letters and digits more than half of it? Where signs are, they are what has to be guessed. */
const isMostlyPlain = (password: string): boolean => passwordLength(bare(password)) * 2 > passwordLength(password)

/** Letters and digits alone, since names are written with spaces or without. */
const bare = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]+/gu, '')
