/** The answer to whatever a stopping server does not take any more, or does not get to (H2). */
import type { Refusal } from '../../shared/errors.ts'

/** with the seconds after which to ask again: whoever stops a server starts it again, as a rule within seconds */
export const CLOSING: Refusal = { code: 'server.closing', params: { seconds: 5 } }
