/** Nobody takes the writer for themselves: what a person's commands cost is counted, and who is in debt waits. */
import type { Answer } from '../../shared/command.ts'
import type { Refusal } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import { entriesIn } from '../../shared/schema.ts'
import type { Limits } from './allowance.ts'
import { type Bucket, createBucket, UNBOUND } from './bucket.ts'
import type { Core } from './core.ts'

export interface Pace {
  /** Null, or `command.busy` with the ms to wait: asked before anything that the person sends is read. */
  busy(member: string): Refusal | null
  /** like `Core.dispatch`, on the account of the actor */
  dispatch(input: unknown, actor: Actor): Promise<Answer>
}

export interface PaceOptions {
  limits: Limits['commands']
  /** ms of a clock that only goes forward */
  now: () => number
}

interface Account {
  bucket: Bucket
  underWay: number
}

/** What any command costs, and the entries of its input that cost as much as one more. */
const EACH = 8
const ENTRIES = 10
/** Accounts above this number are looked through for those that are full again. */
const MANY = 1_000

/** What a command costs, by its size: 1 is about 25 µs of the writer's time. */
export const costOf = (input: unknown): number => EACH + entriesIn(input) / ENTRIES

/** ms after which somebody who was refused may come again, at the least. */
const AGAIN_MS = 1_000

export function createPace({ dispatch }: Pick<Core, 'dispatch'>, { limits, now }: PaceOptions): Pace {
  const { burst, perSecond, together, common = UNBOUND } = limits
  const all = createBucket(common, now, common.burst)
  const accounts = new Map<string, Account>()

  function accountOf(member: string): Account {
    let account = accounts.get(member)
    if (account === undefined) {
      if (accounts.size >= MANY) forgetFull()
      // nobody is kept waiting for longer than a full account takes to fill
      account = { bucket: createBucket({ burst, perSecond }, now, burst), underWay: 0 }
      accounts.set(member, account)
    }
    return account
  }

  function forgetFull(): void {
    for (const [member, { bucket, underWay }] of accounts)
      if (underWay === 0 && bucket.left() >= burst) accounts.delete(member)
  }

  function busy(member: string): Refusal | null {
    const { bucket, underWay } = accountOf(member)
    const ms = Math.max(bucket.owedMs(), isLight(bucket) ? 0 : all.owedMs())
    if (ms === 0 && underWay < together) return null
    return { code: 'command.busy', params: { ms: Math.max(AGAIN_MS, Math.ceil(ms)) } }
  }

  const isLight = (bucket: Bucket): boolean => burst - bucket.left() <= common.light

  return {
    busy,
    async dispatch(input, actor) {
      const refusal = busy(actor.id)
      if (refusal !== null) return { ok: false, refusals: [refusal] }
      const account = accountOf(actor.id)
      const cost = costOf(input)
      account.bucket.take(cost)
      if (!isLight(account.bucket)) all.take(cost)
      account.underWay++
      try {
        return await dispatch(input, actor)
      } finally {
        account.underWay--
      }
    },
  }
}
