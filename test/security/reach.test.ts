/** Whatever somebody makes of their rights: nobody whom they made, ended or got into goes further than they did (Y9). */
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { type CommandKind, COMMANDS } from '../../shared/command.ts'
import { type Role, ROLES } from '../../shared/domain/roles.ts'
import type { Units } from '../../shared/domain/units.ts'
import { type Actor, mayCommand, mayEnter, mayWatch, type Right, type Scope } from '../../shared/policy.ts'
import { openAuth } from '../../server/auth/auth.ts'
import { handOutInvitation } from '../../server/auth/joining.ts'
import { phonesFor, setPhone } from '../../server/auth/phoneBook.ts'
import { handOutReset } from '../../server/auth/resetting.ts'
import { openSqlite } from '../../server/store/sqlite.ts'
import { openCore, SYSTEM } from '../../server/core/core.ts'
import { newId } from '../support/core.ts'
import { countTarget, tinyProgramme } from '../support/programme.ts'

const DAY = '2008-01-10'
const RIGHTS: readonly Right[] = [
  ...(Object.keys(COMMANDS) as CommandKind[]),
  'ResetPassword',
  'KeepPhones',
  'SeeOperation',
]
const scopesAt = (unit: string): Scope[] => [
  ...(['programme', 'issues', 'people'] as const).map((kind) => ({ kind })),
  { kind: 'issue', issue: 1 },
  { kind: 'unit', unit },
  { kind: 'sheet', unit, day: DAY },
  { kind: 'calendar', unit },
  { kind: 'silence', unit },
  { kind: 'history', of: 'report', unit, day: DAY },
  { kind: 'history', of: 'member', member: 'm' },
  { kind: 'history', of: 'period' },
  { kind: 'history', of: 'clock' },
]

/** What one may and the other neither may nor staffs: asked unit by unit, of what is done and what is watched. */
function beyond(units: Units, one: Actor, other: Actor): string[] {
  return units.all.flatMap((unit) => {
    if (mayCommand(other, 'AddMember', units, unit)) return []
    const done = RIGHTS.filter((r) => mayCommand(one, r, units, unit) && !mayCommand(other, r, units, unit))
    const seen = scopesAt(unit).filter((s) => mayWatch(one, s, units, DAY) && !mayWatch(other, s, units, DAY))
    return [...done, ...seen.map((scope) => JSON.stringify(scope))].map((what) => `${what} at ${unit}`)
  })
}

const ACTS = ['add', 'invite', 'end', 'reset', 'machine', 'handOver', 'phone'] as const
type Act = { by: number; role: Role; unit: number; to: number; act: (typeof ACTS)[number] }
const member = fc.record({ role: fc.constantFrom(...ROLES), unit: fc.nat(15) })
const act: fc.Arbitrary<Act> = fc.record({
  by: fc.nat(15),
  role: fc.constantFrom(...ROLES),
  unit: fc.nat(15),
  to: fc.nat(15),
  act: fc.constantFrom(...ACTS),
})

/** `parents[i]` is above unit `i + 1`, by its place among those before. */
function programmeOf(parents: readonly number[]) {
  const { units, baselines } = tinyProgramme()
  return tinyProgramme({
    units: ['U0', ...parents.map((_, i) => `U${i + 1}`)].map((code, i) => ({
      ...{ ...units[1]!, code, level: 'street', parent: i === 0 ? null : `U${parents[i - 1]! % i}` },
    })),
    bases: [],
    baselines: [{ ...baselines[0]!, targets: [{ ...countTarget, unit: 'U0', shareBy: null }] }],
  })
}

