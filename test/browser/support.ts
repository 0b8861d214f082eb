/** People in browsers: a server for the file, everybody in a context of their own, found by what they see. */
import {
  type BrowserContext,
  type BrowserContextOptions,
  expect,
  type Locator,
  type Page,
  test as base,
} from '@playwright/test'
import type { Answer, CommandData, CommandKind } from '../../shared/command.ts'
import { PASSWORD, type ServerProcess, signIn, startProcess } from '../support/process.ts'

export { expect }

/** Opens a page in a context of its own; `login` null = a stranger. */
export type Enter = (
  server: { url: string },
  login: string | null,
  path: string,
  options?: BrowserContextOptions,
) => Promise<Page>

export const test = base.extend<{ enter: Enter }>({
  enter: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    const faults: string[] = []
    await use(async (server, login, path, options = {}) => {
      const context = await browser.newContext({ baseURL: server.url, ...options })
      contexts.push(context)
      context.on('page', (page) => listen(page, (fault) => isOurs(fault) && faults.push(fault)))
      await watchBorder(context, (violation) => faults.push(violation))
      if (login !== null) await signInAs(context, login)
      const page = await context.newPage()
      await page.goto(path)
      return page
    })
    for (const context of contexts) await context.close()
    expect(faults, 'nothing went wrong unseen').toEqual([])
  },
})

/** A lost or refused request is the server's answer, not the page's fault. */
const isOurs = (fault: string) =>
  !/Failed to load resource|WebSocket connection to|Refused to apply style from/.test(fault)

/** Tells of every error in the page: uncaught, on the console, or against the content security policy. */
export function listen(page: Page, tell: (fault: string) => void): void {
  page.on('pageerror', (error) => tell(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' || /Content.Security.Policy|\[Vue warn\]|\[intlify\]/.test(message.text()))
      tell(`${message.type()}: ${message.text()}`)
  })
}

/** Tells of all that the security policy has forbidden in any page, also where a library keeps quiet about it (W5). */
export async function watchBorder(context: BrowserContext, tell: (violation: string) => void): Promise<void> {
  await context.exposeBinding('tellViolation', (_, violation: string) => tell(violation))
  await context.addInitScript(() => {
    const { tellViolation } = window as unknown as { tellViolation: (violation: string) => void }
    document.addEventListener('securitypolicyviolation', (e) =>
      tellViolation(
        `forbidden: ${e.violatedDirective} by ${e.blockedURI} at ${e.sourceFile}:${String(e.lineNumber)} ${e.sample}`,
      ),
    )
  })
}

/** Starts a server before the file's first test and stops it after the last; its programme has no review unless told. */
export function serverForFile({
  reviewLevels = 0,
  programme = 'tiny' as 'tiny' | 'long' | 'silent' | 'kept',
} = {}): ServerProcess {
  let server: ServerProcess | undefined
  const running = () => {
    if (server === undefined) throw new Error('the server is not up')
    return server
  }
  test.beforeAll(async () => {
    server = await startProcess(reviewLevels, 0, undefined, programme)
  })
  test.afterAll(() => server?.close())
  return {
    get url() {
      return running().url
    },
    pid: () => running().pid(),
    kill: () => running().kill(),
    stop: () => running().stop(),
    start: () => running().start(),
    close: () => running().close(),
  }
}

/** Signs a context in without the page; what the page does is tested once, in `signin.spec.ts`. */
export async function signInAs(context: BrowserContext, login: string, password = PASSWORD): Promise<void> {
  const answer = await context.request.post('/api/v1/session', { data: { login, password } })
  expect(answer.ok(), `${login} signs in`).toBe(true)
}

/** Chooses language and light before a page is first drawn, as a device remembers them. */
export async function remember(page: Page, choice: { locale: 'zh' | 'en'; theme: 'light' | 'dark' }): Promise<void> {
  await page.context().addInitScript(({ locale, theme }) => {
    // an empty page has no storage
    if (location.protocol === 'about:') return
    localStorage.setItem('locale', locale)
    localStorage.setItem('theme', theme)
  }, choice)
}

/** Fills in the form of the sign-in page and sends it. */
export async function signInByForm(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('登录名').fill(login)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录', exact: true }).click()
}

/** The seq of the answer. */
export type Send = <K extends CommandKind>(kind: K, data: CommandData<K>) => Promise<number>

let serial = 0

/** Sends commands as somebody without a browser, to set a scene. */
export async function sender(server: { url: string }, login: string): Promise<Send> {
  const cookie = await signIn(server.url, login)
  return async (kind, data) => {
    const id = `scene-${String(process.pid)}-${String(Date.now())}-${String(serial++)}`
    const response = await fetch(`${server.url}/api/v1/commands`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie },
      body: JSON.stringify({ id, kind, data }),
    })
    const answer = (await response.json()) as Answer
    expect(answer, `${kind} by ${login}`).toMatchObject({ ok: true })
    return answer.ok ? answer.seq : 0
  }
}

/** A panel of a page by its title. */
export const panel = (page: Page, title: string): Locator =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

/** The daily sheet, as an official sees it. */
export function sheetOf(page: Page) {
  const cell = (unit: string, counter: string) =>
    page.getByRole('textbox', { name: `Unit ${unit}，${counter}`, exact: true })
  /** types over a cell as a person does: choose it, type, go on */
  const type = async (unit: string, counter: string, text: string): Promise<void> => {
    await cell(unit, counter).click()
    await page.keyboard.type(text)
    await page.keyboard.press('Tab')
  }
  return {
    cell,
    type,
    /** both counters of a street: accepted, issued */
    async report(unit: string, accepted: number, issued: number): Promise<void> {
      await type(unit, 'accepted', String(accepted))
      await type(unit, 'issued', String(issued))
    },
    line: (name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) }),
    send: page.getByRole('button', { name: /^上报/ }),
    accepted: (cells: number) => page.getByRole('status').filter({ hasText: `已接收 ${String(cells)} 格` }),
    todos: panel(page, '等您办'),
    versions: panel(page, '版本'),
  }
}

/** Figures of the watching page that change with a report. */
export function watchOf(page: Page) {
  return {
    headline: page.getByRole('heading', { level: 1 }),
    /** the bar of a target, which says in words how much is approved */
    approved: (target: string, amount: number) =>
      page
        .getByRole('article')
        .filter({ has: page.getByRole('heading', { name: target }) })
        .getByRole('img', { name: new RegExp(`审定 ${String(amount)}\\s?permits，占目标`) }),
    /** the figures of a day in the chart's table twin, which must be chosen: approved, the other parts that there are, total so far, path, gap, marks */
    day: (day: string) =>
      page
        .getByRole('row')
        .filter({ has: page.getByRole('cell', { name: day, exact: true }) })
        .getByRole('cell'),
    table: panel(page, '累计与序时进度').getByRole('button', { name: '表', exact: true }),
    changes: panel(page, '最近变动').getByRole('listitem'),
    today: panel(page, '今日到报'),
    /** what wants somebody, under the headline */
    attention: page.locator('#attention'),
    ranking: (name: string) =>
      page.getByRole('row').filter({ has: page.getByRole('rowheader', { name, exact: true }) }),
  }
}

/** Leaves a mark in the page that a reload would wipe away. */
export async function markPage(page: Page): Promise<() => Promise<void>> {
  const mark = `mark ${String(serial++)}`
  await page.evaluate((text) => {
    document.documentElement.dataset.mark = text
  }, mark)
  return async () => {
    await expect(page.locator('html'), 'the page was not loaded again').toHaveAttribute('data-mark', mark)
  }
}
