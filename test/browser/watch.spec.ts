/** Looking at a unit: what the address holds, how one goes down, and that the desk needs no scrolling. */
import { setScene } from './scene.ts'
import { expect, panel, serverForFile, test, watchOf } from './support.ts'

const server = serverForFile()
test.beforeAll(async () => {
  await setScene(server)
})

test('The target that is asked for is in the address and stays while one goes down to the street', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/u/A')
  const watch = watchOf(page)
  await expect(watch.headline, 'its own comes before its part of the whole').toContainText('cover')
  await page.getByRole('article').getByRole('link', { name: /count/ }).click()
  await expect(watch.headline).toContainText('count')
  expect(new URL(page.url()).search).toBe('?target=count')

  await expect(watch.headline).toContainText('Unit A')
  await watch.ranking('A2').getByRole('link', { name: 'A2', exact: true }).click()
  await expect(page).toHaveURL(/\/u\/A2\?target=count$/)
  await expect(panel(page, '逐日报表').getByRole('row', { name: /^1月10日 争议/ }), 'a dispute shows').toBeVisible()
  await page.getByRole('link', { name: '打开日报表' }).click()
  await expect(page).toHaveURL(/\/sheet\/A\/2008-01-10\?at=A2$/)
})

test('Today leads to the sheet for who may see it, and to the unit for others', async ({ enter }) => {
  const office = await enter(server, 'office', '/u/C?target=count')
  await expect(watchOf(office).today.getByRole('link', { name: 'A3：待报' })).toHaveAttribute(
    'href',
    '/sheet/A/2008-01-10?at=A3/issued',
  )
  const viewer = await enter(server, 'viewer', '/u/C?target=count')
  await expect(watchOf(viewer).today.getByRole('link', { name: 'A3：待报' })).toHaveAttribute(
    'href',
    '/u/A3?target=count',
  )
})

test('Overview, district and street need no scrolling on a desk', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/C?target=count')
  for (const path of ['/u/C?target=count', '/u/A', '/u/A1']) {
    await page.goto(path)
    await page.locator('.place .chart svg').waitFor()
    const [width, height] = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement
      return [scrollWidth, scrollHeight]
    })
    expect([path, width, height]).toEqual([path, 1440, 900])
  }
})

test('The overview is built as one knows it: headline, cards, line beside ranking, four panels in a row', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/u/C?target=count')
  await page.locator('.place .chart svg').waitFor()
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  await expect(page.getByRole('article').getByRole('heading')).toHaveText([/^count/, /^cover/])
  const panels = ['累计与序时进度', '各district进度', 'street进度分布', '今日到报', '最近变动', '涉及数据的法律问题']
  await expect(page.locator('main').getByRole('heading', { level: 2 })).toHaveText([/^count/, /^cover/, ...panels])
  const boxes = await Promise.all(panels.map(async (title) => (await panel(page, title).boundingBox())!))
  const [line, ranking, ...row] = boxes
  expect(ranking!.y, 'the ranking stands beside the line').toBe(line!.y)
  expect(ranking!.x).toBeGreaterThan(line!.x + line!.width)
  for (const [i, box] of row.entries()) {
    expect(box.y, `${panels[i + 2]!} stands in the row below`).toBe(row[0]!.y)
    expect(box.y).toBeGreaterThanOrEqual(line!.y + line!.height)
    if (i > 0) expect(box.x).toBeGreaterThan(row[i - 1]!.x + row[i - 1]!.width)
  }
  // every card: how much, against what, how far from where it should be
  const card = page.getByRole('article').filter({ has: page.getByRole('heading', { name: /^count/ }) })
  for (const word of ['距序时', '日均需完成', '剩余工作日', '审定率']) await expect(card).toContainText(word)
  await expect(card.getByRole('img').first()).toBeVisible()
  await expect(panel(page, '各district进度').getByRole('columnheader')).toHaveText([
    /名次|^$/,
    '单位',
    '状态',
    /序时/,
    '完成率',
    '其后',
    '点差',
    '审定率',
    '近15日',
    '日均需',
  ])
  await expect(
    watchOf(page)
      .today.getByRole('listitem')
      .getByRole('link', { name: /^A\d：/ }),
  ).toHaveCount(3)
})
