/** The pages under their security policy: nothing of theirs breaks it, and what does is stopped and seen. */
import type { Page } from '@playwright/test'
import { expect, serverForFile, test, watchBorder } from './support.ts'

const server = serverForFile()

/** Pages with everything that draws, and those of strangers and of nobody. */
const PAGES: readonly [login: string | null, path: string, last: string][] = [
  [null, '/', 'form'],
  [null, '/join#x', 'h1'],
  [null, '/reset#x', 'h1'],
  ['office', '/', '.chart svg'],
  ['office', '/nothing', 'h1'],
  ['districtA', '/sheet/A', 'input'],
]

test('W5 charts, hints and pages that come and go break nothing', async ({ enter }) => {
  for (const [login, path, last] of PAGES) {
    const page = await enter(server, login, path)
    await page.locator(last).first().waitFor()
  }
  const page = await enter(server, 'office', '/')
  const chart = page.locator('.chart').first()
  const box = (await chart.boundingBox())!
  await expect(async () => {
    await page.mouse.move(box.x + box.width * Math.random(), box.y + box.height / 2, { steps: 4 })
    await expect(page.locator('.chart-hint').first()).toBeVisible({ timeout: 500 })
  }).toPass()
  // the chart goes with its page and comes again
  await page.goto('/nothing')
  await page.goBack()
  await chart.waitFor()
  await page.getByRole('button', { name: '表', exact: true }).first().click()
  await page.getByRole('button', { name: '图', exact: true }).first().click()
  await chart.waitFor()
})

/** What somebody would try whose text had become part of a page, each with the directive that stops it. */
const TRICKS: readonly [what: string, directive: string, run: (page: Page) => Promise<unknown>][] = [
  [
    'a script in the page',
    'require-trusted-types-for',
    (page) =>
      page.evaluate(() => {
        const script = document.createElement('script')
        script.textContent = 'document.title = "got in"'
        document.body.append(script)
      }),
  ],
  [
    'a script from elsewhere',
    'script-src-elem',
    (page) => page.evaluate(() => import(String('http://127.0.0.1:1/x.js'))),
  ],
  [
    'text run as a program',
    'require-trusted-types-for',
    (page) => page.evaluate(() => setTimeout('document.title = "got in"')),
  ],
  [
    'a style in the page',
    'style-src-elem',
    (page) =>
      page.evaluate(() => {
        const style = document.createElement('style')
        style.textContent = 'body { display: none }'
        document.head.append(style)
      }),
  ],
  [
    'a style on an element',
    'style-src-attr',
    (page) => page.evaluate(() => document.body.setAttribute('style', 'display: none')),
  ],
  [
    'markup from a text',
    'require-trusted-types-for',
    (page) => page.evaluate(() => (document.body.innerHTML = '<b>x</b>')),
  ],
  [
    'a policy of its own',
    'trusted-types',
    (page) =>
      page.evaluate(
        () =>
          void (
            window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
          ).trustedTypes.createPolicy('own', {}),
      ),
  ],
  [
    'a picture that tells somebody',
    'img-src',
    (page) => page.evaluate(() => void (new Image().src = 'http://127.0.0.1:1/x.png')),
  ],
  ['an answer sent to somebody', 'connect-src', (page) => page.evaluate(() => fetch('http://127.0.0.1:1/'))],
  [
    'a page inside the page',
    'frame-src',
    (page) =>
      page.evaluate(() => {
        const frame = document.createElement('iframe')
        frame.src = 'http://127.0.0.1:1/'
        document.body.append(frame)
      }),
  ],
]

for (const [what, directive, run] of TRICKS)
  test(`W5 ${what} is stopped, and the guard of all these tests sees it`, async ({ browser }) => {
    const context = await browser.newContext({ baseURL: server.url })
    const seen: string[] = []
    await watchBorder(context, (violation) => seen.push(violation))
    const page = await context.newPage()
    await page.goto('/')
    await page.locator('form').waitFor()
    const title = await page.title()
    await run(page).catch(() => undefined)
    await expect.poll(() => seen.join('\n')).toContain(`forbidden: ${directive} by`)
    expect(await page.title()).toBe(title)
    await expect(page.locator('form')).toBeVisible()
    await context.close()
  })

test('W5 a library that tries whether it may compile a text, and keeps quiet about it, is seen as well', async ({
  browser,
}) => {
  const context = await browser.newContext({ baseURL: server.url })
  const seen: string[] = []
  await watchBorder(context, (violation) => seen.push(violation))
  const body = 'try { new Function("") } catch { document.title = "quiet" }'
  await context.route('**/boot.js', (route) => route.fulfill({ contentType: 'text/javascript', body }))
  await (await context.newPage()).goto('/')
  await expect.poll(() => seen.join('\n')).toMatch(/forbidden: (script-src|require-trusted-types-for) by/)
  await context.close()
})
