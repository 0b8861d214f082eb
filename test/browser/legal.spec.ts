/** A legal question from its logging to its answer, on the screens of those who wait for it. */
import { expect, markPage, panel, serverForFile, test } from './support.ts'

const server = serverForFile()
const TITLE = 'May a fee be charged for a lost permit?'

test('A question appears in the list and on the chart of those who watch, and is answered, closed and reopened', async ({
  enter,
}) => {
  const office = await enter(server, 'office', '/u/C?target=count')
  const chart = panel(office, '累计与序时进度')
  const touching = panel(office, '涉及数据的法律问题')
  await expect(touching).toContainText('没有涉及这些数据的未结法律问题')
  await expect(chart.getByText('§1')).toHaveCount(0)
  const legal = await enter(server, 'legal', '/issues')
  await expect(legal.getByText('还没有法律问题。')).toBeVisible()
  const officeStayed = await markPage(office)
  const legalStayed = await markPage(legal)

  // logged by the district, in its own place
  const district = await enter(server, 'districtA', '/issues')
  await district.getByRole('link', { name: '登记问题' }).first().click()
  await district.getByRole('button', { name: '提交' }).click()
  await expect(district.getByRole('alert').first(), 'an empty form is refused').toBeVisible()
  await expect(district.getByLabel('地区').getByRole('option')).toHaveText([
    '请选择',
    'Unit A',
    /Unit A1/,
    /Unit A2/,
    /Unit A3/,
  ])
  await district.getByLabel('问题', { exact: true }).fill(TITLE)
  await district.getByLabel('说明').fill('Two stations charge, one does not.')
  await district.getByLabel('类别').selectOption({ label: 'fee' })
  await district.getByLabel('地区').selectOption({ label: 'Unit A' })
  await district.getByLabel('自', { exact: true }).fill('2008-01-07')
  await district.getByLabel('issued').check()
  await district.getByRole('button', { name: '提交' }).click()
  await expect(district).toHaveURL(/\/issues\/1$/)
  await expect(district.getByRole('heading', { name: TITLE })).toBeVisible()
  await expect(district.getByText('T〔2008〕1')).toBeVisible()

  await expect(legal.getByRole('link', { name: TITLE })).toBeVisible()
  await expect(legal.getByText('未结 1 件')).toBeVisible()
  await expect(touching.getByRole('link', { name: TITLE })).toContainText('§1')
  await expect(chart.getByText('§1')).toBeVisible()
  await officeStayed()

  // answered by legal while the district writes
  const words = 'Station 3 has stopped charging'
  const replyOf = (page: typeof legal) => page.getByRole('textbox', { name: '回复' })
  await replyOf(district).fill(words)
  const districtStayed = await markPage(district)
  await legal.getByRole('link', { name: TITLE }).click()
  await replyOf(legal).fill('Not before the fee is listed.')
  await legal.getByRole('button', { name: '提交' }).click()
  const steps = district.getByRole('list', { name: '经过' })
  await expect(steps).toContainText('Not before the fee is listed.')
  await expect(replyOf(district)).toHaveValue(words)
  await expect(replyOf(legal)).toHaveValue('')

  // closed with a reason, under the words of the district
  await legal.getByRole('button', { name: '结案', exact: true }).first().click()
  await legal.getByRole('button', { name: '结案', exact: true }).last().click()
  await expect(legal.getByRole('alert'), 'a reason is asked for').toContainText('这一项没有填')
  await legal.getByRole('textbox', { name: '结案' }).fill('Answered by the list of fees.')
  await legal.getByRole('button', { name: '结案', exact: true }).last().click()
  await expect(steps).toContainText('Answered by the list of fees.')
  await expect(district.getByRole('alert')).toContainText('Legal已结案：Answered by the list of fees.')
  await expect(district.getByRole('alert')).toContainText('您填写的内容仍在，尚未提交。')
  await expect(replyOf(district)).toHaveValue(words)
  await expect(touching).toContainText('没有涉及这些数据的未结法律问题')
  await expect(chart.getByText('§1'), 'it did touch these figures').toBeVisible()

  // reopened with a reason: now the district's words go in
  await legal.getByRole('textbox', { name: '重新打开' }).fill('A fourth station charges.')
  await legal.getByRole('button', { name: '重新打开', exact: true }).last().click()
  await expect(steps).toContainText('A fourth station charges.')
  await expect(replyOf(district)).toHaveValue(words)
  await district.getByRole('button', { name: '提交' }).click()
  await expect(legal.getByRole('list', { name: '经过' })).toContainText(words)
  await expect(replyOf(district)).toHaveValue('')
  await expect(touching.getByRole('link', { name: TITLE })).toContainText('答复 2')
  await districtStayed()
  await legalStayed()
})
