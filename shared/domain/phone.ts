/** Telephone numbers as people write them (N25). They stand with the accounts, never in an event, a scope or a log. */

/** Digits with what is written between them, and an extension; `+` at the beginning alone. */
const WRITTEN = /^\+?[\d(][\d ()\-]*(?:(?: ?(?:ext\.?|x|转) ?|#)(\d{1,6}))?$/i
/** A number has at least so many digits, as short numbers of offices do; characters of the whole at most. */
const DIGITS = 3
export const PHONE_MAX = 40

/** The form in which a number is kept: signs of full width become those of a keyboard, dashes of every kind a hyphen. */
export const phoneWritten = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/\p{Pd}|−/gu, '-')
    .replace(/\s+/gu, ' ')
    .trim()

/** Is a text, as written, a number that can be dialled? */
export const isPhone = (text: string): boolean =>
  WRITTEN.test(text) && text.replace(/(ext\.?|x|转|#).*$/i, '').replace(/\D/g, '').length >= DIGITS

/** The address that a telephone dials: `tel:+8675500003061;ext=12`. */
export function phoneLink(phone: string): string {
  const ext = WRITTEN.exec(phone)?.[1]
  const main = ext === undefined ? phone : phone.slice(0, phone.search(/ext|x|转|#/i))
  return `tel:${main.replace(/[^\d+]/g, '')}${ext === undefined ? '' : `;ext=${ext}`}`
}
