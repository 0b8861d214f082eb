/** Simulated people at work: real accounts and tokens, real connections. They never touch what somebody else has changed. */
import { randomBytes } from 'node:crypto'
import type { Answer } from '../../../shared/command.ts'
import type { ReportItem } from '../../../shared/domain/input.ts'
import type { CellName } from '../../../shared/domain/values.ts'
import type { Setting } from '../../../shared/domain/world.ts'
import type { Refusal } from '../../../shared/errors.ts'
import type { ReportRow } from '../../../shared/view/rows.ts'
import { rowsOf } from '../../../shared/view/wire.ts'
import type { Auth } from '../../auth/auth.ts'
import { hashPassword } from '../../auth/passwords.ts'
import { confirmedCommand, onlyQuestions } from '../simulate/confirm.ts'
import type { Desk } from '../simulate/desk.ts'
import { commandFor, machineCommand, type Seen, UNSEEN, type Unsent } from '../simulate/filing.ts'
import type { Simulation } from '../simulate/simulation.ts'
import type { Filing, Step } from '../simulate/steps.ts'
import { isWork, work } from '../simulate/work.ts'
import { type Client, openClient } from './client.ts'
import { openMachine } from './machine.ts'

type Person = Simulation['people'][number]

interface Played {
  person: Pick<Person, 'member' | 'unit'>
  client: Client
  /** a person does one thing after another */
  busy: Promise<void>
}

export interface Officials {
  /** carries out a person's step; resolves when it is answered, whatever the answer */
  carryOut(step: Step): Promise<void>
  /** answers so far, and refusals other than warnings */
  counts(): { accepted: number; refused: number }
  close(): void
}

/** Creates an account with a random password for every played person, and signs them in. */
export async function startOfficials(
  url: string,
  auth: Auth,
  { programme, units }: Pick<Setting, 'programme' | 'units'>,
  simulation: Simulation,
): Promise<Officials> {
  const people = new Map<string, Played>()
  const played = simulation.people.filter((p) => p.part !== 'visitor')
  await Promise.all(
    played.map(async (person) => {
      const password = randomBytes(18).toString('base64url')
      await makeAccount(auth, person, password)
      const client = await openClient(url, person.member, password)
      people.set(person.member, { person, client, busy: Promise.resolve() })
    }),
  )
  for (const { member, unit, by } of simulation.machines) {
    const client = openMachine(url, await auth.machines.create({ member, by, expires: null }))
    people.set(member, { person: { member, unit }, client, busy: Promise.resolve() })
  }
  const counters = programme.counters.map((c) => c.key)
  // ids of a second run on the same log must differ
  const run = randomBytes(6).toString('hex')
  let sent = 0
  let accepted = 0
  let refused = 0
  let closing = false

  async function file({ client, person }: Played, filing: Filing): Promise<void> {
    const cells = cellsOf(filing)
    const rows = new Map<string, ReportRow>()
    for (const day of new Set(cells.map((c) => c.day)))
      for (const row of rowsOf('report', await client.rows(`sheet:${person.unit}/${day}`), units))
        rows.set(`${row.unit}/${day}`, row)
    const command = commandFor(filing, ({ unit, day }) => seen(rows.get(`${unit}/${day}`), person.member, counters))
    if (command !== null) await send(client, command)
  }

  async function reply(client: Client, chosen: number, text: string): Promise<void> {
    const lines = [...rowsOf('issueLine', await client.rows('issues'), units)].filter((r) => r.state === 'open')
    const issue = lines[Math.floor(chosen * lines.length)]?.issue
    if (issue !== undefined) await send(client, { kind: 'ReplyToIssue', data: { issue, text } })
  }

  const deskOf = ({ client, person }: Played): Desk => ({
    me: person.member,
    setting: { programme, units },
    isPlayed: (member) => people.has(member),
    rows: (scope) => client.rows(scope),
    send: (command) => send(client, command),
  })

  async function send(client: Client, command: Unsent): Promise<Answer> {
    const ask = ({ kind, data }: Unsent) => client.send(`live:${run}:${++sent}`, kind, data)
    let current = command
    let answer = await ask(current)
    if (!answer.ok && isOverdue(answer.refusals)) {
      current = asRestatements(command, answer.refusals, simulation.reasons.short[0]!)
      answer = await ask(current)
    }
    const { confirmed } = simulation.words
    if (!answer.ok && onlyQuestions(answer.refusals))
      answer = await ask(confirmedCommand(current, answer.refusals, confirmed[sent % confirmed.length]!))
    count(answer.ok)
    return answer
  }

  function count(ok: boolean): void {
    if (ok) accepted++
    else refused++
  }

  async function carryOut(step: Step, played: Played): Promise<void> {
    try {
      if (step.kind === 'report' || step.kind === 'withdraw' || step.kind === 'move') await file(played, step)
      else if (step.kind === 'reply') await reply(played.client, step.chosen, step.text)
      else if (step.kind === 'machine') await send(played.client, machineCommand(step))
      else if (isWork(step)) await work(deskOf(played), step, simulation)
    } catch {
      // not connected at the moment: whoever it is goes on with the next step
      if (!closing) count(false)
    }
  }

  return {
    async carryOut(step) {
      const played = 'by' in step ? people.get(step.by) : undefined
      if (played === undefined) return
      played.busy = played.busy.then(() => carryOut(step, played))
      return played.busy
    },
    counts: () => ({ accepted, refused }),
    close() {
      closing = true
      people.forEach(({ client }) => client.close())
    },
  }
}

