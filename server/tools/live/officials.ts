/** Simulated officials at work: real accounts, real connections, and never a hand on what somebody else has changed. */
import { randomBytes } from 'node:crypto'
import type { CommandData } from '../../../shared/command.ts'
import type { Refusal } from '../../../shared/errors.ts'
import { rowKey, type IssueRow, type ReportRow } from '../../../shared/view/rows.ts'
import { hashPassword } from '../../auth/passwords.ts'
import type { Auth } from '../../auth/auth.ts'
import { confirmed } from '../simulate/confirm.ts'
import type { Intent, Step } from '../simulate/plan.ts'
import type { Simulation } from '../simulate/simulation.ts'
import { type Client, openClient } from './client.ts'

type Item = CommandData<'SubmitReports'>['items'][number]
type Person = Simulation['people'][number]

export interface Officials {
  /** what a step asks of a person; resolves when it is answered, whatever the answer */
  carryOut(step: Step): Promise<void>
  /** answers so far, and refusals other than warnings */
  counts(): { accepted: number; refused: number }
  close(): void
}

/** Makes an account with a random password for everybody who is played, and signs them in. */
export async function startOfficials(url: string, auth: Auth, simulation: Simulation): Promise<Officials> {
  const clients = new Map<string, Client>()
  const played = simulation.people.filter((p) => p.part === 'official' || p.part === 'legal')
  await Promise.all(
    played.map(async (person) => {
      const password = randomBytes(18).toString('base64url')
      await makeAccount(auth, person, password)
      const scope = person.part === 'legal' ? 'issues' : `sheet:${person.unit}`
      clients.set(person.member, await openClient(url, person.member, password, scope))
    }),
  )
  // ids of a second run on the same log must differ
  const run = randomBytes(6).toString('hex')
  let sent = 0
  let accepted = 0
  let refused = 0
  const nextId = () => `live:${run}:${++sent}`

  async function report(client: Client, member: string, intents: readonly Intent[]): Promise<void> {
    const items = intents.flatMap((intent) => itemOf(client, member, intent))
    if (items.length === 0) return
    let answer = await client.send(nextId(), 'SubmitReports', { items })
    if (!answer.ok && onlyWarnings(answer.refusals))
      answer = await client.send(nextId(), 'SubmitReports', { items: confirmed(items, answer.refusals) })
    count(answer.ok)
  }

  async function reply(client: Client, chosen: number, text: string): Promise<void> {
    const open = [...client.rows.values()].filter((r): r is IssueRow => r.kind === 'issue' && r.state === 'open')
    const issue = open[Math.floor(chosen * open.length)]?.issue
    if (issue !== undefined) count((await client.send(nextId(), 'ReplyToIssue', { issue, text })).ok)
  }

  function count(ok: boolean): void {
    if (ok) accepted++
    else refused++
  }

  return {
    async carryOut(step) {
      const client = 'by' in step ? clients.get(step.by) : undefined
      if (client === undefined) return
      try {
        if (step.kind === 'report') await report(client, step.by, step.intents)
        if (step.kind === 'reply') await reply(client, step.chosen, step.text)
      } catch {
        // not connected for the moment: an official who misses a turn comes with the next
        count(false)
      }
    },
    counts: () => ({ accepted, refused }),
    close: () => clients.forEach((client) => client.close()),
  }
}

/** Nothing when it would change nothing, when the report is in dispute, or when another person has had a hand in it. */
function itemOf(client: Client, member: string, intent: Intent): Item[] {
  const row = client.rows.get(rowKey.report(intent.unit, intent.day)) as ReportRow | undefined
  if (row === undefined) return [{ ...intent, basedOn: 0 }]
  if (row.state === 'disputed' || row.by.id !== member) return []
  return [{ ...intent, basedOn: row.version }]
}

const onlyWarnings = (refusals: readonly Refusal[]): boolean => refusals.every((r) => r.level === 'warning')

async function makeAccount(auth: Auth, { member, name, role, unit }: Person, password: string): Promise<void> {
  const token = await auth.invitations.create({ name, role, unit, by: null })
  const invitation = (await auth.invitations.byToken(token))!
  await auth.invitations.redeem(invitation.id, { member, login: member, password: await hashPassword(password) })
}
