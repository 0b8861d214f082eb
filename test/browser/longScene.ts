/** The programme with the longest names in use: every state of a figure, figures as large as they come, long titles. */
import type { ReportItem } from '../../shared/domain/input.ts'
import { QUESTIONS } from '../../shared/domain/values.ts'
import { longProgramme } from '../support/longProgramme.ts'
import type { Stop } from './scene.ts'
import { sender } from './support.ts'

const DAYS = ['2008-01-02', '2008-01-03', '2008-01-04', '2008-01-07', '2008-01-08', '2008-01-09']
const HOLIDAY = '2008-01-01'
const TODAY = '2008-01-10'
/** what a street reports in a day */
const LARGE = 1_288_888

/** Nearly every street reports nearly every day; some wait, are half, disputed, offered elsewhere. The stops of a walk. */
export async function setLongScene(server: { url: string }): Promise<readonly Stop[]> {
  const [office, a, otherA, legal] = await Promise.all(
    ['office', 'districtA', 'otherA', 'legal'].map((login) => sender(server, login)),
  )
  const { units, counters } = longProgramme()
  const streets = units.filter(({ level }) => level === 'street').map(({ code }) => code)
  const valuesOf = (n: number) => Object.fromEntries(counters.map(({ key }, i) => [key, n - i * 111_111]))
  const item = (unit: string, day: string, n: number): ReportItem => ({
    ...{ unit, day, values: valuesOf(n), basedOn: 0, confirmed: [...QUESTIONS] },
    ...(day === TODAY ? {} : { reason: '网络中断，次日补报 / the line was down and the list came on paper' }),
  })
  // the first running totals are opening balances, those of the next day stand beside a figure
  const totalsOf = (n: number) => Object.fromEntries(counters.map(({ key }) => [key, n]))
  await office!('SubmitReports', {
    items: streets.slice(0, 4).map((unit) => ({ ...item(unit, HOLIDAY, 0), values: {}, totals: totalsOf(9 * LARGE) })),
  })
  for (const [i, day] of DAYS.entries())
    await office!('SubmitReports', {
      items: streets
        .filter((_, n) => (n + i) % 9 !== 8)
        .map((unit, n) => ({
          ...item(unit, day, LARGE + ((n * 7 + i * 3) % 11) * 57_777),
          ...(i === 0 && n < 4 && { totals: totalsOf(9 * LARGE + LARGE + n * 7 * 57_777) }),
        })),
    })
  const { values, ...half } = item('A7', '2008-01-09', LARGE)
  const seq = await a!('SubmitReports', { items: [{ ...half, values: { accepted: values.accepted! } }] })
  await a!('WithdrawReports', {
    items: [{ unit: 'A2', day: '2008-01-08', counters: ['issued'], basedOn: seq }],
    reason: '误填为邻街道的数 / figures of the neighbouring street',
  })
  await a!('ReattributeReports', {
    from: { unit: 'A1', day: '2008-01-08', basedOn: seq },
    to: { unit: 'B1', day: '2008-01-08', basedOn: 0 },
    counters: ['issued'],
    reason: '办证人实际居住在对方辖区 / people of the other side came to us',
  })
  await a!('SubmitReports', { items: ['A1', 'A2', 'A3'].map((unit, n) => item(unit, TODAY, LARGE + n)) })
  await otherA!('SubmitReports', { items: [item('A2', TODAY, LARGE + 123_456)] })
  await office!('SubmitReports', { items: ['B1', 'D2', 'E1', 'H3'].map((unit) => item(unit, TODAY, 9_999_999)) })
  await office!('AddMember', {
    ...{ member: 'longest', role: 'district', unit: 'A' },
    name: 'Wolfeschlegelsteinhausenbergerdorff, Hubert Blaine',
  })
  const question = { text: 'Two stations charge, one does not.', category: 'fee', counters: ['issued', 'booster'] }
  await legal!('LogIssue', {
    ...{ ...question, unit: 'A', from: '2008-01-04', to: null, article: 'fees' },
    title: '遗失居住证申请补领的，街道能否按照旧收费标准收取工本费，是否需要区里另行批复？',
  })
  await office!('ReplyToIssue', { issue: 1, text: 'Station 3 has stopped charging; the list of fees says 20 yuan.' })
  await legal!('LogIssue', {
    ...{ ...question, unit: 'C', from: '2008-01-07', to: '2008-01-09', article: null },
    title:
      'Who answers for a permit that was produced, never fetched, and then replaced at another station of the authority?',
  })
  await legal!('CloseIssue', { issue: 2, reason: 'Answered by the list of fees.' })
  const chart = '.chart svg'
  return [
    { name: 'overview', login: 'office', path: '/u/C', last: chart },
    { name: 'district', login: 'office', path: '/u/A', last: chart },
    { name: 'street', login: 'office', path: '/u/A1', last: chart },
    { name: 'sheet', login: 'districtA', path: '/sheet/A', last: 'role=grid' },
    { name: 'sheet of a past day', login: 'districtA', path: '/sheet/A/2008-01-08', last: 'role=grid' },
    { name: 'sheet with running totals', login: 'districtA', path: '/sheet/A/2008-01-01', last: 'role=grid' },
    { name: 'sheet with totals beside figures', login: 'districtA', path: '/sheet/A/2008-01-02', last: 'role=grid' },
    { name: 'issues', login: 'office', path: '/issues', last: 'main ol' },
    { name: 'issue', login: 'districtA', path: '/issues/1', last: chart },
    { name: 'new issue', login: 'districtA', path: '/issues/new', last: 'form' },
    { name: 'people', login: 'office', path: '/people', last: 'main table' },
    { name: 'about the figures', login: 'office', path: '/figures', last: 'main dl' },
    { name: 'operation', login: 'office', path: '/operation', last: 'main .clock form' },
    { name: 'account', login: 'office', path: '/account', last: 'main table' },
    { name: 'sign-in', login: null, path: '/signin', last: 'form' },
  ]
}
