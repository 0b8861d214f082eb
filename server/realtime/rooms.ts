/** Rooms: who hears what. */

/** The sockets of a session, so that ending it reaches them. */
export const sessionRoom = (hash: string): string => `session:${hash}`
/** Those who watch a scope. */
export const scopeRoom = (scope: string): string => `scope:${scope}`
