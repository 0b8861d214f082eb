/** How many columns of a table give way so that the others are seen whole. */
import { useElementSize } from '@vueuse/core'
import { type Ref, ref, watch } from 'vue'

interface Parts {
  /** the window that the table stands in */
  box: Readonly<Ref<HTMLElement | null>>
  table: Readonly<Ref<HTMLElement | null>>
}

/** Settled anew whenever the window or the table changes its width; `most` are there that may give way. */
export function useFitting({ box, table }: Parts, most: () => number): Readonly<Ref<number>> {
  const { width } = useElementSize(box)
  const { width: needed } = useElementSize(table)
  const given = ref(0)
  /** width of the table before its last column gave way */
  let before = 0
  watch(
    [width, needed, given],
    ([room], [last]) => {
      if (box.value === null || table.value === null || room === 0) return
      const own = table.value.offsetWidth
      if (own > box.value.clientWidth && given.value < most()) {
        before = own
        given.value++
      } else if (room > last && room >= before && given.value > 0) given.value--
    },
    { flush: 'post' },
  )
  return given
}
