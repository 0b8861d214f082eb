/** A page that is left open for long: nothing in it grows, and after it was frozen it is as current as any. */
import type { CDPSession, Page } from '@playwright/test'
import { PEOPLE } from '../support/people.ts'
import { startServer, type TestServer } from '../support/server.ts'
import { expect, type Send, sender, sheetOf, test, watchOf } from './support.ts'

const HOUR = 3_600_000
let server: TestServer
let elapsed: number
test.beforeEach(async () => {
  elapsed = 1e6
  server = await startServer({ elapsed: () => elapsed, authClock: () => new Date() })
  for (const person of PEOPLE) await server.account(person, person.id)
})
test.afterEach(() => server.close())

interface Size {
  nodes: number
  listeners: number
  /** bytes in use after garbage was collected */
  heap: number
}
async function sizeOf(cdp: CDPSession): Promise<Size> {
  for (let i = 0; i < 3; i++) await cdp.send('HeapProfiler.collectGarbage')
  const { metrics } = await cdp.send('Performance.getMetrics')
  const of = (name: string) => metrics.find((m) => m.name === name)!.value
  return { nodes: of('Nodes'), listeners: of('JSEventListeners'), heap: of('JSHeapUsedSize') }
}
/** The size of a page on which nothing is under way any more: two looks half a second apart find the same. */
async function restingSize(page: Page, cdp: CDPSession): Promise<Size> {
  for (let before = await sizeOf(cdp); ;) {
    await page.waitForTimeout(500)
    const now = await sizeOf(cdp)
    if (Math.abs(now.nodes - before.nodes) < 20) return now
    before = now
  }
}
/**
 * By how much a page has grown, at most; it may take a while until what is under way has come to rest and its remains are collected,
 * and what has grown for good never comes back.
 */
async function expectGrowth(cdp: CDPSession, before: Size, most: Size): Promise<void> {
  const grown = async () => {
    const { nodes, listeners, heap } = await sizeOf(cdp)
    const by = { nodes: nodes - before.nodes, listeners: listeners - before.listeners, heap: heap - before.heap }
    return Object.entries(by).filter(([what, n]) => n >= most[what as keyof Size])
  }
  await expect.poll(grown, { timeout: 20_000 }).toEqual([])
}
async function probe(page: Page): Promise<CDPSession> {
  const cdp = await page.context().newCDPSession(page)
  await cdp.send('Performance.enable')
  return cdp
}

/** one report after another of the same cell, each shown before the next */
async function report(send: Send, page: Page, from: number, times: number): Promise<number> {
  let seq = from
  for (let i = 0; i < times; i++)
    seq = await send('SubmitReports', {
      items: [
        { unit: 'A1', day: '2008-01-10', values: { accepted: 100 + (i % 40), issued: 20 + (i % 40) }, basedOn: seq },
      ],
    })
  await expect(watchOf(page).approved('count', 20 + ((times - 1) % 40))).toBeVisible()
  return seq
}

test('G6 After hundreds of updates a page holds no more nodes, listeners and memory than after the first', async ({
  enter,
}) => {
  test.setTimeout(180_000)
  const send = await sender(server, 'districtA')
  const page = await enter(server, 'office', '/u/A?target=count')
  const cdp = await probe(page)
  const seq = await report(send, page, 0, 80)
  const before = await restingSize(page, cdp)
  await report(send, page, seq, 240)
  // what the engine learns of its own code is some 1 MB
  await expectGrowth(cdp, before, { nodes: 200, listeners: 20, heap: 4e6 })
})

test('G6 Going from page to page leaves nothing behind', async ({ enter }) => {
  test.setTimeout(180_000)
  const page = await enter(server, 'office', '/u/A')
  const cdp = await probe(page)
  const round = async () => {
    for (const name of ['填报', '法律问题', '人员', '运行', '总览']) {
      await page.getByRole('navigation').first().getByRole('link', { name, exact: true }).click()
      await page.waitForTimeout(250)
    }
  }
  for (let i = 0; i < 4; i++) await round()
  const before = await restingSize(page, cdp)
  for (let i = 0; i < 12; i++) await round()
  await expectGrowth(cdp, before, { nodes: 600, listeners: 60, heap: 8e6 })
})

test('G6 Days that pass over an open sheet add what the days hold and no more', async ({ enter }) => {
  test.setTimeout(240_000)
  const page = await enter(server, 'office', '/sheet/A')
  const cdp = await probe(page)
  await expect(sheetOf(page).cell('A1', 'accepted')).toBeVisible()
  let n = 10
  const days = async (count: number) => {
    for (let i = 0; i < count; i++) {
      elapsed += 24 * HOUR
      server.clock.now = new Date(server.clock.now.getTime() + 24 * HOUR)
      n++
      await expect(page.getByTitle('选择日期')).toContainText(`1月${n}日`, { timeout: 20_000 })
    }
  }
  await days(6)
  const before = await restingSize(page, cdp)
  await days(14)
  await expectGrowth(cdp, before, { nodes: 400, listeners: 40, heap: 8e6 })
})

test('G3 S11 A page that was frozen says at once that it may be old, catches up, and has what was typed', async ({
  enter,
}) => {
  const send = await sender(server, 'districtB')
  const page = await enter(server, 'districtA', '/sheet/A')
  const watching = await enter(server, 'office', '/u/C?target=count')
  await sheetOf(page).type('A1', 'accepted', '77')
  await expect(watchOf(watching).approved('count', 0)).toBeVisible()
  const sessions = [await probe(page), await probe(watching)]
  for (const cdp of sessions) await cdp.send('Page.setWebLifecycleState', { state: 'frozen' })
  await send('SubmitReports', {
    items: [{ unit: 'B1', day: '2008-01-10', values: { accepted: 50, issued: 33 }, basedOn: 0 }],
  })
  await new Promise((done) => setTimeout(done, 15_000))
  for (const cdp of sessions) await cdp.send('Page.setWebLifecycleState', { state: 'active' })
  await expect(watchOf(watching).approved('count', 33)).toBeVisible({ timeout: 10_000 })
  for (const tab of [page, watching])
    await expect(tab.getByRole('banner').getByText('实时', { exact: true })).toBeVisible({ timeout: 10_000 })
  await expect(sheetOf(page).cell('A1', 'accepted')).toHaveValue('77')
  await sheetOf(page).type('A1', 'issued', '7')
  await sheetOf(page).send.click()
  await expect(sheetOf(page).accepted(2)).toBeVisible()
})
