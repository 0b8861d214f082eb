/** Light or dark; `public/boot.js` sets it before the first paint. */
import { useLocalStorage } from '@vueuse/core'
import { type Ref, watch } from 'vue'

export type Theme = 'light' | 'dark'

const root = typeof document === 'undefined' ? undefined : document.documentElement

// a device that keeps nothing keeps the choice for as long as the page
const current = useLocalStorage<Theme>('theme', root?.dataset.theme === 'dark' ? 'dark' : 'light', {
  writeDefaults: false,
  onError: () => undefined,
})

watch(current, (theme) => {
  if (root !== undefined) root.dataset.theme = theme
})

/** The theme in force, shared by the page and by the reader's other pages; `toggle` remembers the choice on this device. */
export function useTheme(): { theme: Readonly<Ref<Theme>>; toggle(): void } {
  return {
    theme: current,
    toggle: () => {
      current.value = current.value === 'dark' ? 'light' : 'dark'
    },
  }
}
