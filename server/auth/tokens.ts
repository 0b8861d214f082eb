/** Secrets that are handed out once. Only their hashes are kept, so a stolen file signs nobody in. */
import { hash, randomBytes } from 'node:crypto'

/** 256 random bits, fit for a cookie or a link. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256, hex. A token is random throughout, so a slow hash would add nothing. */
export const tokenHash = (token: string): string => hash('sha256', token)
