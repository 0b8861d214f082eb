/** Scopes `history:…`: what happened to a report, a member, the locking of days or the clock, from stored events and on. */
import { roleOfMachine } from '../../../shared/domain/machineId.ts'
import type { World } from '../../../shared/domain/world.ts'
import { type EventData, type EventType, type Recorded, subjectOf } from '../../../shared/event.ts'
import type { VersionRow } from '../../../shared/view/rows.ts'
import { rowKey } from '../../../shared/view/wire.ts'
import { standAlone } from '../alone.ts'
import { figureChanges, restatedBy } from '../changes.ts'
import { subjectsOf } from '../elsewhere.ts'
import type { Change, ChangedCell, State } from '../state.ts'
import { clockRow, touchesClock } from './clock.ts'
import { person, type View } from './view.ts'

type More = Omit<VersionRow, 'kind' | 'key' | 'seq' | 'at' | 'by' | 'type' | 'changes' | 'restated'>

const reasoned = ({ reason }: { reason: string }): More => ({ reason })
const stoodBy = ({
  confirmed,
  confirmedWhy: why,
}: {
  confirmed?: VersionRow['confirmed']
  confirmedWhy?: string
}): More => (confirmed === undefined ? {} : { confirmed, ...(why === undefined ? {} : { why }) })

/** What of each type of event its version shows beside the figures; null = it has no history. */
const MORE: { [T in EventType]: ((data: EventData[T]) => More) | null } = {
  ProgrammeOpened: null,
  BaselineAdded: null,
  DayBegan: ({ day, reason }) => ({ day, ...(reason === undefined ? {} : { reason }) }),
  DeadlinePassed: null,
  DayDoubted: ({ day }) => ({ day }),
  DoubtEnded: ({ day }) => ({ day }),
  ProgrammeEnded: ({ day, reason }) => ({ day, ...(reason === undefined ? {} : { reason }) }),
  DayTakenBack: ({ day, to, reason, through }) => ({ day, to, reason, ...(through === undefined ? {} : { through }) }),
  MemberAdded: ({ name, role, unit, tasks }) => ({ member: { name, role, unit }, tasks }),
  TasksAssigned: ({ tasks, reason }) => ({ tasks, reason }),
  WorkTakenOver: ({ from, tasks, reason }) => ({ colleague: from, tasks, reason }),
  WorkHandedOver: ({ to, reason }) => ({ colleague: to, reason }),
  MachineAdded: ({ name, unit, rights }) => ({ member: { name, role: roleOfMachine(rights), unit } }),
  MemberEnded: reasoned,
  PeriodLocked: ({ through, carried }) => ({ through, ...(carried === undefined ? {} : { carried: carried.length }) }),
  PeriodReopened: ({ through, reason }) => ({ through, reason }),
  ReportSubmitted: stoodBy,
  ReportRestated: (data) => ({ ...reasoned(data), ...stoodBy(data) }),
  ReportDisputed: (data) => ({ ...(data.reason === undefined ? {} : { reason: data.reason }), ...stoodBy(data) }),
  DisputeSettled: (data) => ({ ...reasoned(data), ...stoodBy(data) }),
  ReportWithdrawn: reasoned,
  ReportReattributed: (data) => {
    const { side, other, moved } = data
    return { ...reasoned(data), ...stoodBy(data), side, other, moved }
  },
  ReattributionOffered: ({ reason, to, values }) => ({ reason, side: 'from', other: to, moved: values }),
  ReattributionDeclined: ({ reason, to }) => ({ reason, side: 'from', other: to }),
  ReportApproved: ({ level }) => ({ level }),
  ReportReturned: reasoned,
  QuestionsAnswered: ({ text, codes }) => ({ reason: text, answered: codes }),
  TotalsReported: ({ totals, reason }) => ({ totals, ...(reason === undefined ? {} : { reason }) }),
  FiguresAskedAbout: ({ versions, text }) => ({ about: Object.keys(versions), reason: text }),
  InquiryAnswered: ({ counters, text }) => ({ about: counters, reason: text }),
  IssueLogged: null,
  IssueReplied: null,
  IssueClosed: null,
  IssueReopened: null,
  StagesReached: null,
  OfficialReminded: ({ stage, cells, more = 0, text }) => ({
    reminder: { stage, cells, more },
    ...(text === undefined ? {} : { reason: text }),
  }),
  SupervisionOpened: ({ item }) => ({ item }),
  CallNoted: ({ text }) => ({ reason: text }),
  ReminderPostponed: ({ until, reason }) => ({ day: until, reason }),
  ReminderSeen: null,
}

/** What an offer and its end show in the history of the report that would take. */
function asTaker({ data }: Recorded): More {
  return 'unit' in data && 'day' in data ? { side: 'to', other: { unit: data.unit, day: data.day } } : {}
}

/** What an event shows in the history of its own subject alone: who watches that of locking may not see every unit's reports. */
function onlyHere(world: World, { type, seq }: Recorded): More {
  if (type !== 'DayTakenBack') return {}
  const { reports } = world.notBegun.get(seq)!
  return { notBegun: reports.map(({ by, ...report }) => ({ ...report, by: person(world, by) })) }
}

/** `cell` is the report before and after, where it is the subject's. */
function versionOf(world: World, subject: string, event: Recorded, cell: ChangedCell | null): VersionRow | null {
  // an event's type and its entry in the table belong together
  const more = MORE[event.type] as ((data: Recorded['data']) => More) | null
  if (more === null) return null
  const changes = cell === null ? [] : figureChanges(cell.before, cell.after)
  const restated = cell === null ? undefined : restatedBy(event.seq, cell.after, changes)
  return {
    kind: 'version',
    key: rowKey.version(event.seq),
    seq: event.seq,
    at: Date.parse(event.at),
    by: person(world, event.actor),
    type: event.type,
    changes,
    ...(restated === undefined ? {} : { restated }),
    ...more(event.data),
    ...(subjectOf(event) === subject ? onlyHere(world, event) : asTaker(event)),
  }
}

/** `events` are those about the subject, in order, up to the seq of the state; later ones come by `touch`. */
export function historyView({ world, elsewhere }: State, subject: string, events: readonly Recorded[]): View {
  const versions = new Map<string, VersionRow>()
  function add(event: Recorded, cell: ChangedCell | null): void {
    const version = versionOf(world, subject, event, cell)
    if (version !== null) versions.set(version.key, version)
  }
  for (const { event, cell } of standAlone(world).fold(events)) add(event, cell)
  for (const event of elsewhere.get(subject) ?? []) add(event, null)
  const clock = subject === 'clock' && world.setting !== null ? rowKey.clock() : null
  return {
    keys: () => (clock === null ? versions.keys() : [clock, ...versions.keys()]),
    row: (key) => (key === clock ? clockRow(world) : (versions.get(key) ?? null)),
    touch(change: Change, mark) {
      const { event, cell } = change
      if (clock !== null && touchesClock(change)) mark(clock)
      if (!subjectsOf(event).includes(subject)) return
      add(event, subjectOf(event) === subject ? cell : null)
      mark(rowKey.version(event.seq))
    },
  }
}
