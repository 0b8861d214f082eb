/** The order of people's names: Chinese ones by pinyin, in both languages and in every browser, whatever it knows of it. */
import { type Ref, shallowRef } from 'vue'

export type NameOrder = (a: string, b: string) => number

/** an, bai, chen, li, wang, zhao, zhou: neither their code points nor their radicals stand in this order */
const PROBE = [0x5b89, 0x767d, 0x9648, 0x674e, 0x738b, 0x8d75, 0x5468].map((point) => String.fromCodePoint(point))
const HAN = /\p{Unified_Ideograph}/u

/** By the browser where it knows pinyin; else by a table, which comes a moment later. */
export function useNameOrder(): Readonly<Ref<NameOrder>> {
  const { compare } = new Intl.Collator('zh-CN-u-co-pinyin')
  const order = shallowRef<NameOrder>(compare)
  if (PROBE.toSorted(compare).join() !== PROBE.join())
    void import('./pinyin.ts').then(({ PINYIN }) => (order.value = byTable(PINYIN, compare)))
  return order
}

/** Signs and figures first, then characters in the table's order, those that it lacks, and letters; among these as `other` has it. */
export function byTable(table: string, other: NameOrder): NameOrder {
  const places = new Map([...table].map((c, i) => [c, i]))
  const place = (c: string) => {
    if (!/\p{L}/u.test(c)) return -1
    return places.get(c) ?? (HAN.test(c) ? table.length + c.codePointAt(0)! : Infinity)
  }
  return (a, b) => {
    const [left, right] = [[...a], [...b]]
    for (const [i, c] of left.entries()) {
      const d = right[i]
      if (d === undefined) return 1
      if (c === d) continue
      const [p, q] = [place(c), place(d)]
      if (p !== q) return p < q ? -1 : 1
      return other(left.slice(i).join(''), right.slice(i).join(''))
    }
    return left.length - right.length
  }
}
