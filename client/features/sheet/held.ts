/** A card whose dialog is open stays in the list when what it is about is over: nothing typed in it may vanish. */
import { inject, type InjectionKey, onBeforeUnmount, provide, type Ref, watch } from 'vue'

const HOLD: InjectionKey<(on: boolean) => void> = Symbol('hold')

/** For the card: `hold` is told when a dialog of it opens, and when that is closed again. */
export const provideHold = (hold: (on: boolean) => void): void => provide(HOLD, hold)

/** For a dialog, in a card or elsewhere. */
export function useHold(open: Readonly<Ref<boolean>>): void {
  const hold = inject(HOLD, null)
  if (hold === null) return
  watch(open, hold)
  onBeforeUnmount(() => open.value && hold(false))
}
