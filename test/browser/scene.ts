/** A little of everything, so that every part of every page has something to show. */
import { signIn } from '../support/process.ts'
import { sender } from './support.ts'

/** A page of the product: who looks at it (null = a stranger), where it is, and a selector of what comes last. */
export interface Stop {
  name: string
  login: string | null
  path: string
  last: string
}

/** Reports of several days, late, partial, disputed and offered elsewhere, legal questions; the stops of a walk through all pages. */
export async function setScene(server: { url: string }): Promise<readonly Stop[]> {
  const [a, otherA, b, legal] = await Promise.all(
    ['districtA', 'otherA', 'districtB', 'legal'].map((login) => sender(server, login)),
  )
  const item = (unit: string, day: string, accepted: number, issued: number, reason?: string) => ({
    unit,
    day,
    values: { accepted, issued },
    basedOn: 0,
    ...(reason === undefined ? {} : { reason }),
  })
  const days = ['2008-01-03', '2008-01-04', '2008-01-07', '2008-01-08']
  for (const [i, day] of days.entries()) {
    await a!('SubmitReports', { items: ['A1', 'A2'].map((u) => item(u, day, 160 + i, 90 + i, 'the line was down')) })
    await b!('SubmitReports', { items: [item('B1', day, 120, 80 - i, 'the line was down')] })
  }
  const half = { unit: 'A3', day: '2008-01-08', values: { accepted: 40 }, basedOn: 0, reason: 'the rest follows' }
  const seq = await a!('SubmitReports', { items: [half] })
  await a!('WithdrawReports', {
    items: [{ unit: 'A2', day: '2008-01-07', counters: ['issued'], basedOn: seq }],
    reason: 'figures of A3',
  })
  await a!('ReattributeReports', {
    from: { unit: 'A1', day: '2008-01-08', basedOn: seq },
    to: { unit: 'B1', day: '2008-01-08', basedOn: 0 },
    counters: ['issued'],
    reason: 'people of B1 came to us',
  })
  await a!('SubmitReports', { items: [item('A1', '2008-01-10', 170, 95), item('A2', '2008-01-10', 60, 40)] })
  await otherA!('SubmitReports', { items: [item('A2', '2008-01-10', 64, 44)] })
  const question = { text: 'Two stations charge, one does not.', category: 'fee', counters: ['issued'] }
  await legal!('LogIssue', {
    ...{ ...question, title: 'May a fee be charged for a lost permit?', unit: 'A' },
    ...{ from: '2008-01-04', to: null, article: 'fees' },
  })
  await b!('ReplyToIssue', { issue: 1, text: 'Station 3 has stopped charging.' })
  await legal!('LogIssue', {
    ...{ ...question, title: 'Who answers for a permit that was never fetched?', unit: 'C' },
    ...{ from: '2008-01-07', to: '2008-01-09', article: null },
  })
  await legal!('CloseIssue', { issue: 2, reason: 'Answered by the list of fees.' })
  const chart = '.chart svg'
  return [
    { name: 'sign-in', login: null, path: '/signin', last: 'form' },
    { name: 'join', login: null, path: await invitation(server), last: 'form' },
    { name: 'a spent link', login: null, path: '/join#spent', last: 'role=alert' },
    { name: 'a new password', login: null, path: await reset(server), last: 'form' },
    { name: 'where one is signed in', login: 'office', path: '/account', last: 'main table' },
    { name: 'overview', login: 'office', path: '/u/C?target=count', last: chart },
    { name: 'district', login: 'viewer', path: '/u/A', last: chart },
    { name: 'street', login: 'districtA', path: '/u/A1', last: chart },
    { name: 'sheet of the office', login: 'office', path: '/sheet/A', last: 'role=grid' },
    { name: 'sheet of a past day', login: 'districtA', path: '/sheet/A/2008-01-08', last: 'role=grid' },
    { name: 'sheet that may not be seen', login: 'viewer', path: '/sheet/A', last: 'main p' },
    { name: 'issues', login: 'legal', path: '/issues', last: 'main ol' },
    { name: 'issue', login: 'districtA', path: '/issues/1', last: chart },
    { name: 'closed issue', login: 'legal', path: '/issues/2', last: chart },
    { name: 'new issue', login: 'districtA', path: '/issues/new', last: 'form' },
    { name: 'new issue, for who may not log one', login: 'viewer', path: '/issues/new', last: 'h1' },
    { name: 'people', login: 'office', path: '/people', last: 'main table' },
    { name: 'about the figures', login: 'viewer', path: '/figures', last: 'main dl' },
    { name: 'operation', login: 'office', path: '/operation', last: 'main .clock form' },
    { name: 'nowhere', login: 'office', path: '/nowhere', last: 'h1' },
  ]
}

const invitation = (server: { url: string }) =>
  link(server, '/api/v1/invitations', { name: 'New Person', role: 'viewer', unit: 'B' })
const reset = (server: { url: string }) => link(server, '/api/v1/resets', { member: 'otherA' })

/** Address of a one-time link that the office hands out. */
async function link(server: { url: string }, path: string, body: object): Promise<string> {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: await signIn(server.url, 'office') },
    body: JSON.stringify(body),
  })
  const { pathname, hash } = new URL(((await response.json()) as { link: string }).link)
  return pathname + hash
}

/** Every question, for figures that are what they are. */
export const WARNED: ('report.unusual' | 'report.exceeds' | 'report.coverageOver')[] = [
  'report.unusual',
  'report.exceeds',
  'report.coverageOver',
]
