/** A real server for tests, in a process of its own so that it can be killed: `serve.ts FILE [PORT [LEVELS [CROWD [PROGRAMME]]]]`. */
import { dirname, join } from 'node:path'
import { pino } from 'pino'
import { buildServer } from '../../server/build.ts'
import { DEFAULTS } from '../../server/config.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { hashPassword } from '../../server/auth/passwords.ts'
import { PEOPLE } from './core.ts'
import { longProgramme } from './longProgramme.ts'
import { tinyProgramme } from './programme.ts'

/** Everybody's. */
const PASSWORD = 'correct horse battery'
/** 10:00 in Shanghai on a Thursday. */
const began = Date.parse('2008-01-10T02:00:00Z')
const started = Date.now()

const [data, port = '0', levels = '0', crowd = '0', which = 'tiny'] = process.argv.slice(2)
const tiny = tinyProgramme()
/** `issued` is kept as its running total */
const kept = tiny.counters.map((counter) => ({ ...counter, cumulative: counter.key === 'issued' }))
const programme = which === 'long' ? longProgramme() : which === 'kept' ? { ...tiny, counters: kept } : tiny
/** the deadline of the day has passed, and silence escalates */
const silent = { deadline: '09:00', escalation: { districtAfter: 30, supervisionAt: '09:00', onTimeGoal: 0.95 } }
const server = await buildServer({
  config: {
    ...{ ...DEFAULTS, host: '127.0.0.1', port: Number(port), logLevel: 'silent' },
    ...{ data: data!, state: join(dirname(data!), 'state') },
  },
  programme: {
    ...programme,
    reporting: { ...programme.reporting, reviewLevels: Number(levels), ...(which === 'silent' ? silent : {}) },
  },
  clock: () => new Date(began + (Date.now() - started)),
  authClock: () => new Date(),
  log: pino({ level: 'silent' }),
})
if (!(await server.auth.accounts.any()))
  for (const { id, name, role, unit } of PEOPLE) {
    const answer = await server.core.dispatch(
      { id: `AddMember:${id}`, kind: 'AddMember', data: { member: id, name, role, unit } },
      SYSTEM,
    )
    if (!answer.ok || role === 'system') throw new Error(JSON.stringify(answer))
    const token = await server.auth.invitations.create({ name, role, unit, by: 'system' })
    const invitation = await server.auth.invitations.byToken(token)
    await server.auth.invitations.redeem(invitation!.id, {
      member: id,
      login: id,
      password: await hashPassword(PASSWORD),
    })
  }
if (which === 'silent') {
  const data = { supervision: '2008-01-10' }
  await server.core.dispatch({ id: 'system:Escalate:test', kind: 'Escalate', data }, SYSTEM)
}
/** signed in already, each as somebody else of district A */
const cookies: string[] = []
for (let i = 0; i < Number(crowd); i++) {
  const data = { member: `crowd${i}`, name: `Crowd ${i}`, role: 'district', unit: 'A' }
  const answer = await server.core.dispatch({ id: `AddMember:crowd${i}`, kind: 'AddMember', data }, SYSTEM)
  if (!answer.ok) throw new Error(JSON.stringify(answer))
  cookies.push(`sid=${await server.auth.sessions.create(data.member)}`)
}
console.log(JSON.stringify({ url: server.url, port: server.port, cookies }))
process.once('SIGTERM', () => void server.close().then(() => process.exit(0)))
