import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Answer } from '../../shared/command.ts'
import { openDrafts } from '../../client/sync/drafts.ts'
import { lock, openLocks, owner, page, type Sent, settle } from './outboxPages.ts'
import { openTabs } from './tabs.ts'

const LOST: Answer = { ok: false, refusals: [{ code: 'network.lost' }] }
const REFUSED: Answer = { ok: false, refusals: [{ code: 'report.locked' }] }

/** A server that remembers ids, behind a network that loses what it is told to. */
function server() {
  const answers = new Map<string, Answer>()
  const log: string[] = []
  return {
    log,
    /** `lose`: the command (before the server has it), its answer (after), or nothing */
    receive(command: Sent, lose: 'command' | 'answer' | null, refuse = false): Answer {
      if (lose === 'command') return LOST
      let answer = answers.get(command.id)
      if (answer === undefined) {
        if (refuse) return lose === 'answer' ? LOST : REFUSED
        log.push(command.id)
        answer = { ok: true, seq: log.length, happened: [{ subject: 'period', version: log.length }] }
        answers.set(command.id, answer)
      }
      return lose === 'answer' ? LOST : answer
    },
  }
}

describe('what another page has left', () => {
  test('G9 is sent as soon as it is found, however late that is', async () => {
    const tabs = openTabs()
    const { receive, log } = server()
    const late = page(tabs, (command) => receive(command, null))
    late.outbox.open(owner)
    const gone = page(tabs, () => new Promise<Answer>(() => undefined))
    gone.outbox.open(owner)
    gone.outbox.submit('LockPeriod', { through: '2008-01-09' })
    await settle()
    expect(log).toEqual([])
    late.storage.hear()
    await settle()
    expect(log).toHaveLength(1)
    expect(late.outbox.waiting()).toEqual([])
  })
})

describe('an answer that was lost', () => {
  test('H2 what a server that stops did not take waits, and goes out to the one that follows it', async () => {
    const closing: Answer = { ok: false, refusals: [{ code: 'server.closing', params: { seconds: 5 } }] }
    const behind = server()
    const answers = [closing, closing]
    const { outbox, tick } = page(openTabs(), (command) => answers.shift() ?? behind.receive(command, null))
    outbox.open(owner)
    const { answer, firstTry } = outbox.submit('LockPeriod', { through: '2008-01-09' })
    expect(await firstTry).toEqual(LOST)
    expect(outbox.waiting()).toHaveLength(1)
    await tick()
    await tick()
    expect(await answer).toMatchObject({ ok: true, seq: 1 })
    expect(outbox.refused()).toEqual([])
  })

  test('finding R7: a lock sent again has the same id, one effect, and the first answer', async () => {
    const { receive, log } = server()
    const losses: ('command' | 'answer' | null)[] = ['answer', 'command', null]
    const { outbox, tick } = page(openTabs(), (c) => receive(c, losses.shift() ?? null))
    outbox.open(owner)
    const first = outbox.submit(...lock('2026-11-20'))
    expect(await first.firstTry).toEqual(LOST)
    expect([outbox.waiting().length, outbox.stuck()]).toEqual([1, true])
    // the person presses the button again
    const second = outbox.submit(...lock('2026-11-20'))
    expect(second.id).toBe(first.id)
    await tick()
    await tick()
    expect(await first.answer).toMatchObject({ ok: true, seq: 1 })
    expect(await second.answer).toMatchObject({ ok: true, seq: 1 })
    expect([log, outbox.waiting(), outbox.stuck()]).toEqual([[first.id], [], false])
  })

  test('whatever is lost, every command has one effect, in order', async () => {
    const loss = fc.constantFrom('command' as const, 'answer' as const, null)
    await fc.assert(
      fc.asyncProperty(fc.array(loss, { maxLength: 12 }), fc.integer({ min: 1, max: 6 }), async (losses, count) => {
        const { receive, log } = server()
        const left = [...losses]
        const { outbox, tick } = page(openTabs(), (c) => receive(c, left.shift() ?? null))
        outbox.open(owner)
        const sent = Array.from({ length: count }, (_, i) => outbox.submit(...lock(`2026-11-0${i + 1}`)))
        for (let i = 0; i <= losses.length; i++) await tick()
        const answers = await Promise.all(sent.map((s) => s.answer))
        expect(answers.map((a) => a.ok && a.seq)).toEqual(sent.map((_, i) => i + 1))
        expect(log).toEqual(sent.map((s) => s.id))
      }),
    )
  })

  test('survives the page: the next one sends it with the same id', async () => {
    const tabs = openTabs()
    const { receive, log } = server()
    const gone = page(tabs, () => new Promise<Answer>(() => undefined))
    gone.outbox.open(owner)
    const { id } = gone.outbox.submit(...lock('2026-11-20'))
    await settle()
    const next = page(tabs, (c) => receive(c, null))
    const answered: string[] = []
    next.outbox.onAnswer((command) => answered.push(command.id))
    next.outbox.open(owner)
    await settle()
    expect([log, answered, next.outbox.waiting()]).toEqual([[id], [id], []])
  })

  test('a refusal after the page was gone stays until it is taken notice of', async () => {
    const tabs = openTabs()
    const gone = page(tabs, () => new Promise<Answer>(() => undefined))
    gone.outbox.open(owner)
    const { id } = gone.outbox.submit(...lock('2026-11-20'))
    await settle()
    const { receive } = server()
    const next = page(tabs, (c) => receive(c, null, true))
    next.outbox.open(owner)
    await settle()
    expect(next.outbox.refused().map((r) => [r.id, r.answer])).toEqual([[id, REFUSED]])
    next.outbox.dismiss(id)
    expect([next.outbox.refused(), tabs.texts.size]).toEqual([[], 0])
  })
})

