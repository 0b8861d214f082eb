/** How a machine is known by its id, wherever only that stands, and what it may do. */
import type { Role } from './roles.ts'

/** Ids of machines begin with this, and nobody else's do. */
export const MACHINE = 'machine.'

export const isMachine = (member: string): boolean => member.startsWith(MACHINE)

/** What a machine may do for its unit and below: send reports; read what an official or viewer there may. */
export const MACHINE_RIGHTS = ['report', 'read'] as const
export type MachineRight = (typeof MACHINE_RIGHTS)[number]

/** The role by which its rights are found. */
export const roleOfMachine = (rights: readonly MachineRight[]): Role =>
  rights.includes('report') ? 'district' : 'viewer'
