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

/** Reads the list of common passwords when it is first asked for: most starts never need its 5 MB. */
export function openPasswordRules(): PasswordRules {
  let common: Promise<ReadonlySet<string>> | undefined
  return {
    faults: async (password, { login, name }, at) => {
      if (passwordLength(password) < PASSWORD_MIN)
        return [{ code: 'auth.passwordShort', params: { min: PASSWORD_MIN }, at }]
      const faults: Refusal[] = []
      const forms = [fold(password), coreOf(fold(password))]
      common ??= readCommon()
      const list = await common
      if (forms.some((form) => list.has(form))) faults.push({ code: 'auth.passwordCommon', at })
      const own = [login, name, ...name.split(/\s+/)].flatMap((word) => [bare(word), bare(coreOf(fold(word)))])
      if (forms.map(bare).some((form) => form !== '' && own.includes(form)))
        faults.push({ code: 'auth.passwordOwnName', at })
      return faults
    },
  }
}

async function readCommon(): Promise<ReadonlySet<string>> {
  const { dictionary } = await import('@zxcvbn-ts/language-common')
  return new Set(dictionary['passwords-common'])
}

/** Case and character width make no difference. */
const fold = (text: string): string => text.normalize('NFKC').toLowerCase()

/** Without what is added most often: digits and signs at either end. */
const coreOf = (folded: string): string => folded.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')

/** Letters and digits alone, since names are written with spaces or without. */
const bare = (text: string): string => fold(text).replace(/[^\p{L}\p{N}]+/gu, '')
