/** What letters mean on the sheet, unless they belong to a text. Pure. */
import { readFigure } from '../../../shared/reading/total.ts'

export type WorkAct = 'next' | 'withdraw' | 'move' | 'answer' | 'dayBefore' | 'dayAfter'

const ACTS: Readonly<Record<string, WorkAct>> = {
  n: 'next',
  w: 'withdraw',
  m: 'move',
  a: 'answer',
  '[': 'dayBefore',
  ']': 'dayAfter',
}

/**
 * What is typed into a cell is a figure so far, if anything: a letter that acts would be no part of it. Any other text has
 * letters of its own.
 */
export const isFigure = (text: string): boolean => !/\p{L}/u.test(text) || readFigure(text).kind !== 'refused'

export interface Key {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  altKey: boolean
  isComposing: boolean
}

/** The act of a key; null for any other, and for one that an input method or a shortcut is at. */
export function workAct({ key, ctrlKey, metaKey, altKey, isComposing }: Key): WorkAct | null {
  if (ctrlKey || metaKey || altKey || isComposing) return null
  return ACTS[key.toLowerCase()] ?? null
}
