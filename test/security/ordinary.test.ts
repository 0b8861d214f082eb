/** The bounds on what anybody may take are not met by who works (H17–H19). */
import { afterEach, describe, expect, it } from 'vitest'
import { SYSTEM } from '../../server/core/core.ts'
import { districtA, item, newId, office } from '../support/core.ts'
import { codes, type Live, startServer, type TestServer, watch } from '../support/server.ts'

let test: TestServer
afterEach(() => test.close())

describe('H17 H18 H19 nobody who works is refused', { timeout: 60_000 }, () => {
  it('with three tabs, a paste of 2,000 rows in each of two, and typing meanwhile', async () => {
    test = await startServer()
    const client = await test.as(districtA)
    const tabs: Live[] = [await client.socket(), await client.socket(), await client.socket()]
    for (const tab of tabs)
      for (const scope of ['programme', 'issues', 'unit:A', 'unit:A1', 'sheet:A/2008-01-10'])
        expect(codes(await watch(tab, scope))).toEqual([])
    const days = Array.from({ length: 10 }, (_, i) => `2008-01-${String(i + 1).padStart(2, '0')}`)
    const rows = Array.from({ length: 2_000 }, (_, i) => item('A1', days[i % 10]!, { accepted: i % 50 }))
    const paste = () => client.post('/api/v1/commands', { id: newId(), kind: 'SubmitReports', data: { items: rows } })
    const type = async (tab: Live) => {
      const said: string[][] = []
      for (let i = 0; i < 40; i++) {
        const data = { items: [item('A2', '2008-01-10', { accepted: i })] }
        said.push(codes(await tab.emitWithAck('command', { id: newId(), kind: 'SubmitReports', data })))
      }
      return said.flat()
    }
    const [one, two, ...typed] = await Promise.all([paste(), paste(), ...tabs.map(type)])
    for (const answer of [codes(one.body), codes(two.body), ...typed]) expect(answer).not.toContain('command.busy')
    for (const tab of tabs) tab.close()
  })

  it('of 200 officials behind one address, who come, look and report at the same time', async () => {
    test = await startServer()
    const people = Array.from({ length: 200 }, (_, i) => ({ ...office, id: `official${i}`, name: `Official ${i}` }))
    for (const { id: member, name, role, unit } of people) {
      const command = { id: `AddMember:${member}`, kind: 'AddMember', data: { member, name, role, unit } }
      expect(codes(await test.server.core.dispatch(command, SYSTEM))).toEqual([])
    }
    const officials = await Promise.all(people.map((who) => test.as(who)))
    const work = async (client: (typeof officials)[number], i: number) => {
      const live = await client.socket()
      const pages = await Promise.all(
        Array.from({ length: 6 }, () => client.get('/api/v1/changes?scope=unit:C').then(({ status }) => status)),
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
    for (const code of ['command.busy', 'auth.tooMany', 'input.tooMany']) expect(said).not.toContain(code)
  })
})
