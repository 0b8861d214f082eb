/** What each route does. Nothing is decided here: core and auth decide. */
import { ok, refuse } from '../../shared/errors.ts'
import { createAccountHandlers, type HandlerOptions } from './accountHandlers.ts'
import type { Handlers } from './routes.ts'

export function createHandlers(options: HandlerOptions): Handlers {
  const { core, pace, operation } = options
  return {
    ...createAccountHandlers(options),

    changes: ({ who, input: { scope, since, asOf } }) => core.changes(who.actor, scope, since, asOf),

    spans: ({ who, input: { scope, month, address } }) => core.span(who.actor, scope, month, address),

    programme: async ({ input }) => {
      const programme = await core.programme(input.hash)
      return programme === undefined ? refuse({ code: 'route.unknown' }) : ok({ programme })
    },

    operation: async () => ok(operation()),

    command: async ({ who, input }) => {
      const answer = await pace.dispatch(input, who.actor)
      return answer.ok ? ok(answer) : answer
    },
  }
}
