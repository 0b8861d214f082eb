/** An outbox over memory whose answers the test gives; for forms that send commands. */
import type { Answer } from '../../shared/command.ts'
import type { DraftStorage } from '../../client/sync/drafts.ts'
import { createOutbox, type Waiting } from '../../client/sync/outbox.ts'

type Sent = Pick<Waiting, 'id' | 'kind' | 'data'>

export const ACCEPTED: Answer = { ok: true, seq: 7, happened: [{ subject: 'issue/3', version: 7 }] }
export const refusedWith = (code: 'issue.closed' | 'member.self' | 'network.lost'): Answer => ({
  ok: false,
  refusals: [{ code }],
})

/** `sent` are the commands that went out; `answer` answers the one that is out. Lost ones go out again by `retry`, held ones by `due`. */
export function fakeOutbox(storage: DraftStorage) {
  const sent: Sent[] = []
  let out: ((answer: Answer) => void) | null = null
  let later: { at: number; run: () => void }[] = []
  let ids = 0
  const outbox = createOutbox({
    storage,
    send(command) {
      sent.push(command)
      return new Promise<Answer>((resolve) => (out = resolve))
    },
    exclusive: (_, run) => run(),
    newId: () => `id-${++ids}`,
    reachable: () => Promise.resolve(true),
    versionOf: () => 1,
    taken: () => null,
    now: () => Date.now(),
    later(ms, run) {
      const timer = { at: Date.now() + ms, run }
      later.push(timer)
      return () => (later = later.filter((other) => other !== timer))
    },
  })
  const settled = async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve()
  }
  const run = async (until: number) => {
    const due = later.filter(({ at }) => at <= until)
    later = later.filter((timer) => !due.includes(timer))
    for (const timer of due) timer.run()
    await settled()
  }
  return {
    outbox,
    sent,
    settled,
    async answer(answer: Answer) {
      await settled()
      out?.(answer)
      out = null
      await settled()
    },
    retry: () => run(Infinity),
    due: () => run(Date.now()),
  }
}
