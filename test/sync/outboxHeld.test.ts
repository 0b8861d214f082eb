import { describe, expect, test } from 'vitest'
import type { Answer } from '../../shared/command.ts'
import { lock, openLocks, owner, page, type Sent, settle } from './outboxPages.ts'
import { openTabs } from './tabs.ts'

const ACCEPTED: Answer = { ok: true, seq: 1, happened: [] }

describe('G18 what is held', () => {
  /** pages of one browser, at a time that the test sets */
  function browser(reachable = () => Promise.resolve(true)) {
    const tabs = openTabs()
    const locks = openLocks()
    const sent: string[] = []
    const clock = { now: 1_000 }
    const open = (send: (command: Sent) => Answer | Promise<Answer> = () => ACCEPTED) => {
      const opened = page(
        tabs,
        (command) => (sent.push(command.id), send(command)),
        locks,
        reachable,
        () => clock.now,
      )
      opened.outbox.open(owner)
      return opened
    }
    return { open, sent, clock }
  }
  const hold = { hold: 10_000 }

  test('goes out at its time and not before; others overtake it', async () => {
    const { open, sent, clock } = browser()
    const { outbox, tick } = open()
    const late = outbox.submit(...lock('2008-01-02'), hold)
    const soon = outbox.submit(...lock('2008-01-03'))
    await settle()
    expect(sent).toEqual([soon.id])
    expect([outbox.held().map(({ id }) => id), outbox.waiting()]).toEqual([[late.id], []])
    clock.now += 9_999
    await tick()
    expect(sent).toEqual([soon.id])
    clock.now += 1
    await tick()
    expect(sent).toEqual([soon.id, late.id])
    expect(await late.answer).toEqual(ACCEPTED)
  })

  test('outlives its page: whichever comes next sends it at its time, once', async () => {
    const { open, sent, clock } = browser()
    const gone = open()
    const { id } = gone.outbox.submit(...lock('2008-01-02'), hold)
    gone.outbox.close()
    const next = [open(), open()]
    await next[0]!.tick()
    expect(sent).toEqual([])
    clock.now += 10_000
    for (const { tick } of next) await tick()
    expect(sent).toEqual([id])
  })

  test('is taken back also by the next page, and while another command is out', async () => {
    const { open, sent, clock } = browser()
    const gone = open()
    const { id } = gone.outbox.submit(...lock('2008-01-02'), hold)
    gone.outbox.close()
    let answer: (answer: Answer) => void = () => undefined
    const { outbox, tick } = open(() => new Promise((resolve) => (answer = resolve)))
    const other = outbox.submit(...lock('2008-01-03'))
    await settle()
    const takingBack = outbox.takeBack(id)
    clock.now += 10_000
    answer(ACCEPTED)
    await tick()
    expect(await takingBack).toBe(true)
    expect(sent).toEqual([other.id])
    expect(outbox.held()).toEqual([])
  })

  test('goes out at once when it is released, or when the clock of the device has gone back', async () => {
    const { open, sent, clock } = browser()
    const { outbox, tick } = open()
    const first = outbox.submit(...lock('2008-01-02'), hold)
    outbox.release(first.id)
    await settle()
    expect(sent).toEqual([first.id])
    clock.now += 3_600_000
    const second = outbox.submit(...lock('2008-01-03'), hold)
    await settle()
    clock.now -= 3_600_000
    await tick()
    expect(sent).toEqual([first.id, second.id])
  })
})
