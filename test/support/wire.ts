/** A wire to a server that can be cut, and that can go dead without telling either end. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Wire {
  /** of its near end */
  port: number
  /** connections that were tried */
  attempts(): number
  /** nothing is closed, nothing arrives */
  die(): void
  /** what was said meanwhile arrives, as where packets are sent again, and who has gone meanwhile is gone */
  heal(): void
  /** closes all connections; new ones are taken */
  cut(): void
  close(): void
}

/** `port`: of the server, asked for with every connection. */
export async function startWire(port: () => number): Promise<Wire> {
  let dead = false
  let attempts = 0
  const ends = new Set<Socket>()
  /** what waits for a dead wire to be healed, in order */
  let late: (() => void)[] = []
  const carry = (what: () => void) => {
    if (dead) late.push(what)
    else what()
  }
  const server = createServer((near) => {
    attempts++
    const far = connect(port(), '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from)
      from.on('error', () => undefined)
      from.on('data', (data) => carry(() => to.write(data)))
      from.on('close', () => {
        ends.delete(from)
        carry(() => to.destroy())
      })
    }
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const cut = () => {
    for (const end of ends) end.destroy()
  }
  return {
    port: (server.address() as AddressInfo).port,
    attempts: () => attempts,
    die: () => (dead = true),
    heal() {
      dead = false
      for (const what of late) what()
      late = []
    },
    cut,
    close: () => {
      cut()
      server.close()
    },
  }
}
