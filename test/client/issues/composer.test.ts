import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { effectScope, nextTick, reactive, ref } from 'vue'
import type { Actor } from '../../../shared/policy.ts'
import type { IssueRow } from '../../../shared/view/rows.ts'
import { openTabs } from '../../sync/tabs.ts'
import { ACCEPTED, fakeOutbox, refusedWith } from '../fakeOutbox.ts'
import { units } from './sample.ts'

const here = vi.hoisted(() => ({ outbox: {}, storage: {} }))
vi.mock('../../../client/sync/commands.ts', () => ({
  get outbox() {
    return here.outbox
  },
}))
vi.mock('../../../client/sync/device.ts', async (original) => ({
  ...(await original<object>()),
  get deviceStorage() {
    return here.storage
  },
}))
vi.mock('../../../client/stores/session.ts', () => ({
  useSession: () =>
    reactive({ info: { programme: { key: 'p' } }, me: { id: 'he' }, owner: { programme: 'p', member: 'he' } }),
}))
vi.mock('../../../client/stores/connection.ts', () => ({ useConnection: () => reactive({ state: 'live' }) }))
const { useComposer } = await import('../../../client/features/issues/composer.ts')

const legal: Actor = { id: 'he', name: 'He', role: 'legal', unit: 'city' }
let tabs: ReturnType<typeof openTabs>
let server: ReturnType<typeof fakeOutbox>

/** Another page of the same browser, with nothing in its memory. */
function openPage() {
  setActivePinia(createPinia())
  const storage = tabs.open()
  server = fakeOutbox(storage)
  Object.assign(here, { storage, outbox: server.outbox })
}

function compose(state = ref<IssueRow['state']>('open')) {
  const component = effectScope()
  const composer = component.run(() => useComposer(5, () => state.value, legal, units, 'p'))!
  return { ...composer, state, leave: () => component.stop() }
}

beforeEach(() => {
  tabs = openTabs()
  openPage()
})

describe('writing to a question', () => {
  test('what is typed is there again on the next page, by person, question and mode', () => {
    const first = compose()
    first.text.value = 'half a sent'
    first.mode.value = 'close'
    expect(first.text.value).toBe('')
    first.leave()
    openPage()
    const second = compose()
    expect([second.mode.value, second.text.value]).toEqual(['reply', 'half a sent'])
  })

  test('a reply goes out once, trimmed, and the box is empty when it is recorded', async () => {
    const { text, sending, send } = compose()
    text.value = ' as the list says '
    send()
    send()
    expect(sending.value).toBe(true)
    expect(text.value).toBe('as the list says')
    await server.answer(ACCEPTED)
    expect(server.sent.map((c) => [c.kind, c.data])).toEqual([['ReplyToIssue', { issue: 5, text: 'as the list says' }]])
    expect([sending.value, text.value, tabs.texts.size]).toEqual([false, '', 0])
  })

  test('an empty text is asked for and not sent', () => {
    const { text, refusals, sending, send } = compose()
    text.value = '  '
    send()
    expect(refusals.value).toEqual([{ code: 'input.required' }])
    expect(sending.value).toBe(false)
  })

  test('a lost answer (finding R7): it says that it waits, goes out again under the same id and is not typed twice', async () => {
    const { text, sending, stuck, send } = compose()
    text.value = 'once'
    send()
    await server.answer(refusedWith('network.lost'))
    expect([sending.value, stuck.value, text.value]).toEqual([true, true, 'once'])
    await server.retry()
    await server.answer(ACCEPTED)
    expect(new Set(server.sent.map((c) => c.id)).size).toBe(1)
    expect([sending.value, stuck.value, text.value]).toEqual([false, false, ''])
  })

  test('what waits is shown by the next page, which hears of its answer', async () => {
    const first = compose()
    first.mode.value = 'close'
    first.text.value = 'settled'
    first.send()
    await server.answer(refusedWith('network.lost'))
    first.leave()
    openPage()
    const second = compose()
    server.outbox.open({ programme: 'p', member: 'he' })
    expect([second.sending.value, second.mode.value, second.text.value]).toEqual([true, 'close', 'settled'])
    await server.answer(ACCEPTED)
    expect([second.sending.value, second.text.value]).toEqual([false, ''])
  })

  test('what is refused is in the box again, with the reason', async () => {
    const { text, refusals, sending, overtaken, state, send } = compose()
    text.value = 'too late'
    send()
    state.value = 'closed'
    await nextTick()
    expect(overtaken.value).toBe(false)
    await server.answer(refusedWith('issue.closed'))
    expect([sending.value, text.value, refusals.value]).toEqual([false, 'too late', [{ code: 'issue.closed' }]])
    expect(overtaken.value).toBe(true)
  })

  test('also when the page that sent it is gone', async () => {
    const first = compose()
    first.text.value = 'too late'
    first.send()
    first.leave()
    await server.answer(refusedWith('issue.closed'))
    expect(compose().text.value).toBe('too late')
  })

  test('an empty box follows the question; a text stays where it is until it fits again', async () => {
    const { mode, modes, text, overtaken, state } = compose()
    state.value = 'closed'
    await nextTick()
    expect([mode.value, modes.value]).toEqual(['reopen', ['reopen']])
    state.value = 'open'
    await nextTick()
    text.value = 'not yet sent'
    state.value = 'closed'
    await nextTick()
    expect([mode.value, overtaken.value, modes.value]).toEqual(['reply', true, ['reply', 'reopen']])
  })

  test('another tab shows the same text', () => {
    const [one, other] = [tabs.open(), tabs.open()]
    Object.assign(here, { storage: one })
    const first = compose()
    Object.assign(here, { storage: other })
    const second = compose()
    first.text.value = 'typed here'
    other.hear()
    expect(second.text.value).toBe('typed here')
  })
})
