/**
 * Text that was typed and not recorded yet: it outlives the page. Each tab keeps its own; one that has none yet shows what
 * another keeps, and takes it over when it is typed on. No tab takes away what another is still writing (case L6).
 */
import { computed, onScopeDispose, type Ref, ref } from 'vue'
import { deviceStorage, tabStorage } from '../../sync/device.ts'

/** A name of this tab that outlives a reload; what a closed one has left is anybody's. */
function tabName(): string {
  const known = tabStorage.get('tab')
  if (known !== null) return known
  const name = crypto.getRandomValues(new Uint32Array(2)).join('')
  tabStorage.set('tab', name)
  return name
}

const SEPARATOR = '#'
/** In the place of a text that is over, for the tab that kept it. */
const OVER = ''
const copies = (name: string): string[] => [
  ...(deviceStorage.get(name) === null ? [] : [name]),
  ...deviceStorage.keys(name + SEPARATOR),
]

/** Empty when nothing is kept under the name. */
export function useKeptText(name: string): Ref<string> {
  const own = name + SEPARATOR + tabName()
  const others = () => copies(name).filter((key) => key !== own && deviceStorage.get(key) !== OVER)
  const shown = () => deviceStorage.get(own) ?? deviceStorage.get(others()[0] ?? own) ?? ''
  for (const key of copies(name)) if (deviceStorage.get(key) === OVER) deviceStorage.remove(key)
  const text = ref(shown())
  /** this tab has written what is shown */
  let mine = deviceStorage.get(own) !== null
  onScopeDispose(
    deviceStorage.onChange((changed) => {
      if (changed === own) heard()
      else if (!mine && (changed === null || changed === name || changed.startsWith(name + SEPARATOR)))
        text.value = shown()
    }),
  )

  function heard(): void {
    const kept = deviceStorage.get(own)
    if (kept === OVER) {
      // recorded, or given up, by another tab
      mine = false
      deviceStorage.remove(own)
      text.value = ''
    } else if (kept === null && mine) {
      // another tab has taken it for one that was left: it is not
      if (text.value !== '') deviceStorage.set(own, text.value)
    } else text.value = kept ?? ''
  }

  function write(value: string): void {
    if (value === text.value) return
    const taken = mine ? undefined : others().find((key) => deviceStorage.get(key) === text.value)
    text.value = value
    mine = value !== ''
    if (mine) deviceStorage.set(own, value)
    else deviceStorage.remove(own)
    if (taken !== undefined) deviceStorage.remove(taken)
  }
  return computed({ get: () => text.value, set: write })
}

/** Keeps a text when nobody looks at it: the next who does finds it. */
export function keepText(name: string, text: string): void {
  deviceStorage.set(name, text)
}

/** The text is recorded or given up: no tab keeps it any longer. A tab that still shows it hears so, and clears it away. */
export function forgetText(name: string, text: string): void {
  if (text === '') return
  for (const key of copies(name)) if (deviceStorage.get(key) === text) deviceStorage.set(key, OVER)
}