test('Y9 by no sequence of what they may do does anybody, or whom they made or got into, go beyond them', async () => {
  let accepted = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.nat(15), { minLength: 2, maxLength: 7 }),
      fc.array(member, { minLength: 3, maxLength: 6 }),
      fc.array(act, { minLength: 4, maxLength: 16 }),
      async (parents, people, acts) => {
        const store = openSqlite(':memory:')
        const core = await openCore({ store, now: () => new Date(`${DAY}T02:00:00Z`), tickMs: 5 })
        const auth = openAuth(':memory:', () => new Date(`${DAY}T02:00:00Z`))
        const send = async (by: Actor, kind: CommandKind, data: unknown) =>
          (await core.dispatch({ id: newId(), kind, data }, by)).ok
        const program = { programme: programmeOf(parents), origin: 'real' }
        expect(await send(SYSTEM, 'OpenProgramme', program)).toBe(true)
        const { units } = core.setting()!
        const unitAt = (n: number) => units.all[n % units.all.length]!
        let added = 0
        const add = async (by: Actor, role: Role, unit: string) => {
          const id = `m${++added}`
          if (!(await send(by, 'AddMember', { member: id, name: id, role, unit }))) return null
          const link = await auth.invitations.create({ name: id, role, unit, by: null })
          const { id: invitation } = (await auth.invitations.byToken(link))!
          await auth.invitations.redeem(invitation, { member: id, login: id, password: 'none' })
          return core.actor(id)!
        }
        const there: Actor[] = []
        for (const { role, unit } of people) there.push((await add(SYSTEM, role, unitAt(unit)))!)
        const x = there[0]!
        /** those in whose name X can act */
        const hands = [x]
        for (const { by: n, role, unit: u, to: m, act: what } of acts) {
          const by = core.actor(hands[n % hands.length]!.id)
          // nobody acts in the name of who has left
          if (by === undefined) continue
          const to = there[m % there.length]!
          const unit = unitAt(u)
          if (what === 'add' || what === 'invite') {
            const invited = await handOutInvitation(auth, core, by, { name: null, role, unit })
            const made = await add(by, role, unit)
            // an invitation gives what adding gives
            expect(invited.ok).toBe(made !== null)
            if (made === null) continue
            there.push(made)
            hands.push(made)
            expect(beyond(units, made, x)).toEqual([])
          } else if (what === 'machine') {
            const data = { member: `machine.${newId().slice(-8)}`, name: newId(), unit, rights: ['report', 'read'] }
            if (!(await send(by, 'AddMachine', data))) continue
            // whoever has the token acts in its name
            const made = core.actor(data.member)!
            hands.push(made)
            expect(beyond(units, made, x)).toEqual([])
          } else if (what === 'handOver') {
            const heir = there[u % there.length]!
            if (!(await send(by, 'HandOver', { from: to.id, to: heir.id, reason: 'because' }))) continue
            for (const one of [to, heir]) expect(beyond(units, one, x)).toEqual([])
          } else if (what === 'phone') {
            // set and seen by whoever could hand out a link for a new password, themselves included, and by nobody else
            const may =
              to.id === by.id ? mayCommand(by, 'AddMember', units) : (await handOutReset(auth, core, by, to.id)).ok
            const set = await setPhone(auth, core, by, { member: to.id, phone: '12345' })
            const seen = (await phonesFor(auth, core, by)).some(({ member: of }) => of === to.id)
            expect([set.ok, seen]).toEqual([may, may])
            await auth.phones.set(to.id, null)
            if (!may) continue
          } else if (what === 'reset') {
            if (!(await handOutReset(auth, core, by, to.id)).ok) continue
            hands.push(to)
            expect(beyond(units, to, x)).toEqual([])
          } else {
            if (!(await send(by, 'EndMember', { member: to.id, reason: 'because' }))) continue
            expect(beyond(units, to, x)).toEqual([])
          }
          accepted++
        }
        // and what concerns everybody is for the topmost unit alone
        for (const hand of hands)
          if (mayCommand(hand, 'LockPeriod', units) || mayEnter(hand, 'SeeOperation', units))
            expect([hand.unit, x.unit]).toEqual([units.root, units.root])
        await auth.close()
        await core.close()
        await store.close()
      },
    ),
    { numRuns: 300 },
  )
  // and it was not so because nothing was allowed
  expect(accepted).toBeGreaterThan(100)
})
