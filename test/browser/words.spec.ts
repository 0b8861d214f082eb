/** Every page in both languages, in light and dark, at a desk and on a phone: words, widths, and nothing wrong unseen. */
import type { Page } from '@playwright/test'
import { setScene, type Stop } from './scene.ts'
import { type Enter, expect, listen, remember, serverForFile, test } from './support.ts'

const server = serverForFile()
let stops: readonly Stop[] = []
test.beforeAll(async () => {
  stops = await setScene(server)
})

const TITLE = {
  zh: /登录|设定新密码|开通账户|总览|Unit A|填报|法律问题|登记问题|人员|运行|数据说明|页面不存在/,
  en: /Sign in|Where I am signed in|Choose a new password|Create your account|Overview|Unit A|Report|Legal questions|Log a question|People|Operation|About the figures|Page not found/,
}
const HTML_LANG = { zh: 'zh-CN', en: 'en' }

/** Everything that is read or read out on the page, but for words marked as of another language. */
const wordsOn = (page: Page, other: string) =>
  page.evaluate((marked) => {
    const found: string[] = [document.title]
    const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT)
    for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
      const element = node instanceof Element ? node : node.parentElement!
      if (element.closest(`[lang^=${marked}], script, style`) !== null) continue
      if (node instanceof Element)
        for (const name of ['aria-label', 'title', 'placeholder', 'alt', 'aria-description']) {
          const value = node.getAttribute(name)
          if (value !== null) found.push(value)
        }
      else found.push(node.textContent ?? '')
    }
    return found.map((text) => text.trim()).filter((text) => text !== '')
  }, other)

const KEY =
  /\b(account|common|overview|unit|sheet|issues|people|signin|refusals|charts|operation|clock|figures)\.[a-zA-Z]/
const GAP = /\{\w+\}|undefined|\bNaN\b|\[object /

function faultsIn(words: readonly string[], locale: 'zh' | 'en'): string[] {
  return words.filter((w) => KEY.test(w) || GAP.test(w) || (locale === 'en' && /\p{Script=Han}/u.test(w)))
}

/** What sticks out at the right and makes the page scroll sideways. */
const tooWide = (page: Page) =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement
    if (scrollWidth <= clientWidth) return []
    return [...document.querySelectorAll('body *')]
      .filter((e) => e.getBoundingClientRect().right > clientWidth + 1)
      .slice(0, 6)
      .map((e) => `${e.tagName.toLowerCase()}.${e.className.toString()}: ${e.textContent.trim().slice(0, 30)}`)
  })

/** The stops with a page for each person, opened as each is first needed. */
async function* walk(enter: Enter, locale: 'zh' | 'en'): AsyncGenerator<{ stop: Stop; page: Page; wrong: string[] }> {
  const pages = new Map<string | null, { page: Page; wrong: string[] }>()
  for (const stop of stops) {
    let of = pages.get(stop.login)
    if (of === undefined) {
      const page = await enter(server, stop.login, 'about:blank')
      const wrong: string[] = []
      listen(page, (fault) => wrong.push(fault))
      page.on('request', (r) => r.url().startsWith(server.url) || wrong.push(`asks elsewhere: ${r.url()}`))
      await remember(page, { locale, theme: 'light' })
      of = { page, wrong }
      pages.set(stop.login, of)
    }
    of.wrong.length = 0
    await of.page.setViewportSize({ width: 1440, height: 900 })
    // two addresses that differ behind the # alone would be one page
    await of.page.goto('about:blank')
    await of.page.goto(stop.path)
    await of.page.locator(stop.last).first().waitFor()
    yield { stop, ...of }
  }
}

for (const locale of ['zh', 'en'] as const)
  test(`Every page has its words and fits a phone, light and dark: ${locale}`, async ({ enter }) => {
    test.setTimeout(180_000)
    for await (const { stop, page, wrong } of walk(enter, locale)) {
      const at = (what: string) => `${stop.name}: ${what}`
      const html = page.locator('html')
      for (const theme of ['light', 'dark'] as const) {
        await expect.soft(html, at('theme')).toHaveAttribute('data-theme', theme)
        await expect.soft(html, at('language')).toHaveAttribute('lang', HTML_LANG[locale])
        await expect.soft(page, at('title')).toHaveTitle(TITLE[locale])
        const words = await wordsOn(page, locale === 'en' ? 'zh' : 'en')
        expect.soft(words.length, at('has words')).toBeGreaterThan(5)
        expect.soft(faultsIn(words, locale), at(`words, ${theme}`)).toEqual([])
        expect.soft(await tooWide(page), at('width at a desk')).toEqual([])
        if (theme === 'light')
          await page.getByRole('button', { name: locale === 'en' ? 'Switch to dark' : '切换为深色' }).click()
      }
      await page.setViewportSize({ width: 390, height: 844 })
      await expect.soft.poll(() => tooWide(page), { message: at('width on a phone'), timeout: 2_000 }).toEqual([])
      expect.soft(faultsIn(await wordsOn(page, locale === 'en' ? 'zh' : 'en'), locale), at('words, phone')).toEqual([])
      // the spent link is refused by the server, which a browser notes
      const unexpected = wrong.filter((w) => stop.name !== 'a spent link' || !w.includes('Failed to load resource'))
      expect.soft(unexpected, at('nothing wrong unseen')).toEqual([])
      await page.evaluate(() => localStorage.setItem('theme', 'light'))
    }
  })

test('The language changes on the page at once and is remembered', async ({ enter }) => {
  const page = await enter(server, 'office', '/u/C')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('link', { name: 'Overview' }).first()).toBeVisible()
  await expect(page).toHaveTitle(/^Overview/)
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.locator('.chart svg').first().waitFor()
  await expect.poll(async () => faultsIn(await wordsOn(page, 'zh'), 'en')).toEqual([])
  await page.reload()
  await expect(page).toHaveTitle(/^Overview/)
  await page.getByRole('button', { name: '中文' }).click()
  await expect(page).toHaveTitle(/^总览/)
})
