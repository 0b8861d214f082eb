/** The page itself on the device, so that it opens without a network. */

/** ms after which a shell that could not be fetched whole is fetched again */
const AGAIN_MS = 60_000

/** Kept by `client/public/sw.js`; not in development, nor where the browser has no such script (a page by plain HTTP). */
export async function keepShell(): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  try {
    const registration = await navigator.serviceWorker.register('/sw.js')
    const installing = registration.installing
    installing?.addEventListener('statechange', () => {
      if (installing.state === 'redundant' && registration.active === null) setTimeout(() => void keepShell(), AGAIN_MS)
    })
    // so that the browser does not take away what waits when it needs room
    await navigator.storage.persist()
  } catch (error) {
    console.warn('the page will not open without a network', error)
  }
}
