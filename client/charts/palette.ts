/** The colours of the page for charts, which cannot read CSS variables. */
import { useMutationObserver } from '@vueuse/core'
import { type Ref, shallowRef, watch } from 'vue'
import { useOnPaper } from '../ui/paper.ts'

const NAMES = [
  'paper',
  'sunk',
  'line',
  'rule',
  'ink',
  'ink2',
  'ink3',
  'accent',
  'mid',
  'soft',
  'red',
  'amber',
  'green',
] as const
export type ColourName = (typeof NAMES)[number]

/** Colours by token. `proven`: the page can prove that it is current, so what is approved may look solid. */
export type Palette = Readonly<Record<ColourName, string> & { proven: boolean }>

/** The tokens as they stand on an element. */
export function readPalette(style: Pick<CSSStyleDeclaration, 'getPropertyValue'>, proven: boolean): Palette {
  const colours = Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]))
  return Object.freeze({ ...(colours as Record<ColourName, string>), proven })
}

/** The colours of the page, a new object when the theme changes, the page goes stale or is put on paper. */
export function usePalette(): Readonly<Ref<Palette>> {
  const root = document.documentElement
  const read = () => readPalette(getComputedStyle(root), !root.classList.contains('stale'))
  const palette = shallowRef(read())
  const follow = () => {
    const next = read()
    const same = NAMES.every((name) => next[name] === palette.value[name]) && next.proven === palette.value.proven
    if (!same) palette.value = next
  }
  useMutationObserver(root, follow, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  watch(useOnPaper(), follow, { flush: 'sync' })
  return palette
}
