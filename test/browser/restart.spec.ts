/** A server that is restarted: the page says so at once, and is live again by itself. */
import { expect, markPage, serverForFile, test, watchOf } from './support.ts'

const server = serverForFile()

test('H2 When the server is restarted the page says so at once, nobody is signed out, and it is live again by itself', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/u/C?target=count')
  const mark = (word: string) => page.getByRole('banner').getByText(word, { exact: true })
  await expect(mark('实时')).toBeVisible()
  await expect(watchOf(page).approved('count', 0)).toBeVisible()
  const stayed = await markPage(page)

  const stopped = server.stop()
  await expect(mark('重启中')).toBeVisible({ timeout: 2_000 })
  await stopped
  await server.start()
  await expect(mark('实时')).toBeVisible({ timeout: 10_000 })
  await expect(watchOf(page).approved('count', 0)).toBeVisible()
  await stayed()
})

test('H2 A page whose parts cannot be fetched at first, since the server is restarting, gets them as soon as it is back', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/account')
  const lost = new Map<string, number>()
  await page.context().route(/assets\/(UnitEntry|WatchPage)-.*\.js$/, (route) => {
    const part = /assets\/(\w+)-/.exec(route.request().url())![1]!
    lost.set(part, (lost.get(part) ?? 0) + 1)
    return lost.get(part)! <= 2 ? route.abort('connectionrefused') : route.continue()
  })
  await page.goto('/u/C?target=count')
  await expect(watchOf(page).approved('count', 0)).toBeVisible()
  expect(Object.fromEntries(lost)).toEqual({ UnitEntry: 3, WatchPage: 3 })
})
