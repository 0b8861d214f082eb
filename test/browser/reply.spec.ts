/** Case L6 in real tabs, as it was reported. */
import { expect, sender, serverForFile, test } from './support.ts'

const server = serverForFile()

test('G3 Case L6: a reply that one tab keeps on the device is not taken away by another tab of the same question', async ({
  enter,
}) => {
  const send = await sender(server, 'legal')
  await send('LogIssue', {
    ...{ title: 'Whose permit', text: 'It is not said.', category: 'fee', unit: 'A' },
    ...{ from: '2008-01-09', to: null, article: null, counters: [] },
  })
  const first = await enter(server, 'legal', '/issues/1')
  const context = first.context()
  const box = (page: typeof first) => page.getByRole('textbox', { name: '回复' })
  await expect(box(first)).toBeVisible()
  const second = await context.newPage()
  await second.goto('/issues/1')
  await expect(box(second)).toBeVisible()

  const words = 'A considered answer, of which the second half is still to come'
  await box(first).fill(words)
  await box(second).fill('x')
  await expect(box(first), 'nothing changes under the hands').toHaveValue(words)
  await box(second).fill('')
  await expect(first.getByText('草稿存于本机')).toBeVisible()
  await first.close()
  const again = await context.newPage()
  await again.goto('/issues/1')
  await expect(box(again)).toHaveValue(words)

  // sent from one tab, it is a draft in none
  await again.getByRole('button', { name: '提交' }).click()
  await expect(again.getByText(words).first()).toBeVisible()
  await expect(box(again)).toHaveValue('')
  await second.reload()
  await expect(second.getByText(words).first()).toBeVisible()
  await expect(box(second)).toHaveValue('')
})
