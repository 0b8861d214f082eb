// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import { i18n } from '../../client/i18n/index.ts'
import { settingOf } from '../../shared/domain/world.ts'
import type { Trouble } from '../../shared/view/patch.ts'
import { tinyProgramme } from '../support/programme.ts'

const here = vi.hoisted(() => ({
  origin: 'real',
  at: new Date(Date.UTC(2026, 0, 1, 4, 20, 36)),
  now: { state: 'live', stale: false, restarting: false, trouble: null as Trouble | null },
}))
vi.mock('../../client/stores/programme.ts', () => ({
  useProgramme: () => ({ ...settingOf(tinyProgramme(), 'real'), origin: here.origin, ready: true }),
}))
vi.mock('../../client/stores/present.ts', () => ({ usePresent: () => ({ today: null }) }))
vi.mock('../../client/stores/connection.ts', () => ({
  useConnection: () => ({ ...here.now, provenAt: here.at, seq: 1_234, age: 12_000 }),
}))
const { default: LiveMark } = await import('../../client/features/shell/LiveMark.vue')
const { default: StaleBanner } = await import('../../client/features/shell/StaleBanner.vue')

beforeEach(() => void (i18n.global.locale.value = 'en'))
const text = (part: typeof LiveMark) => mount(part, { global: { plugins: [i18n] } }).text()

test('what is proven says when, by the clock on the wall', () => {
  here.origin = 'real'
  expect(text(LiveMark)).toMatch(/Live.*12:20:36.*#1,234/)
  expect(text(StaleBanner)).toContain('As of 12:20:36')
})

test('where the log runs by a clock of its own there is no second one beside it', () => {
  here.origin = 'simulated'
  expect(text(LiveMark)).toMatch(/Live.*#1,234/)
  expect(text(LiveMark)).not.toContain('12:20')
  expect(text(StaleBanner)).toContain('As of #1,234')
})

test.each([
  ['damaged', 'Log damaged'],
  ['closed', 'Not taking reports'],
  ['behind', 'Catching up'],
] as const)('S20 what is %s is not called live', (trouble, word) => {
  here.now = { state: 'live', stale: false, restarting: false, trouble }
  expect(text(LiveMark)).toContain(word)
  expect(text(LiveMark)).not.toContain('Live')
  // what is being compared is not known to be right, whatever else is known
  here.now = { ...here.now, state: 'checking' }
  expect(text(LiveMark)).toContain(trouble === 'damaged' ? word : 'Checking')
  // that figures are old matters more than why
  here.now = { ...here.now, state: 'offline', stale: true }
  expect(text(LiveMark)).toContain('Offline')
})
