/** Words for people, by language; every file is merged under its own name. */
import { createI18n } from 'vue-i18n'
import type { Locale } from '../ui/numbers.ts'

type Words = Record<string, unknown>

const files = import.meta.glob<Words>('./{zh,en}/*.ts', { eager: true, import: 'default' })

/** All messages of one language, by the name of their file. */
export function wordsOf(locale: Locale): Record<string, Words> {
  const words: Record<string, Words> = {}
  for (const [path, file] of Object.entries(files)) {
    const [, language, name] = /^\.\/(zh|en)\/(\w+)\.ts$/.exec(path) ?? []
    if (language === locale && name !== undefined) words[name] = file
  }
  return words
}

const HTML_LANG: Record<Locale, string> = { zh: 'zh-CN', en: 'en' }

/** What was chosen on this device; null = nothing yet. */
function remembered(): Locale | null {
  try {
    const chosen = localStorage.getItem('locale')
    return chosen === 'en' || chosen === 'zh' ? chosen : null
  } catch {
    return null
  }
}

export const i18n = createI18n({
  legacy: false,
  locale: (remembered() ?? 'zh') as string,
  fallbackLocale: 'zh',
  messages: { zh: wordsOf('zh'), en: wordsOf('en') } as unknown as Record<string, never>,
})

function show(locale: Locale): void {
  i18n.global.locale.value = locale
  document.documentElement.lang = HTML_LANG[locale]
}

/** The language of a programme, for who has not chosen one. */
export function offerLocale(locale: Locale): void {
  if (remembered() === null) show(locale)
}

/** Changes the language of the page and remembers it on this device. */
export function setLocale(locale: Locale): void {
  show(locale)
  try {
    localStorage.setItem('locale', locale)
  } catch {
    // full or forbidden: the choice lasts as long as the page
  }
}
