// @vitest-environment happy-dom
/** A total's breakdown is the same wherever it stands: one order, one set of textures and words, ups and downs apart (U7). */
import { mount } from '@vue/test-utils'
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type Component, ref } from 'vue'
import BreakdownLens from '../../../client/features/watch/BreakdownLens.vue'
import { partAreas } from '../../../client/charts/partAreas.ts'
import { partBars } from '../../../client/charts/bars.ts'
import type { Palette } from '../../../client/charts/palette.ts'
import { biteStyles, partStyles } from '../../../client/charts/texture.ts'
import { i18n } from '../../../client/i18n/index.ts'
import BreakdownBar from '../../../client/ui/BreakdownBar.vue'
import PartList from '../../../client/ui/PartList.vue'
import PartRect from '../../../client/ui/PartRect.vue'
import { partLines } from '../../../client/ui/parts.ts'
import RangeMark from '../../../client/ui/RangeMark.vue'
import Swatch from '../../../client/ui/Swatch.vue'
import { BITE, FILL, type Part } from '../../../client/ui/texture.ts'
import type { CounterBreakdown } from '../../../shared/progress/breakdown.ts'

vi.mock('../../../client/ui/size.ts', () => ({ useSize: () => ({ width: ref(1_000), height: ref(20) }) }))

const breakdown: CounterBreakdown = {
  approved: 500,
  waiting: { up: 60, down: 5 },
  disputed: { up: 4, down: 3 },
  returned: { up: 2, down: 1 },
  missing: 7,
}
const ORDER = ['a', 'w+', 'w−', 'd+', 'd−', 'r+', 'r−', 'm']
const signOf = ({ part, bite }: { part: Part; bite?: boolean }) =>
  part === 'a' || part === 'm' ? part : `${part}${bite === true ? '−' : '+'}`
const WORDS =
  'Approved 500 · Awaiting review +60 · Awaiting review −5 · Disputed +4 · Disputed −3 · Returned +2 · Returned −1 · Missing (est.) 7'

beforeEach(() => {
  setActivePinia(createPinia())
  i18n.global.locale.value = 'en'
})
const show = (component: Component, props: object) => mount(component, { props, global: { plugins: [i18n] } })
const rectsOf = (component: Component, props: object) =>
  show(component, props)
    .findAllComponents(PartRect)
    .map((rect) => rect.props())
const lens = { max: 700, path: 400, pathLabel: '', maxLabel: '', large: true, label: 'Target', owed: 0, open: false }

describe('U7 a breakdown is drawn alike everywhere', () => {
  it('in bars, lenses, lists and beside the path: the same parts in the same order', () => {
    expect(partLines(breakdown).map(signOf)).toEqual(ORDER)
    expect(rectsOf(BreakdownBar, { breakdown, max: 700 }).map(signOf)).toEqual(ORDER)
    const swatches = (component: Component, props: object) =>
      show(component, props)
        .findAllComponents(Swatch)
        .map((swatch) => signOf(swatch.props()))
    expect(swatches(PartList, { breakdown })).toEqual(ORDER)
    expect(swatches(PartList, { breakdown, beside: true })).toEqual(ORDER.slice(1))
    expect(swatches(BreakdownLens, { breakdown, ...lens })).toEqual(ORDER)
    expect(rectsOf(RangeMark, { breakdown, points: -1, threshold: 5_000 }).map(signOf)).toEqual(ORDER.slice(1))
    // the rest opened below the bar: the approved part goes on as far as it is bitten
    const small = { ...breakdown, approved: 5_000 }
    const drawn = rectsOf(BreakdownLens, { breakdown: small, ...lens, max: 7_000 })
    expect(drawn.filter(({ height }) => height === 12).map(signOf)).toEqual(ORDER.slice(1).toSpliced(0, 0, 'a'))
  })

  it('by the textures of the one table', () => {
    const html = show(BreakdownBar, { breakdown, max: 700 }).html()
    const fills = [...html.matchAll(/fill="(url\([^)]+\)|var\(--solid[^"]+)"/g)].map(([, fill]) => fill)
    expect(fills).toEqual([FILL.a, FILL.w, BITE.w.fill, FILL.d, BITE.d.fill, FILL.r, BITE.r.fill])
  })

  it('in charts too: ups in their order on what is approved, bites in their order into it', () => {
    const palette = new Proxy({}, { get: (_, name) => (name === 'proven' ? true : String(name)) }) as Palette
    const [up, down] = [partStyles(palette), biteStyles(palette)]
    const levels = [[0, breakdown] as const, [1, breakdown] as const]
    expect(partAreas(levels, palette).map((a) => [a.lower[1]![1], a.upper[1]![1], a.fill])).toEqual([
      [500, 560, up.w.fill],
      [495, 500, down.w.fill],
      [560, 564, up.d.fill],
      [492, 495, down.d.fill],
      [564, 566, up.r.fill],
      [491, 492, down.r.fill],
    ])
    const bars = partBars(breakdown, 0, 0, palette)
    expect(bars.map(({ fill }) => fill)).toEqual([
      ...(['a', 'w', 'd', 'r', 'm'] as const).map((part) => up[part].fill),
      ...(['w', 'd', 'r'] as const).map((part) => down[part].fill),
    ])
  })

  it('in the same words: read out, pointed at and listed', () => {
    const bar = show(BreakdownBar, { breakdown, max: 700, label: 'Target' })
    expect(bar.get('svg').attributes('aria-label')).toBe(`Target · ${WORDS}`)
    expect(bar.get('title').text()).toBe(WORDS)
    const card = show(BreakdownLens, { breakdown, ...lens, large: false })
    expect(card.get('svg').attributes('aria-label')).toBe(`Target · ${WORDS}`)
    const list = show(PartList, { breakdown })
    expect(
      list
        .findAll('li')
        .map((li) => li.text())
        .join(' · '),
    ).toBe(WORDS)
  })
})
