/** Where what stands in a panel, a dialog or a page puts its own small buttons: at the right of the head of what is around it. */
import { inject, type InjectionKey, provide, type ShallowRef } from 'vue'

type Place = Readonly<ShallowRef<HTMLElement | null>>
const TOOLS: InjectionKey<Place> = Symbol('tools')

/** `place`: the element in the head, null before it is there. */
export const provideTools = (place: Place): void => provide(TOOLS, place)

/** Null where nothing around has such a head. */
export const useTools = (): Place | null => inject(TOOLS, null)
