/** Sending commands: by socket while connected, else by HTTP; the id makes a repeat harmless. */
import type { Answer, CommandData, CommandKind } from '../../shared/command.ts'
import { callApi } from './api.ts'
import { connection } from './live.ts'

const ANSWER_MS = 8_000

/** A fresh command id. Keep it to send the same command again. */
export function newId(): string {
  // randomUUID is missing on pages served over plain http
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
}

/** Resolves once the command is durable or refused; never throws. A lost network is the refusal `network.lost`. */
export async function sendCommand<K extends CommandKind>(
  kind: K,
  data: CommandData<K>,
  id: string = newId(),
): Promise<Answer> {
  const command = { id, kind, data }
  const { socket } = connection
  if (socket.connected) {
    try {
      return await socket.timeout(ANSWER_MS).emitWithAck('command', command)
    } catch {
      // no answer in time: the same id may be sent again
    }
  }
  const answer = await callApi('command', command)
  return answer.ok ? answer.value : { ok: false, refusals: answer.refusals }
}
