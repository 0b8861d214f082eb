/** Refusals of the log in words, for whoever replays a source. */
import type { Refusal, RefusalCode } from '../../../shared/errors.ts'

type Params = Record<string, string | number>

/** What a source can be refused for once it has been read; a sentence without its place. */
const WORDS: Partial<Record<RefusalCode, (params: Params) => string>> = {
  'day.notForward': ({ day, today }) => `${day} has begun already (it is ${today}), and days only go forward.`,
  'programme.over': ({ ends }) => `the programme ended on ${ends}; nothing is reported any more.`,
  'unit.unknown': ({ unit }) => `there is no unit "${unit}" in units.csv.`,
  'unit.notReporting': ({ unit }) => `${unit} is a sum and does not report.`,
  'unit.notStarted': ({ unit, starts }) => `${unit} reports from ${starts} on.`,
  'unit.ended': ({ unit, ends }) => `${unit} reported until ${ends}.`,
  'counter.unknown': ({ key }) => `the programme has no counter "${key}".`,
  'report.future': ({ day, today }) => `${day} has not come yet (it is ${today}).`,
  'report.tooLarge': () => 'the figure is above 999,999,999.',
  'report.negative': () => 'the figure is below 0.',
  'report.notInteger': () => 'the figure is no whole number.',
  'report.typeWrong': ({ type }) => `the change cannot be of the type ${type}.`,
  'report.basisUnknown': () => 'somebody else has written to the report.',
  'may.outsideUnit': ({ unit }) => `the importer may not write for ${unit}.`,
  'may.not': () => 'the member may not do this; give it the role "office".',
  'may.signIn': () => 'the member has been ended.',
  'member.exists': () => 'there is a member with this id already.',
  'member.nameTaken': () => 'there is a member with this name already; give each a name of their own.',
  'review.own': () => 'nobody approves what they entered; the reviewer is to be somebody else than the importer.',
  'review.notWaiting': () => 'a person has approved, returned or changed the report meanwhile.',
  'review.changed': () => 'a person has changed the report meanwhile.',
  'store.readOnly': () => 'the log cannot be written; look at the disk.',
  'command.busy': () => 'the log is too busy.',
  'server.closing': () => 'the server is stopping.',
}

/** The sentence, without a place. */
export function wordsOf({ code, params = {} }: Refusal): string {
  const facts = Object.entries(params).map(([name, value]) => `${name} ${value}`)
  return WORDS[code]?.(params) ?? [`refused (${code})`, ...facts].join(', ') + '.'
}
