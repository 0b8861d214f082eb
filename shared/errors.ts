/** A reason why an input was refused, as a value; the reader's side puts it into words. */
export interface Refusal {
  /** dotted code, e.g. `report.notInteger`; the list of codes is `REFUSAL_CODES` */
  code: RefusalCode
  /** facts for the sentence, never sentences */
  params?: Record<string, string | number>
  /** place in the input as a dotted path, e.g. `items.3.values.issued`; absent = the input as a whole */
  at?: string
  /** a warning stops the command only until the sender confirms it (`confirmed` of the item); absent = refused */
  level?: 'refused' | 'warning'
}

/** A value, or every reason why there is none. */
export type Result<T> = { ok: true; value: T } | { ok: false; refusals: Refusal[] }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })
export const refuse = (...refusals: Refusal[]): { ok: false; refusals: Refusal[] } => ({ ok: false, refusals })

/** Every code of a refusal; a test checks that each has words in every language. */
export const REFUSAL_CODES = [
  'input.required',
  'input.type',
  'input.invalid',
  'input.tooLong',
  'input.tooMany',
  'input.unknownField',
  'input.duplicate',
  'input.hidden',
  'input.lineBreak',
  'input.loginSigns',
  'input.notJson',
  'input.packed',
  'input.tooLarge',
  'input.tooDeep',
  'command.unknown',
  'command.idReserved',
  'command.idReused',
  'command.busy',
  'store.readOnly',
  'may.not',
  'may.signIn',
  'may.outsideUnit',
  'may.beyondOwn',
  'scope.unknown',
  'asOf.beforeOpening',
  'asOf.future',
  'route.unknown',
  'route.method',
  'host.unknown',
  'origin.foreign',
  'auth.wrong',
  'auth.tooMany',
  'auth.loginTaken',
  'auth.loginAlike',
  'auth.passwordShort',
  'auth.passwordCommon',
  'auth.passwordOwnName',
  'auth.linkUsed',
  'auth.noAccount',
  'day.invalid',
  'day.notForward',
  'day.notDoubted',
  'day.notBegun',
  'programme.open',
  'programme.notOpen',
  'programme.notStarted',
  'programme.over',
  'unit.unknown',
  'unit.notReporting',
  'unit.notStarted',
  'unit.ended',
  'counter.unknown',
  'report.notInteger',
  'report.negative',
  'report.tooLarge',
  'report.empty',
  'report.future',
  'report.locked',
  'report.reasonRequired',
  'report.typeRequired',
  'report.typeWrong',
  'report.disputed',
  'report.stale',
  'report.basisUnknown',
  'report.notDisputed',
  'report.unusual',
  'report.exceeds',
  'report.coverageOver',
  'review.notWaiting',
  'review.own',
  'review.changed',
  'review.move',
  'offer.unknown',
  'offer.closed',
  'offer.changed',
  'period.notLocked',
  'issue.unknown',
  'issue.closed',
  'issue.notClosed',
  'issue.daysReversed',
  'article.unknown',
  'category.unknown',
  'member.unknown',
  'member.exists',
  'member.nameTaken',
  'member.ended',
  'member.self',
  'server.failed',
  'server.closing',
  'network.lost',
  'network.unreachable',
] as const
export type RefusalCode = (typeof REFUSAL_CODES)[number]
