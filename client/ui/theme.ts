/** Light or dark; `public/boot.js` sets it before the first paint. */
import { type Ref, ref } from 'vue'

export type Theme = 'light' | 'dark'

const current = ref<Theme>(
  typeof document !== 'undefined' && document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light',
)

/** The theme in force, shared by the page; `toggle` remembers the choice on this device. */
export function useTheme(): { theme: Readonly<Ref<Theme>>; toggle(): void } {
  return {
    theme: current,
    toggle() {
      current.value = current.value === 'dark' ? 'light' : 'dark'
      document.documentElement.dataset.theme = current.value
      try {
        localStorage.setItem('theme', current.value)
      } catch {
        // full or forbidden: the choice lasts as long as the page
      }
    },
  }
}
