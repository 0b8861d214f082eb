/** Nobody takes the writer for themselves: what a person's commands cost is counted, and who is in debt waits. */
import type { Answer } from '../../shared/command.ts'
import type { Refusal } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import { entriesIn } from '../../shared/schema.ts'
import type { Limits } from './allowance.ts'
import { type Bucket, createBucket, UNBOUND } from './bucket.ts'
import type { Core } from './core.ts'
import { createLine } from './limit.ts'

export interface Pace {
  /** Null, or `command.busy` with the ms to wait: asked before anything that the person sends is read. */
  busy(member: string): Refusal | null
  /** puts on the account that so many bytes were read, of a file or of anything else */
  reads(member: string, bytes: number, what?: 'file'): void
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
  /** of these, in the line of the large */
  inLine: number
}

/** What any command costs, and the entries of its input that cost as much as one more. */
const EACH = 8
const ENTRIES = 10
/** Bytes that cost as much, whatever comes of them; a file is one long text, of which 5 MB are read in 20 ms. */
const BYTES = { file: 16_384, other: 400 }
/** What a command costs above which it is large, and how many of these are being decided at once. */
const LARGE = 200
const LINE = { all: 4, each: 1 }
/** Accounts above this number are looked through for those that are full again. */
const MANY = 1_000

/** What a command costs, by its size: 1 is about 25 µs of the writer's time. */
export const costOf = (input: unknown): number => EACH + entriesIn(input) / ENTRIES

/** ms after which somebody who was refused may come again, at the least. */
const AGAIN_MS = 1_000
const BUSY: Refusal = { code: 'command.busy', params: { ms: AGAIN_MS } }

export function createPace({ dispatch }: Pick<Core, 'dispatch'>, { limits, now }: PaceOptions): Pace {
  const { burst, perSecond, together, common = UNBOUND } = limits
  const all = createBucket(common, now, common.burst)
  const line = createLine({ ...LINE, waiting: together })
  const accounts = new Map<string, Account>()

  function accountOf(member: string): Account {
    let account = accounts.get(member)
    if (account === undefined) {
      if (accounts.size >= MANY) forgetFull()
      // nobody is kept waiting for longer than a full account takes to fill
      account = { bucket: createBucket({ burst, perSecond }, now, burst), underWay: 0, inLine: 0 }
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

  function charge(account: Account, cost: number): void {
    account.bucket.take(cost)
    if (!isLight(account.bucket)) all.take(cost)
  }

  const isLight = (bucket: Bucket): boolean => burst - bucket.left() <= common.light

  async function inTurn(account: Account, input: unknown, actor: Actor): Promise<Answer> {
    account.inLine++
    const leave = await line.enter(actor.id)
    try {
      return leave === null ? { ok: false, refusals: [BUSY] } : await dispatch(input, actor)
    } finally {
      account.inLine--
      leave?.()
    }
  }

  return {
    busy,
    reads: (member, bytes, what) => charge(accountOf(member), bytes / BYTES[what ?? 'other']),
    async dispatch(input, actor) {
      const refusal = busy(actor.id)
      if (refusal !== null) return { ok: false, refusals: [refusal] }
      const account = accountOf(actor.id)
      const cost = costOf(input)
      charge(account, cost)
      account.underWay++
      try {
        // what one sends after something large stays behind it
        return await (cost > LARGE || account.inLine > 0 ? inTurn(account, input, actor) : dispatch(input, actor))
      } finally {
        account.underWay--
      }
    },
  }
}
