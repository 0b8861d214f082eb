/** Refusals of the commands on machines, and of handing work over. */
import { districtA, districtB, office } from '../support/people.ts'
import type { Actor } from '../../shared/policy.ts'
import { event, ready } from './given.ts'
import { c, type Case } from './refused.ts'

const MACHINE = event('MachineAdded', { member: 'machine.00000002', name: 'Counter', unit: 'A', rights: ['report'] })
export const ADDING = { member: 'machine.00000001', name: 'Town hall', unit: 'A', rights: ['report'] }
export const ENDING = { member: 'machine.00000002', reason: 'replaced' }

export const MACHINE_CASES: Case[] = [
  c(
    'M11',
    'AddMachine',
    districtA,
    ready(MACHINE),
    { ...ADDING, member: 'machine.00000002' },
    {
      code: 'member.exists',
      at: 'member',
    },
  ),
  c(
    'M4',
    'AddMachine',
    districtA,
    ready(MACHINE),
    { ...ADDING, name: 'COUNTER' },
    {
      code: 'member.nameTaken',
      at: 'name',
    },
  ),
  c(
    'M11',
    'AddMachine',
    districtA,
    ready(),
    { ...ADDING, unit: 'Z' },
    {
      code: 'unit.unknown',
      params: { unit: 'Z' },
      at: 'unit',
    },
  ),
  c(
    'M11',
    'AddMachine',
    districtA,
    ready(),
    { ...ADDING, unit: 'B' },
    {
      code: 'may.outsideUnit',
      params: { unit: 'B' },
      at: 'unit',
    },
  ),
  c('M11', 'EndMachine', districtA, ready(), ENDING, { code: 'member.unknown', at: 'member' }),
  c('M11', 'EndMachine', districtB, ready(MACHINE), ENDING, {
    code: 'may.outsideUnit',
    params: { unit: 'A' },
  }),
  c(
    'M11',
    'EndMachine',
    districtA,
    ready(MACHINE, event('MemberEnded', { member: 'machine.00000002', reason: 'x' })),
    ENDING,
    { code: 'member.ended', at: 'member' },
  ),

  c(
    'M10',
    'AssignTasks',
    office,
    ready(MACHINE),
    { member: 'machine.00000002', tasks: ['review'], reason: 'x' },
    { code: 'member.unknown', at: 'member' },
  ),
  ...handing('nobody', 'otherA', { code: 'member.unknown', at: 'from' }),
  ...handing('districtA', 'nobody', { code: 'member.unknown', at: 'to' }),
  ...handing('districtA', 'machine.00000002', { code: 'member.unknown', at: 'to' }),
  ...handing('districtA', 'districtA', { code: 'member.self', at: 'to' }),
  ...handing('districtA', 'districtB', { code: 'member.elsewhere', params: { role: 'district', unit: 'A' }, at: 'to' }),
  ...handing('districtA', 'office', { code: 'member.elsewhere', params: { role: 'district', unit: 'A' }, at: 'to' }),
  ...handing('otherA', 'districtA', { code: 'member.ended', at: 'from' }, ['otherA']),
  ...handing('districtA', 'otherA', { code: 'member.ended', at: 'to' }, ['otherA']),
  ...handing('districtA', 'districtB', { code: 'may.outsideUnit', params: { unit: 'B' } }, [], {
    ...office,
    unit: 'A',
  }),
  ...handing('jurist', 'jurist', { code: 'may.beyondOwn', params: { role: 'legal', unit: 'A' } }, [], {
    ...office,
    unit: 'A',
  }),
]

/** `gone` have ended before. */
function handing(from: string, to: string, then: Case['then'], gone: string[] = [], by: Actor = office): Case[] {
  const jurist = event('MemberAdded', { member: 'jurist', name: 'Jurist', role: 'legal', unit: 'A', tasks: [] })
  const ends = gone.map((member) => event('MemberEnded', { member, reason: 'x' }))
  return [c('M12', 'HandOver', by, ready(MACHINE, jurist, ...ends), { from, to, reason: 'moved' }, then)]
}
