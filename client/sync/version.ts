/** Whether the server still hands out the page that this one is. */

/** The page's first script, whose name changes with anything that it leads to. */
const FIRST = /<script type="module"[^>]*? src="([^"]+)"/

/** Path of this page's own first script; '' where there is none. */
export const ownVersion = (): string =>
  document.querySelector<HTMLScriptElement>('script[type=module]')?.getAttribute('src') ?? ''

/** The same of the page that the server hands out now; null when it cannot be asked, or answers something else. */
export async function servedVersion(): Promise<string | null> {
  try {
    const answer = await fetch('/', { cache: 'no-store', headers: { accept: 'text/html' } })
    return answer.ok ? (FIRST.exec(await answer.text())?.[1] ?? null) : null
  } catch {
    return null
  }
}
