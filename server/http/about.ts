/** What is known of a request, for the operator's lines. */
import type { Context } from 'koa'
import type { Refusal } from '../../shared/errors.ts'
import type { Recipient } from '../operator.ts'

export interface About {
  /** its route, by the name in the table; '' = none */
  what: string
  /** id of the member who asks, or whose account somebody tries; null = nobody who is known */
  who: string | null
  /** why it was refused; empty = it was not */
  refusals: readonly Refusal[]
  /** for whom one-time links and tokens were handed out */
  handedOut: Recipient[]
}

/** The same for the whole of a request; whoever learns more of it writes it in. */
export function about(ctx: Context): About {
  const state = ctx.state as { about?: About }
  return (state.about ??= { what: '', who: null, refusals: [], handedOut: [] })
}
