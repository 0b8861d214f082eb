/** What was found in a log, in the operator's words. */
import type { Finding, Verdict } from '../../shared/protocol/operation.ts'

/** A sentence for the first finding, and how many more there are; null = the log is whole. */
export function faultIn({ findings }: Verdict): string | null {
  const [first, ...more] = findings
  if (first === undefined) return null
  return [sentence(first), ...more.map(sentence)].join(' ')
}

function sentence({ code, seq, type, params }: Finding): string {
  const event = seq === null ? '' : type === null ? `event ${seq}` : `event ${seq} (${type})`
  switch (code) {
    case 'seq':
      return `Where event ${params.expected} should be there is ${event}: events are missing, or were moved.`
    case 'chain':
      return `The first bad event is ${event}: it does not follow from the one before it, so it was changed, moved or put in.`
    case 'unknown':
      return `The first bad event is ${event}: its type in version ${params.v} is not understood here.`
    case 'subject':
      return `The first bad event is ${event}: it is filed under something that it is not about.`
    case 'reference':
      return `The first bad event is ${event}: it names the ${params.what} "${params.id}", which is not there.`
    case 'fold':
      return `The first bad event is ${event}: it makes no sense after those before it (${params.why}).`
    case 'answer':
      return `What is kept of the command "${params.command}" is missing or was changed${event === '' ? '' : ` (its last event is ${event})`}.`
    case 'state':
      return `The saved state of ${event} is not what a fresh fold gives.`
    case 'tables':
      return `Its tables are not those of this version: ${params.why}.`
    case 'pages':
      return `The database finds its own pages damaged: ${params.why}.`
    case 'rows':
      return `A row is not what was written, in: ${params.tables}.`
    case 'head':
      return `It is not the log that the server had: ${params.why}.`
  }
}
