/** How wide the line of points of the ranking may be: what the other columns leave. */
import { type Ref, ref, watch } from 'vue'
import { useSize } from '../../ui/size.ts'

interface Parts {
  /** the window that the table stands in */
  box: Readonly<Ref<HTMLElement | null>>
  table: Readonly<Ref<HTMLElement | null>>
  /** the line of points in the head of the table */
  line: Readonly<Ref<SVGElement | null>>
  /** the column that gives way where the line would be too short */
  spark: Readonly<Ref<HTMLElement | null>>
}

export interface LineRoom {
  /** width of the line, px */
  width: Ref<number>
  /** the small lines have given way */
  tight: Ref<boolean>
}

/** Measured and settled again whenever the window or the table changes its size; `least` is in px. */
export function useLineRoom({ box, table, line, spark }: Parts, least: () => number): LineRoom {
  const { width: boxWidth } = useSize(box)
  const { width: tableWidth } = useSize(table)
  const width = ref(least())
  const tight = ref(false)
  let sparkWidth = 0
  watch([boxWidth, tableWidth, least], () => {
    if (box.value === null || table.value === null || line.value === null || boxWidth.value === 0) return
    if (!tight.value) sparkWidth = spark.value?.offsetWidth ?? 0
    const others = table.value.offsetWidth - line.value.getBoundingClientRect().width
    const given = tight.value ? sparkWidth : 0
    const left = Math.floor(box.value.clientWidth - others)
    tight.value = left - given < least()
    width.value = Math.max(least(), left + (tight.value ? sparkWidth - given : 0))
  })
  return { width, tight }
}
