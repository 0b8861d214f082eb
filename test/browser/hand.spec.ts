/** The sheet in the hand and by keys: what became of sending, why nothing goes out, and the way from a cell to its fix. */
import { expect, serverForFile, sheetOf, test } from './support.ts'

const server = serverForFile()
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }

test('G4 On the phone a question is ticked where it stands, Send says why it waits and what became of it', async ({
  enter,
}) => {
  const page = await enter(server, 'otherA', '/sheet', PHONE)
  await page.getByRole('button', { name: 'Unit A2' }).tap()
  const told = page.locator('.bottom').getByRole('status')
  const send = page.locator('.bottom .primary')
  await page.getByRole('textbox', { name: /^accepted/ }).tap()
  await page.keyboard.type('5')
  await page.keyboard.press('Enter')
  // more issued than accepted is asked about
  await page.keyboard.type('50')
  await page.keyboard.press('Enter')
  await expect(send).toBeDisabled()
  await expect(told).toContainText('有 1 处提醒待确认')
  const tick = page.getByRole('checkbox', { name: /确认属实/ }).first()
  await tick.focus()
  const [box, bar] = [await tick.boundingBox(), await page.locator('.bottom').boundingBox()]
  expect(box!.y + box!.height, 'not under the bars').toBeLessThanOrEqual(bar!.y)
  expect(Math.min(box!.width, box!.height)).toBeGreaterThanOrEqual(24)
  await tick.tap()
  await send.tap()
  await expect(told).toContainText('已接收 2 格')
  await expect(told).toBeInViewport()

  await page.context().setOffline(true)
  await page.getByRole('textbox', { name: /^accepted/ }).tap()
  await page.keyboard.type('51')
  await page.keyboard.press('Enter')
  await send.tap()
  await expect(told).toContainText('恢复连接后自动提交', { timeout: 20_000 })
  await page.context().setOffline(false)
  await expect(told).toContainText('已接收 1 格', { timeout: 40_000 })
})

test('G4 From wherever one is on the sheet one key leads to the first problem cell, and one more to its fix', async ({
  enter,
}) => {
  const page = await enter(server, 'districtA', '/sheet/A')
  await sheetOf(page).type('A3', 'accepted', '12x')
  await page.goto('/u/C')
  await expect(page.getByText('实时', { exact: true })).toBeVisible()
  await page.getByRole('link', { name: /^填报/ }).first().focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/sheet(\/A)?$/)
  const cell = sheetOf(page).cell('A3', 'accepted')
  await expect(cell).toBeVisible()
  await page.keyboard.press('F8')
  await expect(cell).toBeFocused()
  await page.keyboard.press('F8')
  await expect(sheetOf(page).todos.locator('.todo').getByRole('button').first()).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(cell).toBeFocused()
})

test('G4 Every control of the sheet, of people and of the operation is 24 px or more each way', async ({ enter }) => {
  for (const options of [{}, PHONE])
    for (const path of ['/sheet/A', '/people', '/operation', '/account']) {
      const page = await enter(server, 'office', path, options)
      await expect(page.getByText('实时', { exact: true })).toBeVisible()
      await page.waitForTimeout(500)
      const small = await page.evaluate(() =>
        [...document.querySelectorAll('a, button, input, select, textarea, summary')].flatMap((control) => {
          const { width, height } = control.getBoundingClientRect()
          // what is for screen readers alone has no size
          const isSmall = width > 1 && height > 1 && (width < 24 || height < 24)
          return isSmall ? [`${control.tagName} ${control.textContent} ${width}×${height}`] : []
        }),
      )
      expect(small, path).toEqual([])
      await page.close()
    }
})
