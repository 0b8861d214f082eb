/** A wire to a server that can be cut, and that can go dead without telling either end. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Wire {
  /** of its near end */
  port: number
  /** connections that were tried */
  attempts(): number
  /** nothing is closed, nothing arrives; what was on it stays lost */
  die(): void
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
  const server = createServer((near) => {
    attempts++
    const far = connect(port(), '127.0.0.1')
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(from)
      from.on('error', () => undefined)
      from.on('data', (data) => dead || to.write(data))
      // a dead wire does not carry an end either
      from.on('close', () => {
        ends.delete(from)
        if (!dead) to.destroy()
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
    heal: () => (dead = false),
    cut,
    close: () => {
      cut()
      server.close()
    },
  }
}
