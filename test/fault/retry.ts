/** Commands whose answers are lost, sent again with the same id until one comes: by either door, at once, after a restart. */
import assert from 'node:assert/strict'
import { faultIn } from '../../server/archive/finding.ts'
import { verifyLog } from '../../server/archive/verify.ts'
import { openAudit } from '../../server/store/audit.ts'
import { openSqlite, type SqliteStore } from '../../server/store/sqlite.ts'
import type { Answer } from '../../shared/command.ts'
import { type Recorded, subjectOf } from '../../shared/event.ts'
import type { Actor } from '../../shared/policy.ts'
import { LIMITS } from '../../server/core/allowance.ts'
import { SYSTEM } from '../../server/core/core.ts'
import { type Chance, chance } from '../support/chance.ts'
import { newId, office, rowsAt } from '../support/core.ts'
import { disorder } from '../support/disorder.ts'
import { type Door, httpDoor, type Sent, socketDoor } from '../support/doors.ts'
import { tinyProgramme } from '../support/programme.ts'
import { startServer, type TestServer } from '../support/server.ts'
import type { Attack, Tally } from './attack.ts'

/** Rounds after which the server begins anew with an empty log, so that days do not run out. */
const LIFE = 200
/** Chance that the server is restarted before a command is sent again. */
const RESTARTS = 0.02
/** ms after a command went out until its connection is cut, at the most; mostly an answer takes less */
const CUT_MS = 6
/** They wait for nobody. */
const FAST = { burst: 1e9, perSecond: 1e9 }
const FREE = { commands: { ...LIMITS.commands, ...FAST }, messages: { ...LIMITS.messages, ...FAST } }

/** A server with its log at hand, and the commands that it was sent. */
interface Life {
  test: TestServer
  log: SqliteStore
  /** by id, with the answer that a later one has to be */
  settled: Map<string, { sent: Sent; actor: Actor; answer: Answer }>
  doors: Map<string, readonly Door[]>
  cookies: Map<string, string>
}

export function retry(): Attack {
  let life: Life | null = null
  let lived = 0
  const end = async () => {
    const ending = life
    life = null
    if (ending !== null) await endLife(ending)
  }
  return {
    title:
      'a command that is sent again, by any door and at any time, has one effect and one answer; a changed one is refused',
    rounds: 2_000,
    async round(seed) {
      if (lived++ % LIFE === 0) await end()
      const luck = chance(seed)
      life ??= await startLife(luck.below(3))
      return insist(life, luck)
    },
    close: end,
  }
}

async function startLife(reviewLevels: number): Promise<Life> {
  const programme = { reporting: { ...tinyProgramme().reporting, reviewLevels } }
  const test = await startServer({ programme, scheduler: false, limits: FREE })
  await test.server.core.dispatch({ id: newId(), kind: 'BeginDay', data: { day: '2008-01-10' } }, SYSTEM)
  const log = openSqlite(test.file, { readOnly: true })
  return { test, log, settled: new Map(), doors: new Map(), cookies: new Map() }
}

async function endLife({ test, log, settled, doors }: Life): Promise<void> {
  closeDoors(doors)
  try {
    const effects = Map.groupBy(await log.read(0, 1e6), ({ command }) => command)
    for (const [id, { answer }] of settled) assertEffect(id, answer, effects.get(id) ?? [])
  } finally {
    await log.close()
    await test.server.close()
  }
  const audit = openAudit(test.file)
  try {
    assert.equal(faultIn(await verifyLog(audit)), null)
  } finally {
    audit.close()
    await test.close()
  }
}

/** One command, sent until it is answered, and looked at. */
async function insist(life: Life, luck: Chance): Promise<Tally> {
  const { test, log } = life
  const tally: Tally = { sent: 0, lost: 0, accepted: 0, refused: 0, changed: 0, restarts: 0 }
  const dispatch = async (sent: Sent, actor: Actor): Promise<Answer> => {
    if (actor.role === 'system') return test.server.core.dispatch(sent, actor)
    const head = await log.head()
    const answer = await untilAnswered(life, sent, actor, luck, tally)
    const happened = await log.read(head, 10_000)
    assert.ok(
      happened.every(({ command }) => command === sent.id),
      'nothing else happened',
    )
    assertEffect(sent.id, answer, happened)
    if (answer.ok) life.settled.set(sent.id, { sent, actor, answer })
    tally[answer.ok ? 'accepted' : 'refused']!++
    tally[sent.kind] = (tally[sent.kind] ?? 0) + 1
    if (answer.ok && luck.next() < 0.3) await changeIt(life, sent, actor, luck, tally)
    return answer
  }
  const acted = {
    core: { dispatch: (sent: unknown, actor: Actor) => dispatch(sent as Sent, actor) },
    store: log,
    rows: rowsAt(() => test.server.core),
  }
  const { today } = test.server.core.now()
  const before = luck.next() < 0.2 ? undefined : luck.pick([...life.settled.values()])
  if (luck.next() < 0.15) await ofOthers(life, luck, dispatch)
  else await disorder(luck, today!).act(acted)
  if (before !== undefined) {
    const again = await luck.pick(await doorsOf(life, before.actor)).send(before.sent)
    assert.deepEqual(again, before.answer, 'the answer of long ago')
  }
  return tally
}

