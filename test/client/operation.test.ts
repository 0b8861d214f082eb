// @vitest-environment happy-dom
import { flushPromises } from '@vue/test-utils'
import { beforeEach, expect, test, vi } from 'vitest'
import type { Actor } from '../../shared/policy.ts'
import { FINDING_CODES, type OperationReport } from '../../shared/protocol/operation.ts'
import { tinyProgramme } from '../support/programme.ts'
import { openTabs } from '../sync/tabs.ts'
import { openPage, surround } from './page.ts'

const office: Actor = { id: 'o', name: 'Office', role: 'office', unit: 'C' }
const here = vi.hoisted(() => ({ outbox: {}, programme: {}, session: {}, answer: {} as object }))
vi.mock('../../client/stores/scope.ts', () => import('./fakeScope.ts'))
vi.mock('../../client/stores/programme.ts', () => ({ useProgramme: () => here.programme }))
vi.mock('../../client/stores/session.ts', () => ({ useSession: () => here.session }))
vi.mock('../../client/sync/commands.ts', () => ({
  get outbox() {
    return here.outbox
  },
}))
vi.mock('../../client/sync/api.ts', () => ({ callApi: async () => here.answer }))
const { default: OperationPage } = await import('../../client/features/operation/OperationPage.vue')

const at = '2008-01-09T01:00:00.000Z'
const whole: OperationReport = {
  head: 12,
  today: '2008-01-09',
  kept: { seq: 12, at },
  causes: [],
  backup: { seq: 10, at },
  verify: { began: at, ended: at, verdict: { head: 12, events: 12, commands: 9, states: 4, findings: [] } },
}

beforeEach(() => {
  surround(here, office, tinyProgramme(), openTabs().open())
})
async function textOf(report: Partial<OperationReport>): Promise<string> {
  here.answer = { ok: true, value: { ...whole, ...report } }
  const { wrapper } = await openPage(OperationPage, '/operation')
  await flushPromises()
  return wrapper.text()
}

test('Z10 a server that is well says so, with its log, what is kept outside and the last backup', async () => {
  const text = await textOf({})
  expect(text).toContain('it can read and write')
  expect(text).toContain('The log has 12 events')
  expect(text).toContain('Noted outside the file: event 12, 9 Jan 09:00')
  expect(text).toContain('Last backup: 9 Jan 09:00, up to event 10. Since then 2 more.')
  expect(text).toContain('events: 12, commands: 9, sets of figures: 4')
})

test('Z10 a server that cannot be reached is not said to be well because it was', async () => {
  vi.useFakeTimers()
  here.answer = { ok: true, value: whole }
  const { wrapper } = await openPage(OperationPage, '/operation')
  await flushPromises()
  here.answer = { ok: false, refusals: [{ code: 'network.unreachable' }] }
  await vi.advanceTimersByTimeAsync(6_000)
  expect(wrapper.text()).toContain('No answer came from the server')
  expect(wrapper.text()).not.toContain('it can read and write')
  vi.useRealTimers()
})

test('Z10 what keeps it from writing is said with what to do', async () => {
  const text = await textOf({ causes: [{ cause: 'fileGone', since: at }], kept: null, backup: null })
  expect(text).toContain('new reports are not taken')
  expect(text).toContain('make a backup now')
  expect(text).toContain('Nothing is noted outside the file')
  expect(text).toContain('No backup is on record')
})

test('Z10 a demonstration says what it is, and lacks nothing', async () => {
  Object.assign(here.session, { info: { demo: [] } })
  const text = await textOf({ kept: null, backup: null })
  expect(text).toContain('This is a demonstration')
  for (const lacking of ['Nothing is noted', 'No backup', 'npm run backup']) expect(text).not.toContain(lacking)
})

test('Z10 with a damaged log nobody is told that all is there', async () => {
  const text = await textOf({ causes: [{ cause: 'logDamaged', since: at }] })
  expect(text).toContain('figures may be wrong')
  expect(text).not.toContain('Everything reported is there')
})

test('Z10 the first bad event is named in words', async () => {
  const findings = [{ code: 'reference' as const, seq: 7, type: 'ReportSubmitted', params: { what: 'unit', id: 'Z9' } }]
  const verdict = { ...whole.verify.verdict!, findings }
  const text = await textOf({ verify: { ...whole.verify, verdict } })
  expect(text).toContain('event 7 (ReportSubmitted): it names the unit “Z9”, which is not there')
})

test('Z10 everything that can be found has words', async () => {
  const params = { expected: 2, v: 1, what: 'unit', id: 'x', why: 'x', command: 'x', tables: 'x' }
  const findings = FINDING_CODES.map((code) => ({ code, seq: 7, type: 'DayBegan', params }))
  const text = await textOf({ verify: { ...whole.verify, verdict: { ...whole.verify.verdict!, findings } } })
  expect(text).not.toContain('operation.')
})

test('Z10 a check that goes on, or could not be done, says so', async () => {
  expect(await textOf({ verify: { began: at, ended: null, verdict: null } })).toContain('not finished yet')
  expect(await textOf({ verify: { began: at, ended: at, verdict: null } })).toContain('could not be finished')
})
