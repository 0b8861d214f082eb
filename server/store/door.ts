/** Where other programs of this machine ask a running server for a copy of what it holds, whatever became of its file. */
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { hash } from 'node:crypto'
import { dirname, join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { PRIVATE, PRIVATE_FOLDER } from './private.ts'

/** The socket for the log at that path; `state`: folder of the server's state, null = none. Addresses of sockets are short. */
export const doorOf = (state: string | null, path: string): string =>
  join(resolve(state ?? dirname(path)), `${hash('sha256', resolve(path)).slice(0, 16)}.sock`)

export interface Door {
  close(): void
}

/** Opens the door to whoever runs as the same user. Says so where that cannot be: everything else works without. */
export async function openDoor(
  file: string,
  copyTo: (target: string) => Promise<void>,
  say: (why: string) => void,
): Promise<Door> {
  // the other side has said everything when it waits for the answer
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy())
    createInterface({ input: socket }).once('line', (target) => {
      copyTo(target).then(
        () => socket.end('copied'),
        (error: unknown) => socket.end(error instanceof Error ? error.message : String(error)),
      )
    })
  })
  try {
    mkdirSync(dirname(file), { recursive: true, mode: PRIVATE_FOLDER })
    // left by a server that was killed: whoever is here has the lock
    rmSync(file, { force: true })
    await once(server.listen(file), 'listening')
    chmodSync(file, PRIVATE)
  } catch (error) {
    say(String(error))
  }
  server.on('error', (error) => say(String(error))).unref()
  return { close: () => void server.close() }
}

/** Asks at the door for a copy. False where nobody answers; rejects with what the server says when it fails. */
export async function askForCopy(file: string, target: string): Promise<boolean> {
  const socket = connect(file)
  const isOpen = await new Promise<boolean>((tell) => {
    socket.once('connect', () => tell(true)).once('error', () => tell(false))
  })
  if (!isOpen) return false
  socket.end(`${target}\n`)
  const answer = await text(socket)
  if (answer !== 'copied') throw new Error(answer === '' ? 'the server has ended meanwhile' : answer)
  return true
}
