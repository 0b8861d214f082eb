/** Logs as servers have them, one after another, each in a folder of its own. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, beforeEach, expect } from 'vitest'
import { openServing, type Serving, type ServingOptions } from '../../server/store/serving.ts'
import { entry } from './contract.ts'

export interface Place {
  folder: string
  path: string
  state: string
  /** what holds, by cause */
  causes: Map<string, string>
}

/** Made anew before each test; what is open is closed after it. */
export function servedLogs() {
  const place: Place = { folder: '', path: '', state: '', causes: new Map() }
  let open: Serving[] = []

  beforeEach(() => {
    const folder = mkdtempSync(join(tmpdir(), 'rollout-serving-'))
    Object.assign(place, { folder, path: join(folder, 'data', 'log.db'), state: join(folder, 'state') })
    place.causes = new Map()
    open = []
  })
  afterEach(async () => {
    for (const serving of open) await serving.close()
    rmSync(place.folder, { recursive: true, force: true })
  })

  async function serve(options: Partial<ServingOptions> = {}): Promise<Serving> {
    const { path, state, causes } = place
    const serving = await openServing({
      path,
      state,
      acceptOlder: null,
      now: () => new Date('2008-01-02T09:00:00Z'),
      report: (cause, fault) => (fault === null ? causes.delete(cause) : causes.set(cause, fault)),
      say: (line, about) => expect.fail(`${line} ${JSON.stringify(about)}`),
      everyMs: 10,
      ...options,
    })
    open.push(serving)
    return serving
  }

  /** the last one that was opened, unless told */
  async function stop(serving = open.at(-1)!): Promise<void> {
    open.splice(open.indexOf(serving), 1)
    await serving.close()
  }

  return {
    place,
    serve,
    stop,
    stopAll: async () => {
      for (const serving of [...open]) await stop(serving)
    },
    /** why there is no start; null where there is one */
    faultOf: (options: Partial<ServingOptions> = {}): Promise<unknown> =>
      serve(options).then(
        () => null,
        (error: unknown) => error,
      ),
    /** Writes `events` and stops. */
    async written(events: number): Promise<void> {
      const serving = await serve()
      await serving.store.append(0, [entry('command-1', 1, events)])
      await stop(serving)
    },
    tamper(sql: string): void {
      const db = new DatabaseSync(place.path)
      db.exec(sql)
      db.close()
    },
    /** Changes the text where it stands last in the file, as a bit would that flips on the disk. */
    flipText(from: string, to: string, path = place.path): void {
      const bytes = readFileSync(path)
      bytes.write(to, bytes.lastIndexOf(from))
      writeFileSync(path, bytes)
    },
  }
}
