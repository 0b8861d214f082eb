// @vitest-environment happy-dom
/** The sheet whose address names no day, and midnight. */
import { afterEach, describe, expect, test } from 'vitest'
import { effectScope, reactive, ref, shallowRef } from 'vue'
import type { Sheet } from '../../../client/features/sheet/useSheet.ts'
import { useTurning } from '../../../client/features/sheet/useTurning.ts'

const TODAY = '2008-03-03'
let scope = effectScope()
afterEach(() => {
  scope.stop()
  scope = effectScope()
})

/** A page on which `unsent` cells are typed. */
function openSheet(unsent = 1) {
  const clock = reactive({ today: TODAY })
  const sheetOf = (day: string) =>
    reactive({ unit: 'A', day, unsent, way: { waiting: [] }, rows: { clock } }) as unknown as Sheet
  const sheet = shallowRef<Sheet | null>(sheetOf(TODAY))
  const asked = ref<string | null>(null)
  const held = scope.run(() =>
    useTurning(
      shallowRef(null),
      sheet,
      () => 'A',
      () => asked.value,
    ),
  )!
  return {
    clock,
    held,
    /** what the page shows once its rows are there */
    shown: () => (sheet.value = sheetOf(asked.value ?? held.value ?? clock.today)).day,
    go: (day: string | null) => (asked.value = day),
  }
}

describe('Q14 a sheet without a day in its address', () => {
  test('back from another day shows today, although somebody is at a field of that day', () => {
    const page = openSheet()
    page.go('2008-02-28')
    expect(page.shown()).toBe('2008-02-28')
    page.go(null)
    expect([page.held.value, page.shown()]).toEqual([null, TODAY])
    // and forward again, and back
    page.go('2008-02-28')
    page.shown()
    page.go(null)
    expect(page.shown()).toBe(TODAY)
  })

  test('at midnight it stays under the hands, also after today was left and come back to, until another day is asked for', async () => {
    const page = openSheet()
    page.go('2008-02-28')
    page.shown()
    page.go(null)
    page.shown()
    page.clock.today = '2008-03-04'
    await Promise.resolve()
    expect([page.held.value, page.shown()]).toEqual([TODAY, TODAY])
    page.go('2008-02-28')
    page.shown()
    page.go(null)
    expect(page.shown()).toBe('2008-03-04')
  })

  test('from today by its date to today as it comes, one stays held at midnight', async () => {
    const page = openSheet()
    page.go(TODAY)
    page.go(null)
    page.clock.today = '2008-03-04'
    await Promise.resolve()
    expect(page.held.value).toBe(TODAY)
  })
})
