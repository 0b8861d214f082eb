/** Who sees a member's telephone number and who sets it: the member, and who may decide who has their role (N26). */
import { ok, refuse, type Result } from '../../shared/errors.ts'
import type { Actor } from '../../shared/policy.ts'
import type { Core } from '../core/core.ts'
import type { Auth } from './auth.ts'
import { coveredMember } from './covered.ts'
import type { Phone } from './phones.ts'

type Log = Pick<Core, 'actor' | 'setting'>

/** Numbers of the members about whom who asks decides. */
export async function phonesFor(auth: Auth, core: Log, by: Actor): Promise<Phone[]> {
  return (await auth.phones.all()).filter(({ member }) => coveredMember(core, by, member, 'KeepPhones').ok)
}

/** Sets a member's number, null erases it; refuses with `member.unknown`, `may.outsideUnit` or `may.beyondOwn`. */
export async function setPhone(
  auth: Auth,
  core: Log,
  by: Actor,
  { member, phone }: { member: string; phone: string | null },
): Promise<Result<{ ok: true }>> {
  const of = coveredMember(core, by, member, 'KeepPhones')
  if (!of.ok) return of
  if (of.value.machine !== undefined) return refuse({ code: 'member.unknown', at: 'member' })
  return write(auth, member, phone)
}

/** The same of one's own. */
export const setOwnPhone = (auth: Auth, by: Actor, phone: string | null): Promise<Result<{ ok: true }>> =>
  write(auth, by.id, phone)

async function write(auth: Auth, member: string, phone: string | null): Promise<Result<{ ok: true }>> {
  if (!auth.mayWrite()) return refuse({ code: 'store.readOnly' })
  await auth.phones.set(member, phone)
  return ok({ ok: true })
}

/** Erases the numbers of those who are members no more; nothing while nothing can be written. */
export async function forgetPhones(auth: Auth, core: Log): Promise<void> {
  if (core.setting() === null || !auth.mayWrite()) return
  await auth.phones.keep((member) => core.actor(member) !== undefined)
}