describe('what waits', () => {
  test('a refused command does not hold up the next', async () => {
    const { receive, log } = server()
    const { outbox } = page(openTabs(), (c) =>
      receive(c, null, (c.data as { through: string }).through === '2026-11-01'),
    )
    outbox.open(owner)
    const refused = outbox.submit(...lock('2026-11-01'))
    const accepted = outbox.submit(...lock('2026-11-02'))
    expect(await refused.answer).toEqual(REFUSED)
    expect((await accepted.answer).ok).toBe(true)
    expect(log).toEqual([accepted.id])
  })

  test('a command that the server fails at is given up after five tries', async () => {
    const failed: Answer = { ok: false, refusals: [{ code: 'server.failed' }] }
    let tries = 0
    const { outbox, tick } = page(openTabs(), () => (tries++, failed))
    outbox.open(owner)
    const { answer } = outbox.submit(...lock('2026-11-01'))
    for (let i = 0; i < 6; i++) await tick()
    expect(await answer).toEqual(failed)
    expect([tries, outbox.waiting()]).toEqual([5, []])
  })

  test('waits for its own person: after signing out, nobody else sends it', async () => {
    const tabs = openTabs()
    const { receive, log } = server()
    let there = false
    const { outbox } = page(tabs, (c) => receive(c, there ? null : 'command'))
    outbox.open(owner)
    const { id, firstTry } = outbox.submit(...lock('2026-11-01'))
    await firstTry
    outbox.close()
    there = true
    outbox.open({ ...owner, member: 'bela' })
    await settle()
    expect([log, outbox.waiting()]).toEqual([[], []])
    outbox.open(owner)
    await settle()
    expect(log).toEqual([id])
  })

  test('without anybody signed in nothing is kept', async () => {
    const tabs = openTabs()
    const { outbox } = page(tabs, () => LOST)
    const { answer } = outbox.submit(...lock('2026-11-01'))
    expect(await answer).toMatchObject({ ok: false, refusals: [{ code: 'may.signIn' }] })
    expect(tabs.texts.size).toBe(0)
  })

  test('a session that ended keeps the command for the next sign-in', async () => {
    const { receive, log } = server()
    let signedIn = false
    const ended: Answer = { ok: false, refusals: [{ code: 'may.signIn' }] }
    const { outbox } = page(openTabs(), (c) => (signedIn ? receive(c, null) : ended))
    outbox.open(owner)
    const { id, firstTry } = outbox.submit(...lock('2026-11-01'))
    expect(await firstTry).toEqual(LOST)
    signedIn = true
    outbox.open(owner)
    await settle()
    expect(log).toEqual([id])
  })
})

describe('two tabs', () => {
  test('send one at a time, and each hears the answer to its own', async () => {
    const tabs = openTabs()
    const locks = openLocks()
    const { receive, log } = server()
    let out = 0
    let most = 0
    const send = async (c: Sent) => {
      most = Math.max(most, ++out)
      await Promise.resolve()
      out--
      return receive(c, null)
    }
    const one = page(tabs, send, locks)
    const two = page(tabs, send, locks)
    one.outbox.open(owner)
    two.outbox.open(owner)
    const first = one.outbox.submit(...lock('2026-11-01'))
    two.storage.hear()
    const second = two.outbox.submit(...lock('2026-11-02'))
    for (let i = 0; i < 5; i++) {
      await settle()
      one.storage.hear()
      two.storage.hear()
    }
    expect((await first.answer).ok && (await second.answer).ok).toBe(true)
    expect([log, most]).toEqual([[first.id, second.id], 1])
    expect(tabs.texts.size).toBe(0)
  })
})

