/** The demonstration as a visitor meets it: one click, moving figures, and never a word that they are real. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { Page } from '@playwright/test'
import { expect, test } from './support.ts'

const MARK = '模拟数据'
const ROOT = join(import.meta.dirname, '../..')
let folder = ''
let demo: ChildProcess | undefined
const server = { url: '', upAt: 0 }

test.beforeAll(async () => {
  test.setTimeout(120_000)
  folder = mkdtempSync(join(tmpdir(), 'rollout-demo-'))
  const node = join(ROOT, 'node_modules/.bin/node')
  const options = ['--port', '0', '--host', '127.0.0.1', '--day-seconds', '5', '--data', folder]
  demo = spawn(node, [join(ROOT, 'server/tools/demo.ts'), ...options], { stdio: ['ignore', 'pipe', 'inherit'] })
  for await (const line of createInterface({ input: demo.stdout! })) {
    const [url] = /http:\/\/\S+/.exec(line) ?? []
    if (url === undefined) continue
    Object.assign(server, { url, upAt: Date.now() })
    break
  }
  expect(server.url, 'the demonstration says where it is').not.toBe('')
  demo.stdout!.resume()
})
test.afterAll(async () => {
  if (demo?.exitCode === null) {
    const gone = once(demo, 'exit')
    demo.kill('SIGTERM')
    await gone
  }
  rmSync(folder, { recursive: true, force: true })
})

const mark = (page: Page) => page.getByText(MARK, { exact: true }).first()
/** The buttons of the sign-in page: one person each, under the name of a role. */
const doors = (page: Page) => page.getByRole('button', { name: /^以.+的身份进入$/ })
const enterAs = (page: Page, name: string) =>
  page.getByRole('button', { name: new RegExp(`^以${name} · .+的身份进入$`) }).click()

test('Figures move within ten seconds of the server being up', async ({ enter }) => {
  const page = await enter(server, null, '/')
  await expect(mark(page)).toBeVisible()
  await enterAs(page, '周汝澍')
  // the large figure rolls when a page opens, the words for it do not
  const bar = page.getByRole('img', { name: /≥ 500\s?万张：审定 .+，占目标/ })
  const before = (await bar.getAttribute('aria-label')) ?? ''
  const left = 10_000 - (Date.now() - server.upAt)
  await expect(bar).not.toHaveAttribute('aria-label', before, { timeout: Math.max(left, 1) })
  const ms = Date.now() - server.upAt
  test.info().annotations.push({ type: 'moving', description: `${String(ms)} ms after the server was up` })
})

test('The sign-in page offers one click for every role, and every page says what the figures are', async ({
  enter,
}) => {
  const page = await enter(server, null, '/')
  await expect(page.getByText('本系统中的一切数字由程序模拟')).toBeVisible()
  const groups = page.getByRole('heading', { level: 3 })
  await expect(groups).toHaveText([/^推居办/, /^区填报员/, /^法制办/, /^只读/])
  const names = await doors(page).evaluateAll((buttons) => buttons.map((b) => b.querySelector('b')?.textContent ?? ''))
  expect(names).toEqual(['周汝澍', '林汝岚', '何秉舟', '沈维岑', '市领导'])

  for (const name of names) {
    await enterAs(page, name)
    await expect(page.getByRole('button', { name: '我的账户' })).toContainText(name)
    const pages = page.getByRole('navigation', { name: '主导航' }).first().getByRole('link')
    for (let i = 0; i < (await pages.count()); i++) {
      await pages.nth(i).click()
      await expect(pages.nth(i)).toHaveAttribute('aria-current', 'page')
      await expect(mark(page)).toBeVisible()
      await expect(page).toHaveTitle(new RegExp(MARK))
    }
    await page.getByRole('button', { name: '我的账户' }).click()
    await page.getByRole('button', { name: '退出登录' }).click()
    await expect(doors(page).first()).toBeVisible()
  }
})

test('The mark stands on every kind of page, on a phone, and in print', async ({ enter }) => {
  const page = await enter(server, null, '/')
  await enterAs(page, '林汝岚')
  await expect(mark(page)).toBeVisible()
  for (const path of ['/u/440307', '/sheet', '/issues', '/issues/1', '/issues/new', '/nowhere']) {
    await page.goto(path)
    await expect(mark(page), path).toBeVisible()
    await page.emulateMedia({ media: 'print' })
    await expect(
      page.getByRole('banner').getByText('模拟数据').filter({ visible: true }),
      `${path} in print`,
    ).toBeVisible()
    await page.emulateMedia({ media: 'screen' })
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(mark(page), `${path} on a phone`).toBeInViewport()
    await page.setViewportSize({ width: 1440, height: 900 })
  }
})
