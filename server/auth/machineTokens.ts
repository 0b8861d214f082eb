/**
 * Tokens of machines: one of each, shown once, kept as its hash. Whether the machine is still one is in the log. Uses
 * cost no commit: they are written once a minute, together (N15).
 */
import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './db.ts'
import { newToken, tokenHash } from './tokens.ts'

/** How a token begins, so that it is known for what it is wherever it turns up. */
export const TOKEN = 'rollout_'

export interface MachineToken {
  /** member id of the machine */
  member: string
  /** member who had it made */
  by: string
  /** ms of the epoch; null = for as long as the machine is one, or never used */
  created: number
  expires: number | null
  used: number | null
  /** of the machine that used it last */
  address: string | null
}

export interface MachineTokens {
  /** resolves with the token; one that the machine had before becomes void */
  create(token: Pick<MachineToken, 'member' | 'by' | 'expires'>): Promise<string>
  /** undefined when unknown or expired; a use of it, from `address` */
  byToken(token: string, address: string): Promise<MachineToken | undefined>
  all(): Promise<MachineToken[]>
  /** writes the last uses; none is written by itself from now on */
  close(): void
}

export interface MachineTokenOptions {
  now: () => Date
  mayWrite: () => boolean
  /** told when uses cannot be written, which keeps no machine out */
  failed: (error: unknown) => void
}

const WRITE_MS = 60_000
const COLUMNS = 'member, by_member AS by, created, expires, used, address'

export function openMachineTokens(db: DatabaseSync, { now, mayWrite, failed }: MachineTokenOptions): MachineTokens {
  const put = db.prepare('REPLACE INTO token (member, hash, by_member, created, expires) VALUES (?, ?, ?, ?, ?)')
  const select = db.prepare(`SELECT ${COLUMNS} FROM token WHERE hash = ? AND (expires IS NULL OR expires > ?)`)
  const selectAll = db.prepare(`SELECT ${COLUMNS} FROM token`)
  const use = db.prepare('UPDATE token SET used = ?, address = ? WHERE member = ?')
  /** what the file has not been told, by member */
  const uses = new Map<string, { used: number; address: string }>()
  const asUsed = (token: MachineToken): MachineToken => ({ ...token, ...uses.get(token.member) })

  function write(): void {
    if (uses.size === 0 || !mayWrite()) return
    try {
      inTransaction(db, () => {
        for (const [member, { used, address }] of uses) use.run(used, address, member)
      })
      uses.clear()
    } catch (error) {
      failed(error)
    }
  }
  const timer = setInterval(write, WRITE_MS).unref()

  return {
    create: async ({ member, by, expires }) => {
      const token = TOKEN + newToken()
      put.run(member, tokenHash(token), by, now().getTime(), expires)
      uses.delete(member)
      return token
    },
    byToken: async (token, address) => {
      const at = now().getTime()
      const found = select.get(tokenHash(token), at) as unknown as MachineToken | undefined
      if (found === undefined) return undefined
      uses.set(found.member, { used: at, address })
      return asUsed(found)
    },
    all: async () => (selectAll.all() as unknown as MachineToken[]).map(asUsed),
    close() {
      clearInterval(timer)
      write()
    },
  }
}
