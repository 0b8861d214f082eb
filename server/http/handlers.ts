/** What each route does. Nothing is decided here: core and auth decide. */
import { ok, refuse } from '../../shared/errors.ts'
import { createAccountHandlers, type HandlerOptions } from './accountHandlers.ts'
import type { Handlers } from './routes.ts'

export function createHandlers(options: HandlerOptions): Handlers {
  const { core, pace, files, operation } = options
  return {
    ...createAccountHandlers(options),

    changes: ({ who, input: { scope, since, asOf } }) => core.changes(who.actor, scope, since, asOf),

    spans: ({ who, input: { scope, month, address } }) => core.span(who.actor, scope, month, address),

    programme: async ({ input }) => {
      const programme = await core.programme(input.hash)
      return programme === undefined ? refuse({ code: 'route.unknown' }) : ok({ programme })
    },

    figures: async ({ who, input: { unit, from, to } }) => core.figures(who.actor, unit, from, to),

    checkFile: async ({ who, input: { data, day = null, sheet = null } }) => {
      const busy = pace.busy(who.actor.id)
      return busy === null ? files.check(who.actor, { data, day, sheet }) : refuse(busy)
    },

    readList: async ({ who, input: { data, sheet = null } }) => {
      const busy = pace.busy(who.actor.id)
      return busy === null ? files.list(who.actor, { data, sheet }) : refuse(busy)
    },

    operation: async () => ok(operation()),

    command: async ({ who, input }) => {
      const answer = await pace.dispatch(input, who.actor)
      return answer.ok ? ok(answer) : answer
    },
  }
}
