/** Every refusal of the commands about silence. */
import { TASKS } from '../../shared/domain/roles.ts'
import { office } from '../support/people.ts'
import { event, ready, SYSTEM } from './given.ts'
import { c, type Case, DAY, PAST } from './refused.ts'

const SILENT = { unit: 'A1', day: PAST }
const NOT_YET = (at: string, day: string) => ({ code: 'day.notForward', params: { day, today: DAY }, at }) as const
const officeOfA = { ...office, id: 'officeOfA', unit: 'A' }
const staffed = [
  ...ready(),
  event('MemberAdded', { member: 'officeOfA', name: 'Office of A', role: 'office', unit: 'A', tasks: TASKS }),
]

export const SILENCE_CASES: Case[] = [
  c('E4', 'Escalate', SYSTEM, ready(), { official: DAY }, NOT_YET('official', DAY)),
  c(
    'E4',
    'Escalate',
    SYSTEM,
    [...ready(), event('StagesReached', { district: PAST })],
    { district: PAST },
    {
      ...NOT_YET('district', PAST),
    },
  ),
  c(
    'E10',
    'RemindOfficials',
    office,
    ready(),
    { cells: [{ unit: 'A1', day: DAY }], text: 'x' },
    {
      ...{ code: 'reminder.notOwed', params: { unit: 'A1', day: DAY }, at: 'cells.0' },
    },
  ),
  c(
    'E10',
    'RemindOfficials',
    office,
    ready(),
    { cells: [{ unit: 'Z9', day: PAST }], text: 'x' },
    {
      ...{ code: 'unit.unknown', params: { unit: 'Z9' }, at: 'cells.0' },
    },
  ),
  c(
    'E10',
    'RemindOfficials',
    officeOfA,
    staffed,
    { cells: [{ unit: 'B1', day: PAST }], text: 'x' },
    {
      ...{ code: 'may.outsideUnit', params: { unit: 'B1' }, at: 'cells.0' },
    },
  ),
  c(
    'E10',
    'RemindOfficials',
    office,
    ready(),
    { cells: [SILENT, SILENT], text: 'x' },
    {
      ...{ code: 'input.duplicate', params: { name: `A1/${PAST}` }, at: 'cells.1' },
    },
  ),
  c(
    'E5',
    'RemindOfficials',
    office,
    [...ready(), event('MemberEnded', { member: 'districtB', reason: 'x' })],
    {
      ...{ cells: [{ unit: 'B1', day: PAST }], text: 'x' },
    },
    { code: 'reminder.nobody', params: { unit: 'B1' }, at: 'cells.0' },
  ),
  c(
    'E11',
    'NoteCall',
    office,
    ready(),
    { ...SILENT, member: 'nobody', text: 'x' },
    { code: 'member.unknown', at: 'member' },
  ),
  c(
    'E11',
    'NoteCall',
    office,
    [...ready(), event('MemberEnded', { member: 'otherA', reason: 'x' })],
    {
      ...{ ...SILENT, member: 'otherA', text: 'x' },
    },
    { code: 'member.ended', at: 'member' },
  ),
  c(
    'E11',
    'NoteCall',
    office,
    ready(event('MachineAdded', { member: 'machine.00000002', name: 'Counter', unit: 'A', rights: ['report'] })),
    { ...SILENT, member: 'machine.00000002', text: 'x' },
    { code: 'member.unknown', at: 'member' },
  ),
  c(
    'E11',
    'NoteCall',
    office,
    ready(),
    { unit: 'A1', day: DAY, member: 'otherA', text: 'x' },
    {
      ...{ code: 'reminder.notOwed', params: { unit: 'A1', day: DAY } },
    },
  ),
  c(
    'E12',
    'PostponeReminder',
    office,
    ready(),
    { cells: [SILENT], until: PAST, reason: 'x' },
    {
      ...{ code: 'reminder.past', params: { day: PAST, today: DAY }, at: 'until' },
    },
  ),
]
