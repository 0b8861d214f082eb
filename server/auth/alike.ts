/** Which logins look alike. New ones are of ASCII (`shared/protocol/api.ts`), so that a handful of signs is all there is to confuse. */

/**
 * Unicode's confusables of ASCII letters and digits (UTS #39, `confusables.txt`: 0 → O, 1 → l, I → l, m → rn), where case makes no
 * difference; and w, which is two of another letter.
 */
const LOOKS: readonly (readonly [sign: RegExp, like: string])[] = [
  [/0/g, 'o'],
  [/[1i|]/g, 'l'],
  [/m/g, 'rn'],
  [/w/g, 'vv'],
]

/** What a login, in the form in which logins are compared, looks like: equal for two that are easily taken for each other. */
export const looksLike = (key: string): string => LOOKS.reduce((text, [sign, like]) => text.replace(sign, like), key)
