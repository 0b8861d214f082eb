/** Inviting a whole list, withdrawing an invitation, and a machine from its token to the mark beside its figure. */
import { readFile } from 'node:fs/promises'
import { expect, panel, serverForFile, sheetOf, test } from './support.ts'

const DAY = '2008-01-10'

const server = serverForFile()

test('A pasted list is looked through, then invited as a whole; its links are shown once, and one is withdrawn', async ({
  enter,
}) => {
  const page = await enter(server, 'office', '/people')
  await page.getByRole('button', { name: '批量邀请' }).click()
  const dialog = page.getByRole('dialog', { name: '批量邀请' })
  await dialog.getByLabel('名单').fill('姓名\t单位\t任务\n赵一\tA\t填报\n钱二\tNowhere\t审核\nOffice\tB\n')
  await dialog.getByRole('button', { name: '核对' }).click()
  await expect(dialog.getByRole('alert').getByRole('listitem')).toHaveText([/^第 3 行/, /^第 4 行/])
  await dialog.getByLabel('名单').fill('姓名\t单位\t任务\n赵一\tA\t填报\n钱二\tB\t审核\n')
  await dialog.getByRole('button', { name: '核对' }).click()
  await expect(dialog.getByRole('status')).toContainText('2 人，全部可以邀请')
  await dialog.getByRole('button', { name: '邀请 2 人' }).click()
  await expect(dialog.getByRole('row')).toHaveCount(3)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: '下载名单和链接' }).click(),
  ])
  const file = await readFile(await download.path(), 'utf8')
  expect(file.match(/\/join#/g)).toHaveLength(2)
  await dialog.getByRole('button', { name: '关闭' }).click()

  const waiting = panel(page, '未用的邀请')
  await expect(waiting.getByRole('listitem')).toHaveCount(2)
  await waiting.getByRole('button', { name: '撤回 赵一' }).click()
  await expect(waiting.getByRole('button', { name: '确认撤回赵一的邀请' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(waiting.getByRole('listitem')).toHaveCount(1)
  await expect(waiting.getByRole('listitem')).toContainText('钱二')
  const [link = ''] = /http\S+join#[\w-]+/.exec(file) ?? []
  const invited = await enter(server, null, new URL(link).pathname + new URL(link).hash)
  await expect(invited.getByText('这个链接已用过')).toBeVisible()
})

test('An official makes a machine, which reports by its token and is marked wherever it did', async ({ enter }) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  await page.getByRole('button', { name: '我的账户' }).click()
  await page.getByRole('link', { name: '系统接口' }).click()
  await page.getByRole('button', { name: '新建接口' }).click()
  const dialog = page.getByRole('dialog', { name: '新建系统接口' })
  await dialog.getByLabel('系统名称').fill('受理系统')
  await dialog.getByRole('button', { name: '生成令牌' }).click()
  const token = await dialog.getByLabel('令牌', { exact: true }).inputValue()
  await dialog.getByRole('button', { name: '关闭' }).click()
  await expect(page.getByRole('listitem').filter({ hasText: '受理系统' })).toContainText('从未使用')

  const answer = await fetch(`${server.url}/api/v1/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ id: 'machine-test-1', kind: 'SubmitReports' },
      data: { items: [{ unit: 'A1', day: DAY, values: { accepted: 7, issued: 3 }, basedOn: 0 }] },
    }),
  })
  expect(await answer.json()).toMatchObject({ ok: true })
  await page.reload()
  await expect(page.getByRole('listitem').filter({ hasText: '受理系统' })).toContainText('最近使用')
  await page.getByRole('button', { name: '停用 受理系统' }).click()
  const ending = page.getByRole('dialog', { name: '停用受理系统' })
  await ending.getByLabel('理由').fill('换新系统')
  await ending.getByRole('button', { name: '停用' }).click()
  await expect(page.getByText('还没有系统接口。')).toBeVisible()
  const late = await fetch(`${server.url}/api/v1/changes?scope=unit:A`, {
    headers: { authorization: `Bearer ${token}` },
  })
  expect(late.status).toBe(401)

  await page.goto(`/sheet/A/${DAY}`)
  await sheetOf(page).cell('A1', 'issued').click()
  await expect(sheetOf(page).versions).toContainText('受理系统（系统接口）')
})
