/** Passwords: argon2id, kept as a PHC string that carries its own parameters. */
import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'

/** Shortest password taken, in characters. */
export const PASSWORD_MIN = 10

interface Cost {
  /** KiB */
  memory: number
  passes: number
  parallelism: number
}

// the first choice of the OWASP password storage cheat sheet
const COST: Cost = { memory: 19_456, passes: 2, parallelism: 1 }
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const tag = await derive(password, salt, COST, 32)
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${plain(salt)}$${plain(tag)}`
}

/** Does the password belong to this PHC string? Throws on a string that `hashPassword` did not make. */
export async function verifyPassword(password: string, phc: string): Promise<boolean> {
  const parts = PHC.exec(phc)
  if (parts === null) throw new Error('a stored password hash cannot be read')
  const [, memory, passes, parallelism, salt, tag] = parts
  const expected = Buffer.from(tag!, 'base64')
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
  return timingSafeEqual(await derive(password, Buffer.from(salt!, 'base64'), cost, expected.length), expected)
}

/** Characters as a person counts them, after the form in which they are hashed. */
export const passwordLength = (password: string): number => [...password.normalize('NFKC')].length

function derive(password: string, nonce: Buffer, cost: Cost, tagLength: number): Promise<Buffer> {
  const message = password.normalize('NFKC')
  return new Promise((resolve, reject) => {
    argon2('argon2id', { message, nonce, tagLength, ...cost }, (error, tag) => (error ? reject(error) : resolve(tag)))
  })
}

const plain = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')
