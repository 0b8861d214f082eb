/** A machine's way in: REST by its token, as an office's own system would. */
import type { Answer } from '../../../shared/command.ts'
import { API, type Refused, type RouteOutput } from '../../../shared/protocol/api.ts'
import { type Client, insisting } from './client.ts'

export function openMachine(url: string, token: string): Client {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return {
    async rows(scope) {
      const at = new URL(API.changes.path, url)
      at.search = new URLSearchParams({ scope, since: '0' }).toString()
      const response = await fetch(at, { headers })
      if (!response.ok) throw new Error(`${scope}: ${response.status}`)
      return ((await response.json()) as RouteOutput['changes']).rows
    },
    send: (id, kind, data) =>
      insisting(async (): Promise<Answer> => {
        const body = JSON.stringify({ id, kind, data })
        const response = await fetch(new URL(API.command.path, url), { method: API.command.method, headers, body })
        const answer = (await response.json()) as RouteOutput['command'] | Refused
        return 'ok' in answer ? answer : { ok: false, refusals: answer.refusals }
      }),
    close: () => undefined,
  }
}
