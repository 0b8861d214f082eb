/** The device's own database: short texts that are all held at hand, and rows that are fetched when they are wanted. */
import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

export interface Schema extends DBSchema {
  /** drafts, waiting commands, who was signed in */
  texts: { key: string; value: string }
  /** rows of scopes and programmes, as they were last proven */
  shelf: { key: string; value: unknown }
}
export type Database = IDBPDatabase<Schema>

const NAME = 'rollout'
const VERSION = 1

export interface Connection {
  /** Rejects where the browser lets pages keep nothing. A connection that was lost is made anew. */
  connect(): Promise<Database>
}

export function openDatabase(): Connection {
  let database: Promise<Database> | null = null
  const forget = () => (database = null)
  const make = async (): Promise<Database> => {
    const made = await openDB<Schema>(NAME, VERSION, {
      upgrade(fresh) {
        fresh.createObjectStore('texts')
        fresh.createObjectStore('shelf')
      },
      terminated: forget,
      // a newer page of ours, or the person, wants it changed or gone
      blocking(_current, _blocked, event) {
        forget()
        ;(event.target as IDBDatabase).close()
      },
    })
    return made
  }
  return {
    connect() {
      if (database === null) {
        const mine = make()
        database = mine
        mine.catch(() => database === mine && forget())
      }
      return database
    },
  }
}

/** All keys that begin with the prefix. */
export const startingWith = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, `${prefix}\uffff`)

/** The page's one connection. */
export const database: Connection = openDatabase()
