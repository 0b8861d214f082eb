/** Password hashing: argon2id, stored as a PHC string with its parameters. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** Minimum length of a password, in characters. */
export const PASSWORD_MIN = 10

interface Cost {
  /** KiB */
  memory: number
  passes: number
  parallelism: number
}

// recommended by the OWASP Password Storage Cheat Sheet
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 }
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** A PHC string with a random salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt, COST, 32)
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${plain(salt)}$${plain(tag)}`
}

/** True when the password matches the PHC string. Throws on a string that is not argon2id's. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const parts = PHC.exec(phc)
  if (parts === null) throw new Error('a stored password hash cannot be read')
  const [, memory, passes, parallelism, salt, tag] = parts
  const expected = Buffer.from(tag!, 'base64')
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return timingSafeEqual(await derive(password, Buffer.from(salt!, 'base64'), cost, expected.length), expected)
}

/** Length in code points of the normalised form that is hashed. */
export const passwordLength = (password: string): number => [...password.normalize('NFKC')].length

function derive(password: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
  const message = password.normalize('NFKC')
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, tagLength, ...cost }, (error, tag) => (error ? reject(error) : resolve(tag)))
  })
}

const plain = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
