// @vitest-environment happy-dom
/** Case L10: a Chinese page lists names by pinyin, whatever the browser is set to and whatever it knows. */
import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { i18n } from '../../client/i18n/index.ts'
import { byTable } from '../../client/ui/nameOrder.ts'
import { PINYIN } from '../../client/ui/pinyin.ts'
import type { Actor } from '../../shared/policy.ts'
import { rowKey } from '../../shared/view/wire.ts'
import { giveRows } from '../client/fakeScope.ts'
import { openPage, surround } from '../client/page.ts'
import { here } from '../client/surroundings.ts'
import { chance } from '../support/chance.ts'
import { tinyProgramme } from '../support/programme.ts'
import { openTabs } from '../sync/tabs.ts'

const { default: PeoplePage } = await import('../../client/features/people/PeoplePage.vue')
const office: Actor = { id: 'o', name: 'Office', role: 'office', unit: 'C' }
const NAMES = ['李雪', '赵磊', '陈静', '王芳', '安琪', '周杰', '白露']
const BY_PINYIN = ['安琪', '白露', '陈静', '李雪', '王芳', '赵磊', '周杰']
const pinyin = new Intl.Collator('zh-CN-u-co-pinyin').compare

beforeEach(() => {
  surround(here, office, tinyProgramme(), openTabs().open())
  giveRows(
    'people',
    ...NAMES.map((name, i) => ({
      ...{ kind: 'member' as const, key: rowKey.member(`m${i}`), member: `m${i}`, name, ended: false },
      ...{ role: 'viewer' as const, unit: 'C', tasks: [] },
    })),
  )
})
afterEach(() => vi.unstubAllGlobals())

const shown = async (locale: 'zh' | 'en') => {
  const { wrapper } = await openPage(PeoplePage, '/people')
  i18n.global.locale.value = locale
  await vi.dynamicImportSettled()
  await flushPromises()
  return wrapper.findAll('tbody th').map((cell) => cell.text())
}
/** as an engine built without the order of pinyin does: by code point */
const knowsNothing = () =>
  vi.stubGlobal('Intl', {
    ...Object.fromEntries(Object.getOwnPropertyNames(Intl).map((name) => [name, Intl[name as keyof typeof Intl]])),
    Collator: class {
      compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
    },
  })

test.each(['zh', 'en'] as const)('names stand by pinyin on a page in %s', async (locale) => {
  expect(await shown(locale)).toEqual(BY_PINYIN)
})

test('also where the browser does not know pinyin', async () => {
  knowsNothing()
  expect(await shown('zh')).toEqual(BY_PINYIN)
})

test('the table has the order of the full one: over names of two and three, and with letters among them', () => {
  const draw = chance(7)
  const order = byTable(PINYIN, pinyin)
  const name = () => Array.from({ length: 1 + draw.below(3) }, () => PINYIN[draw.below(20_000)]).join('')
  const names = [...Array.from({ length: 400 }, name), ...NAMES, '安', '安琪琪', 'Adam', 'zoe', '安 b', '']
  expect(names.toSorted(order)).toEqual(names.toSorted(pinyin))
})
