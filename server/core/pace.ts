/** Nobody takes the writer for themselves: what a person's commands cost is counted, and who is in debt waits. */
import type { Answer } from '../../shared/command.ts'
import type { Refusal } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import { entriesIn } from '../../shared/schema.ts'
import type { Limits } from './allowance.ts'
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
  /** what is left; below 0 is debt */
  left: number
  at: number
  underWay: number
}

/** What any command costs, and the entries of its input that cost as much as one more. */
const EACH = 8
const ENTRIES = 10
/** Accounts above this number are looked through for those that are full again. */
const MANY = 1_000

/** What a command costs, by its size: 1 is about 25 µs of the writer's time. */
export const costOf = (input: unknown): number => EACH + entriesIn(input) / ENTRIES

export function createPace({ dispatch }: Pick<Core, 'dispatch'>, { limits, now }: PaceOptions): Pace {
  const { burst, perSecond, together } = limits
  const accounts = new Map<string, Account>()

  function accountOf(member: string): Account {
    let account = accounts.get(member)
    if (account === undefined) {
      if (accounts.size >= MANY) forgetFull()
      account = { left: burst, at: now(), underWay: 0 }
      accounts.set(member, account)
    }
    const at = now()
    account.left = Math.min(burst, account.left + ((at - account.at) / 1_000) * perSecond)
    account.at = at
    return account
  }

  function forgetFull(): void {
    const at = now()
    for (const [member, { left, at: then, underWay }] of accounts)
      if (underWay === 0 && left + ((at - then) / 1_000) * perSecond >= burst) accounts.delete(member)
  }

  function busy(member: string): Refusal | null {
    const { left, underWay } = accountOf(member)
    if (left >= 0 && underWay < together) return null
    return { code: 'command.busy', params: { ms: Math.max(1_000, Math.ceil((-left / perSecond) * 1_000)) } }
  }

  return {
    busy,
    async dispatch(input, actor) {
      const refusal = busy(actor.id)
      if (refusal !== null) return { ok: false, refusals: [refusal] }
      const account = accountOf(actor.id)
      // nobody is kept waiting for longer than a full account takes to fill
      account.left = Math.max(-burst, account.left - costOf(input))
      account.underWay++
      try {
        return await dispatch(input, actor)
      } finally {
        account.underWay--
      }
    },
  }
}
