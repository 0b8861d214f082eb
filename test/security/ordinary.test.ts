/** The bounds on what anybody may take are not met by who works (H17–H19). */
import { afterEach, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../server/core/core.ts'
import type { Actor } from '../../shared/policy.ts'
import { item, newId, office } from '../support/core.ts'
import { deepProgramme } from '../support/deep.ts'
import { codes, type Live, startServer, type TestServer, watch } from '../support/server.ts'

let test: TestServer
afterEach(() => test.close())

const add = async ({ id: member, name, role, unit }: Actor) => {
  const command = { id: `AddMember:${member}`, kind: 'AddMember', data: { member, name, role, unit } }
  expect(codes(await test.server.core.dispatch(command, SYSTEM))).toEqual([])
}
const REPORTS = 2_000
const DAYS = ['2008-01-04', '2008-01-07', '2008-01-08', '2008-01-09', '2008-01-10']
const TODAY = '2008-01-10'
const LATE = { type: 'late', reason: 'The form came today' } as const

describe('H17 H18 H19 nobody who works is refused', { timeout: 60_000 }, () => {
  it('with three tabs, a paste of 2,000 rows in each of two, and typing meanwhile', async () => {
    const streets = Array.from({ length: REPORTS / DAYS.length }, (_, i) => [`D0S${i}`, `D1S${i}`] as const)
    const programme = deepProgramme({ districts: 2, streets: streets.length, blocks: 0 })
    test = await startServer({ programme, people: false })
    const official: Actor = { id: 'official', name: 'Official', role: 'office', unit: 'C' }
    await add(official)
    const client = await test.as(official)
    const tabs: Live[] = [await client.socket(), await client.socket(), await client.socket()]
    for (const tab of tabs)
      for (const scope of ['programme', 'issues', 'unit:D0', 'unit:D0S0', 'sheet:D0/2008-01-10'])
        expect(codes(await watch(tab, scope))).toEqual([])
    const paste = (half: 0 | 1) => {
      const items = streets.flatMap((both) =>
        DAYS.map((day) => item(both[half], day, { accepted: 5 }, day === TODAY ? {} : LATE)),
      )
      expect(items).toHaveLength(REPORTS)
      return client.post('/api/v1/commands', { id: newId(), kind: 'SubmitReports', data: { items } })
    }
    const type = async (tab: Live, n: number) => {
      const said: string[][] = []
      for (let i = 0; i < 40; i++) {
        const data = { items: [item(`D${n % 2}S${40 * n + i}`, '2008-01-03', { accepted: i }, LATE)] }
        said.push(codes(await tab.emitWithAck('command', { id: newId(), kind: 'SubmitReports', data })))
      }
      return said.flat()
    }
    const [one, two, ...typed] = await Promise.all([paste(0), paste(1), ...tabs.map(type)])
    expect([codes(one.body), codes(two.body), ...typed]).toEqual([[], [], [], [], []])
    for (const tab of tabs) tab.close()
  })

  it('of 200 officials behind one address, who come, look and report at the same time', async () => {
    test = await startServer()
    const people = Array.from({ length: 200 }, (_, i) => ({ ...office, id: `official${i}`, name: `Official ${i}` }))
    for (const who of people) await add(who)
    const officials = await Promise.all(people.map((who) => test.as(who)))
    const work = async (client: (typeof officials)[number], i: number) => {
      const live = await client.socket()
      const pages = await Promise.all(
        Array.from({ length: 3 }, () => client.get('/api/v1/changes?scope=unit:C').then(({ status }) => status)),
      )
      expect(new Set(pages)).toEqual(new Set([200]))
      const said: string[] = []
      for (const scope of ['programme', 'unit:C', 'unit:A', 'unit:B']) said.push(...codes(await watch(live, scope)))
      const data = { items: [item('A1', '2008-01-10', { accepted: i })] }
      said.push(...codes(await live.emitWithAck('command', { id: newId(), kind: 'SubmitReports', data })))
      live.close()
      return said
    }
    const said = (await Promise.all(officials.map(work))).flat()
    // all but the first report what somebody else has reported by then
    expect(said.filter((code) => !code.startsWith('report.'))).toEqual([])
  })
})