describe('G17 taking back', () => {
  const away = () => Promise.resolve(false)

  test('what was never on the wire is not sent, and its sender hears that it was taken back', async () => {
    const sent: string[] = []
    const { outbox, storage, tick } = page(openTabs(), ({ id }) => (sent.push(id), LOST), openLocks(), away)
    outbox.open(owner)
    const first = outbox.submit(...lock('2008-01-02'))
    const second = outbox.submit(...lock('2008-01-03'))
    await tick()
    expect(outbox.mayTakeBack(first.id)).toBe(true)
    expect(await outbox.takeBack(first.id)).toBe(true)
    expect(await first.answer).toEqual({ ok: false, refusals: [{ code: 'command.takenBack' }] })
    expect(outbox.waiting().map(({ id }) => id)).toEqual([second.id])
    // its sender has shown it
    outbox.dismiss(first.id)
    expect(outbox.refused()).toEqual([])
    expect(storage.keys('outbox/')).toHaveLength(1)
    await tick()
    expect(sent).toEqual([])
  })

  test('what may have arrived without an answer stays, also for the page after this one', async () => {
    const tabs = openTabs()
    const { outbox } = page(tabs, () => LOST)
    outbox.open(owner)
    const { id } = outbox.submit(...lock('2008-01-02'))
    await settle()
    for (const later of [outbox, page(tabs, () => LOST, openLocks(), away).outbox]) {
      later.open(owner)
      await settle()
      expect(later.mayTakeBack(id)).toBe(false)
      expect(await later.takeBack(id)).toBe(false)
      expect(later.waiting().map((c) => c.id)).toEqual([id])
    }
  })

  test('what the server says that it did not take was not sent', async () => {
    const { outbox } = page(openTabs(), () => ({ ok: false, refusals: [{ code: 'may.signIn' }] }))
    outbox.open(owner)
    const { id } = outbox.submit(...lock('2008-01-02'))
    await settle()
    expect(await outbox.takeBack(id)).toBe(true)
  })

  test('nothing is taken back from under what rests on it', async () => {
    const { outbox } = page(openTabs(), () => LOST, openLocks(), away)
    outbox.open(owner)
    const item = (basedOn: number | string) => ({
      unit: 'A1',
      day: '2008-01-02',
      values: { x: 1 },
      basedOn: { x: basedOn },
    })
    const under = outbox.submit('SubmitReports', { items: [item(0)] } as never)
    const upon = outbox.submit('SubmitReports', { items: [item(under.id)] } as never)
    await settle()
    expect(await outbox.takeBack(under.id)).toBe(false)
    expect(await outbox.takeBack(upon.id)).toBe(true)
    expect(await outbox.takeBack(under.id)).toBe(true)
  })

  test('whose page has gone stays in the list until somebody has looked after its text', async () => {
    const tabs = openTabs()
    const before = page(tabs, () => LOST, openLocks(), away)
    before.outbox.open(owner)
    const { id } = before.outbox.submit('ReplyToIssue', { issue: 3, text: 'as in § 2' })
    await settle()
    const { outbox } = page(tabs, () => LOST, openLocks(), away)
    outbox.open(owner)
    await outbox.takeBack(id)
    expect(outbox.waiting()).toEqual([])
    expect(outbox.refused()).toMatchObject([{ id, data: { text: 'as in § 2' } }])
  })
})

test('an accepted command clears its drafts and gives later ones their basis', async () => {
  const tabs = openTabs()
  const happened = [{ subject: 'report/S1/2026-11-25', version: 17 }]
  const { outbox, storage } = page(tabs, () => ({ ok: true, seq: 17, happened }))
  const drafts = openDrafts(storage, owner, () => 1_000)
  const cell = { unit: 'S1', day: '2026-11-25', counter: 'issued' }
  const draft = { text: '5', basis: { version: 0, value: null }, confirmed: [], contest: false }
  drafts.put(cell, draft)
  drafts.put({ ...cell, counter: 'accepted' }, draft)
  const marks = [drafts.mark(cell)!, drafts.mark({ ...cell, counter: 'accepted' })!]
  outbox.open(owner)
  const { id, answer } = outbox.submit(...lock('2026-11-01'), { drafts: marks })
  drafts.put(cell, { ...draft, text: '6', basis: { version: 0, value: 5, command: id } })
  await answer
  expect(drafts.get({ ...cell, counter: 'accepted' })).toBeUndefined()
  expect(drafts.get(cell)).toMatchObject({ text: '6', basis: { version: 17, value: 5 } })
})
