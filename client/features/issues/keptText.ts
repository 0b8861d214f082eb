/** Text that was typed and not recorded yet: it outlives the page, and the browser's other tabs show the same. */
import { computed, onScopeDispose, type Ref, ref } from 'vue'
import { deviceStorage } from '../../sync/device.ts'

/** Empty when nothing is kept under the name. */
export function useKeptText(name: string): Ref<string> {
  const text = ref(deviceStorage.get(name) ?? '')
  onScopeDispose(
    deviceStorage.onChange((changed) => {
      if (changed === null || changed === name) text.value = deviceStorage.get(name) ?? ''
    }),
  )
  return computed({ get: () => text.value, set: (value) => keepText(name, value) })
}

/** Keeps a text, also when nobody looks at it; '' takes it away. */
export function keepText(name: string, text: string): void {
  if (text === '') deviceStorage.remove(name)
  else deviceStorage.set(name, text)
}
