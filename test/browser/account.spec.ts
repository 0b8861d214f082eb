/** One's own sessions, and a password that the office lets somebody choose anew. */
import { expect, markPage, serverForFile, sheetOf, signInByForm, test } from './support.ts'

const server = serverForFile()

test('N3 One sees where one is signed in, ends another session, and then all of them', async ({ enter }) => {
  const phone = await enter(server, 'districtA', '/u/A')
  await expect(phone.getByRole('heading', { level: 1 })).toBeVisible()
  const desk = await enter(server, 'districtA', '/')
  await desk.getByRole('button', { name: '我的账户' }).click()
  await desk.getByRole('link', { name: '我的登录' }).click()
  const rows = desk.getByRole('table').getByRole('row')
  await expect(rows).toHaveCount(3)
  await expect(desk.getByRole('table')).toContainText('本设备')
  const stayed = await markPage(phone)
  await desk.getByRole('button', { name: /^退出/ }).click()
  await expect(phone.getByText('登录已在别处结束或已过期，请重新登录。')).toBeVisible()
  await stayed()
  await expect(rows).toHaveCount(2)
  await desk.getByRole('button', { name: '在所有设备上退出' }).click()
  await expect(desk.getByRole('heading', { name: '登录' })).toBeVisible()
})

test('N1 N3 Signing out everywhere is said on the other browser within two seconds, and what was typed there is kept', async ({
  enter,
}) => {
  const other = await enter(server, 'otherA', '/sheet/A')
  const sheet = sheetOf(other)
  await sheet.type('A2', 'accepted', '37')
  await expect(sheet.cell('A2', 'accepted')).toHaveValue('37')
  const stayed = await markPage(other)
  const desk = await enter(server, 'otherA', '/account')
  await desk.getByRole('button', { name: '在所有设备上退出' }).click()
  await expect(other.getByText('登录已在别处结束或已过期，请重新登录。')).toBeVisible({ timeout: 2_000 })
  await expect(sheet.cell('A2', 'accepted')).toHaveCount(0)
  await stayed()
  await signInByForm(other, 'otherA')
  await expect(sheet.cell('A2', 'accepted')).toHaveValue('37')
})

test('N7 The office hands out a link; a new password is chosen by it, once, and the old sessions end', async ({
  enter,
}) => {
  const theirs = await enter(server, 'districtB', '/u/B')
  const office = await enter(server, 'office', '/people')
  const row = office.getByRole('row').filter({ hasText: 'District B' })
  await row.getByRole('button', { name: '重置密码' }).click()
  const dialog = office.getByRole('dialog', { name: '重置District B的密码' })
  await dialog.getByRole('button', { name: '生成一次性链接' }).click()
  const link = await dialog.getByLabel('一次性链接').inputValue()

  const fresh = await enter(server, null, new URL(link).pathname + new URL(link).hash)
  await expect(fresh.getByText('District B（登录名 districtB）的新密码：')).toBeVisible()
  const choose = async (password: string) => {
    await fresh.getByLabel('新密码').fill(password)
    await fresh.getByLabel('再次输入密码').fill(password)
    await fresh.getByRole('button', { name: '设定并进入' }).click()
  }
  await choose('Password2008')
  await expect(fresh.getByRole('alert')).toContainText('过于常见')
  await choose('quite another battery')
  await expect(fresh.getByRole('button', { name: '我的账户' })).toContainText('District B')
  await expect(theirs.getByText('登录已在别处结束或已过期，请重新登录。')).toBeVisible()
  await signInByForm(theirs, 'districtB', 'quite another battery')
  await expect(theirs.getByRole('button', { name: '我的账户' })).toContainText('District B')

  const late = await enter(server, null, new URL(link).pathname + new URL(link).hash)
  await expect(late.getByRole('alert')).toContainText('已用过')
})

test('N12 Who is invited joins by the link, and the token stands in no address that leaves the browser', async ({
  enter,
}) => {
  const office = await enter(server, 'office', '/people')
  await office.getByRole('button', { name: '邀请人员' }).click()
  const dialog = office.getByRole('dialog', { name: '邀请人员' })
  await dialog.getByLabel('姓名').fill('New Person')
  await dialog.getByLabel('单位').selectOption('B')
  await dialog.getByRole('button', { name: '生成一次性链接' }).click()
  const { pathname, hash } = new URL(await dialog.getByLabel('一次性链接').inputValue())
  const token = hash.slice(1)
  expect([pathname, token.length]).toEqual(['/join', 43])

  const page = await enter(server, null, '/join#an-old-one')
  const left: string[] = []
  page.on('request', (request) => left.push(request.url(), request.headers().referer ?? ''))
  await expect(page.getByRole('alert')).toContainText('已用过')
  // opened in the same tab, where nothing is loaded for it
  await page.goto(pathname + hash)
  await page.getByLabel('登录名').fill('newperson')
  await page.getByLabel('密码', { exact: true }).fill('correct horse battery')
  await page.getByLabel('再次输入密码').fill('correct horse battery')
  await page.getByRole('button', { name: '开通并进入' }).click()
  await expect(page.getByRole('button', { name: '我的账户' })).toContainText('New Person')
  await page.reload()
  await expect(page.getByRole('button', { name: '我的账户' })).toContainText('New Person')
  expect(left.length).toBeGreaterThan(10)
  for (const address of [...left, page.url()]) expect(address).not.toContain(token)
})

test('N5 A session that ends soon says so, and the password goes on without leaving the page', async ({ enter }) => {
  const page = await enter(server, 'legal', '/signin')
  await expect(page.getByRole('button', { name: '我的账户' })).toBeVisible()
  await page.route('**/api/v1/session', async (route) => {
    if (route.request().method() !== 'GET') return route.continue()
    const response = await route.fetch()
    await route.fulfill({ response, json: { ...((await response.json()) as object), endsIn: 540_000 } })
  })
  await page.goto('/issues')
  const notice = page.getByRole('status').filter({ hasText: '本次登录将于' })
  await expect(notice).toContainText('都保存在本设备上')
  await page.getByLabel('密码').fill('correct horse battery')
  await page.unrouteAll({ behavior: 'wait' })
  const stayed = await markPage(page)
  await page.getByRole('button', { name: '继续' }).click()
  await expect(notice).toHaveCount(0)
  await expect(page.getByText('实时', { exact: true })).toBeVisible()
  await stayed()
})