/** What the disorder leaves out: members, and the clock in the hands of the office. */
async function ofOthers(
  { test }: Life,
  luck: Chance,
  dispatch: (sent: Sent, actor: Actor) => Promise<Answer>,
): Promise<void> {
  const { today } = test.server.core.clock()
  const reason = 'decided'
  const send = (kind: string, data: object) => dispatch({ id: newId(), kind, data }, office)
  if (luck.next() < 0.4) {
    const member = `m-${newId()}`
    await send('AddMember', { member, name: member, role: 'viewer', unit: 'A' })
    await send('EndMember', { member, reason })
  } else {
    await send('TakeDayBack', { day: today, reason })
    await dispatch({ id: newId(), kind: 'DoubtDay', data: { day: '2008-12-01' } }, SYSTEM)
    await send('ConfirmDay', { day: today, reason })
  }
}

async function untilAnswered(life: Life, sent: Sent, actor: Actor, luck: Chance, tally: Tally): Promise<Answer> {
  const answers: Answer[] = []
  while (answers.length === 0 || luck.next() < 0.4) {
    if (luck.next() < RESTARTS) {
      await restart(life)
      tally.restarts!++
    }
    const doors = await doorsOf(life, actor)
    const at = doors.slice(luck.below(doors.length))
    const cuts = at.map(() => (luck.next() < 0.6 ? luck.below(CUT_MS) : undefined))
    for (const answer of await Promise.all(at.map((door, i) => door.send(sent, cuts[i])))) {
      tally.sent!++
      if (answer === 'lost') tally.lost!++
      else answers.push(answer)
    }
  }
  for (const answer of answers) assert.deepEqual(answer, answers[0], `${sent.kind} ${sent.id} is answered alike`)
  return answers[0]!
}

/** Another command under its id, or the same from somebody else. */
async function changeIt(life: Life, sent: Sent, actor: Actor, luck: Chance, tally: Tally): Promise<void> {
  const head = await life.log.head()
  const isOther = luck.next() < 0.3
  const by = isOther ? OTHERS.find(({ id }) => id !== actor.id)! : actor
  const door = luck.pick(await doorsOf(life, by))
  const answer = await door.send(isOther ? sent : { ...sent, data: changed(sent.data) })
  assert.ok(answer !== 'lost' && !answer.ok, `${sent.kind} is not taken under an id that is used`)
  const codes = answer.refusals.map(({ code }) => code)
  if (!isOther) assert.deepEqual(codes, ['command.idReused'], sent.kind)
  assert.equal(await life.log.head(), head)
  tally.changed!++
}

const OTHERS: readonly Actor[] = [office, { id: 'legal', name: 'Legal', role: 'legal', unit: 'C' }]

/** The same with one value that is another. */
function changed(data: unknown): unknown {
  const copy = structuredClone(data) as Record<string, unknown>
  const { items, values, versions } = copy as { items?: unknown[]; values?: object; versions?: object }
  if (items !== undefined) return { ...copy, items: [changed(items[0]), ...items.slice(1)] }
  if (versions !== undefined)
    return { ...copy, versions: Object.fromEntries(Object.entries(versions).map(([k, v]) => [k, (v as number) + 1])) }
  if (values !== undefined && Object.keys(values).length > 0)
    return { ...copy, values: Object.fromEntries(Object.entries(values).map(([k, v]) => [k, (v as number) + 1])) }
  for (const text of ['reason', 'text', 'name'])
    if (typeof copy[text] === 'string') return { ...copy, [text]: `${copy[text]}, and more` }
  if ('basedOn' in copy) return { ...copy, basedOn: Number(copy.basedOn) + 1 }
  return { ...copy, through: copy.through === '2008-01-02' ? '2008-01-03' : '2008-01-02' }
}

/** All that the answer says has happened, once; nothing where it was refused. */
function assertEffect(id: string, answer: Answer, events: readonly Recorded[]): void {
  const there = events.map((event) => ({ subject: subjectOf(event), version: event.seq }))
  assert.deepEqual(there, answer.ok ? answer.happened : [], `what ${id} did`)
}

async function restart(life: Life): Promise<void> {
  closeDoors(life.doors)
  await life.test.restart()
}

function closeDoors(doors: Life['doors']): void {
  for (const door of [...doors.values()].flat()) door.close()
  doors.clear()
}

/** Two live connections and HTTP, of somebody who is signed in. */
async function doorsOf({ test, doors, cookies }: Life, actor: Actor): Promise<readonly Door[]> {
  const there = doors.get(actor.id)
  if (there !== undefined) return there
  const cookie = cookies.get(actor.id) ?? (await test.as(actor)).cookie
  cookies.set(actor.id, cookie)
  const made = [socketDoor(test.url, cookie), httpDoor(test.url, cookie), socketDoor(test.url, cookie)]
  doors.set(actor.id, made)
  return made
}
