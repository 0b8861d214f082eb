/** What a page without a network opens with: the rows of the scopes that were watched last, and the programme, by member. */
import type { Programme } from '../../shared/domain/programme.ts'
import type { WireRow } from '../../shared/view/wire.ts'
import { type Connection, startingWith } from './database.ts'
import type { Owner } from './drafts.ts'

/** The rows of a scope as they were held. */
export interface Shelved {
  rows: readonly WireRow[]
  seq: number
  /** ms since they were proven */
  age: number
}

export interface Shelf {
  /** whose rows they are from now on; null = nobody's: nothing is kept and nothing found */
  open(owner: Owner | null): void
  /** null when there are none, or none that can be read */
  load(scope: string): Promise<Shelved | null>
  /** what finds no room is left out */
  save(scope: string, shelved: Shelved): Promise<void>
  programme(hash: string): Promise<Programme | null>
  saveProgramme(hash: string, programme: Programme): Promise<void>
  /** takes away everything of that member */
  clear(owner: Owner): Promise<void>
}

interface Kept {
  rows: readonly WireRow[]
  seq: number
  /** ms since epoch */
  at: number
}
/** when each scope was kept, ms since epoch */
type Index = Record<string, number>

/** Scopes that are kept of a member, and rows that one may have. */
const SCOPES = 60
const ROWS = 5_000

const rowsOf = ({ programme, member }: Owner): string => `rows/${programme}/${member}/`
const indexOf = ({ programme, member }: Owner): string => `index/${programme}/${member}/`

/** `now`: ms since epoch. */
export function openShelf({ connect }: Connection, now: () => number): Shelf {
  let owner: Owner | null = null
  /** one after another, so that none loses what another has just noted */
  let last: Promise<void> = Promise.resolve()
  const inTurn = (run: () => Promise<void>): Promise<void> => (last = last.then(run).catch(() => undefined))

  async function find<T>(key: string): Promise<T | null> {
    try {
      return ((await (await connect()).get('shelf', key)) as T | undefined) ?? null
    } catch {
      return null
    }
  }

  return {
    open: (next) => (owner = next),

    async load(scope) {
      const whose = owner
      const kept = whose === null ? null : await find<Kept>(rowsOf(whose) + scope)
      if (kept === null || whose !== owner) return null
      return { rows: kept.rows, seq: kept.seq, age: Math.max(0, now() - kept.at) }
    },

    save(scope, { rows, seq, age }) {
      const whose = owner
      if (whose === null || rows.length > ROWS) return Promise.resolve()
      return inTurn(async () => {
        const { store, done } = (await connect()).transaction('shelf', 'readwrite')
        const index = ((await store.get(indexOf(whose))) as Index | undefined) ?? {}
        index[scope] = now()
        const latestFirst = Object.entries(index).sort(([, a], [, b]) => b - a)
        const gone = latestFirst.slice(SCOPES).map(([name]) => name)
        const left = Object.fromEntries(latestFirst.slice(0, SCOPES))
        const kept: Kept = { rows, seq, at: now() - age }
        await Promise.all([
          ...gone.map((name) => store.delete(rowsOf(whose) + name)),
          store.put(kept, rowsOf(whose) + scope),
          store.put(left, indexOf(whose)),
          done,
        ])
      })
    },

    programme: (hash) => find<Programme>(`programme/${hash}`),

    saveProgramme: (hash, programme) =>
      inTurn(async () => {
        const { store, done } = (await connect()).transaction('shelf', 'readwrite')
        await Promise.all([store.delete(startingWith('programme/')), store.put(programme, `programme/${hash}`), done])
      }),

    clear: (whose) =>
      inTurn(async () => {
        const { store, done } = (await connect()).transaction('shelf', 'readwrite')
        await Promise.all([store.delete(startingWith(rowsOf(whose))), store.delete(indexOf(whose)), done])
      }),
  }
}