function cellsOf(filing: Filing): readonly CellName[] {
  switch (filing.kind) {
    case 'report':
      return filing.intents
    case 'withdraw':
      return filing.cells
    case 'move':
      return [filing.from, filing.to]
  }
}

/** A report as its official sees it; null when it is disputed or somebody else has written to it. */
function seen(row: ReportRow | undefined, member: string, counters: readonly string[]): Seen | null {
  if (row === undefined) return UNSEEN
  const touched = row.figures.some((f) => f.state === 'disputed' || (f.by !== null && f.by.id !== member))
  if (touched) return null
  const byKey = counters.map((counter, i) => [counter, row.figures[i]!] as const)
  return {
    values: Object.fromEntries(byKey.flatMap(([counter, { value }]) => (value === null ? [] : [[counter, value]]))),
    basedOn: Object.fromEntries(byKey.map(([counter, { version }]) => [counter, version])),
    leaving: byKey.flatMap(([counter, { value, approved }]) => (value === null && approved !== null ? [counter] : [])),
  }
}

/** True when the deadline passed while the report was on its way. */
const isOverdue = (refusals: readonly Refusal[]): boolean =>
  refusals.every((r) => r.code === 'report.typeRequired' || r.code === 'report.reasonRequired')

/** The same reports as restatements: `corrected` where a type is required, else `late`. */
function asRestatements(command: Unsent, refusals: readonly Refusal[], reason: string): Unsent {
  if (command.kind !== 'SubmitReports') return command
  const items = command.data.items.map((item, i): ReportItem => {
    const about = refusals.filter((r) => r.at?.startsWith(`items.${i}.`))
    if (about.length === 0) return item
    const stood = about.some((r) => r.code === 'report.typeRequired')
    return { ...item, type: stood ? 'corrected' : 'late', reason }
  })
  return { kind: 'SubmitReports', data: { items } }
}

async function makeAccount(auth: Auth, { member, name, role, unit }: Person, password: string): Promise<void> {
  const token = await auth.invitations.create({ name, role, unit, by: null })
  const invitation = (await auth.invitations.byToken(token))!
  await auth.invitations.redeem(invitation.id, { member, login: member, password: await hashPassword(password) })
}
