/**
 * Addresses of months of days. They name all that the days are made of, so that what was answered under one is the same
 * for ever, also in the cache of a browser that has seen another log or another version of the rules.
 */
import type { Recorded } from '../../shared/event.ts'

/** To be raised with every change of how days are made from the log or laid out on the wire. */
export const DAYS_VERSION = 3

/** Hex digits of the event's hash: the hash itself holds everything that came before. */
const DIGITS = 8

/** `VERSION-SEQ-HASH` of the event that last changed any of the month's days. */
export const addressAt = ({ seq, hash }: Pick<Recorded, 'seq' | 'hash'>): string =>
  `${DAYS_VERSION}-${seq}-${hash.slice(0, DIGITS)}`

/** The seq that an address names. */
export const seqIn = (address: string): number => Number(address.split('-')[1])
