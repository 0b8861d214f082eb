/** Packed messages are unpacked in the background; what comes after them waits, so that the order stays. */

/** JSON out of raw deflate (RFC 1951). Rejects when the bytes are damaged. */
export async function inflate(packed: BufferSource): Promise<unknown> {
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw'))
  return new Response(stream).json()
}

export interface InOrder {
  /** runs at once when nothing is being unpacked, else after it */
  now(deliver: () => void): void
  /** Delivers what comes out of the work when everything before has been; what fails is left out. */
  later<T>(work: Promise<T>, deliver: (result: T) => void): void
}

export function inOrder(): InOrder {
  let waiting = 0
  let last: Promise<void> = Promise.resolve()
  const queue = (step: () => Promise<void>) => {
    waiting++
    last = last.then(step).finally(() => waiting--)
  }
  return {
    now(deliver) {
      if (waiting === 0) deliver()
      else queue(async () => deliver())
    },
    later(work, deliver) {
      const done = work.then(
        (result) => () => deliver(result),
        () => () => undefined,
      )
      queue(async () => (await done)())
    },
  }
}
