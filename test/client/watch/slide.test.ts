import { expect, it } from 'vitest'
import { AT_REST, type Slide, slideTo } from '../../../client/features/watch/slide.ts'

it('slides by the lines that are new, and by all where none is known', () => {
  const first = slideTo(AT_REST, [5, 4, 3])
  expect(first).toEqual({ newest: 5, top: 0, age: 0 })
  expect(slideTo(first, [7, 6, 5, 4])).toEqual({ newest: 7, top: 2, age: 0 })
  expect(slideTo(first, [5, 4])).toEqual(first)
  expect(slideTo(first, [90, 89, 88])).toEqual({ newest: 90, top: 3, age: 0 })
  expect(slideTo(first, [])).toEqual({ newest: null, top: 0, age: 0 })
})

it('G6 stays near the top of its window however long changes come in', () => {
  let slide: Slide = AT_REST
  let furthest = 0
  for (let seq = 1; seq < 1_000_000; seq += 7) {
    slide = slideTo(
      slide,
      Array.from({ length: 12 }, (_, i) => seq + 12 - i),
    )
    furthest = Math.max(furthest, slide.top)
  }
  expect(furthest).toBeLessThanOrEqual(10_000)
  expect(slide.age).toBeGreaterThan(50)
})
