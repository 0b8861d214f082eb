/** Secrets that are handed out once. Only their hashes are stored, so a stolen file lets nobody sign in. */
import { hash, randomBytes } from 'node:crypto'

/** 256 random bits, fit for a cookie or a link. */
export const newToken = (): string => randomBytes(32).toString('base64url')

/** SHA-256, hex. A token is fully random, so a slow hash would add nothing. */
export const tokenHash = (token: string): string => hash('sha256', token)

/** The address of a page with the token that it needs: behind the `#`, which no server, proxy or `Referer` sees (N12). */
export const linkTo = (origin: string, page: 'join' | 'reset', token: string): string => `${origin}/${page}#${token}`
