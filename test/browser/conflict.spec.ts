/** Two people at one cell: neither is lost, both see it, one settles it. */
import type { Page } from '@playwright/test'
import { expect, serverForFile, sheetOf, test, watchOf } from './support.ts'

const server = serverForFile()

/** Holds back what the server tells a page until the returned function is called. */
async function holdPatches(page: Page): Promise<() => void> {
  let held: (() => void)[] | null = []
  await page.routeWebSocket(/socket\.io/, (socket) => {
    const up = socket.connectToServer()
    up.onMessage((message) => {
      const pass = () => socket.send(message)
      if (held !== null && typeof message === 'string' && /^42\["(patch|proof)"/.test(message)) held.push(pass)
      else pass()
    })
  })
  return () => {
    held?.forEach((pass) => pass())
    held = null
  }
}

/** Both screens show the dispute; `settler` takes the other's figure; then both show the same. */
async function settle(settler: Page, other: Page, unit: string, figure: string): Promise<void> {
  for (const page of [settler, other]) {
    const { todos, line, cell } = sheetOf(page)
    await expect(line(unit)).toContainText('争议')
    await expect(todos.getByRole('listitem').filter({ hasText: `${unit} 1/10` })).toContainText('一格两数')
    await expect(cell(unit, 'issued')).not.toBeEditable()
  }
  await sheetOf(settler)
    .todos.getByRole('button', { name: /^采用(?!我的数)/ })
    .click()
  const dialog = settler.getByRole('dialog', { name: `核定 Unit ${unit} issued 1月10日` })
  await expect(dialog).toContainText(figure)
  await dialog.getByRole('button', { name: '核定' }).click()
  await expect(dialog, 'a reason is asked for').toBeVisible()
  await dialog.getByLabel('理由').fill('counted from the forms')
  await dialog.getByRole('button', { name: '核定' }).click()
  await expect(dialog).toHaveCount(0)
  for (const page of [settler, other]) {
    const { line, cell } = sheetOf(page)
    await expect(line(unit)).toContainText('审定')
    await expect(cell(unit, 'issued')).toHaveValue(figure)
    await expect(cell(unit, 'issued')).toBeEditable()
  }
}

test('Two counts that cross on the way become a dispute that both see; one settles it with a reason', async ({
  enter,
}) => {
  const first = await enter(server, 'districtA', '/sheet/A')
  const second = await enter(server, 'otherA', 'about:blank')
  const release = await holdPatches(second)
  await second.goto('/sheet/A')
  await sheetOf(first).report('A1', 300, 120)
  await sheetOf(second).report('A1', 300, 210)
  await sheetOf(first).send.click()
  await expect(sheetOf(first).accepted(2)).toBeVisible()
  await sheetOf(second).send.click()
  await expect(sheetOf(second).accepted(2)).toBeVisible()
  release()
  await settle(first, second, 'A1', '210')

  const office = await enter(server, 'office', '/u/A?target=count')
  await expect(watchOf(office).ranking('A1')).toContainText('+7.00')
  await first.goto('/u/A?target=count')
  await second.goto('/u/A?target=count')
  for (const page of [office, first, second]) await expect(watchOf(page).approved('count', 210)).toBeVisible()
})

test('A count that another changed while it was typed is asked about, and may be left to be settled', async ({
  enter,
}) => {
  const first = await enter(server, 'districtA', '/sheet/A')
  const second = await enter(server, 'otherA', '/sheet/A')
  await sheetOf(second).report('A2', 300, 31)
  await sheetOf(first).report('A2', 300, 13)
  await sheetOf(first).send.click()
  const asked = sheetOf(second).todos.getByRole('listitem').filter({ hasText: '他人已改同一格' })
  await expect(asked).toContainText('您31')
  await expect(asked).toContainText('District A13')
  await expect(sheetOf(second).cell('A2', 'issued'), 'the typing stays').toHaveValue('31')
  await asked.getByRole('button', { name: '保留两个数，交核定' }).click()
  await sheetOf(second).send.click()
  await settle(second, first, 'A2', '13')
})
