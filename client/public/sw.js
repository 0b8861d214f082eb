/**
 * The shell on the device: pages come from the network while there is one, and from here while there is none. Files whose
 * names carry a hash of their content are taken from here. Nothing of the API passes through.
 */
const SHELL = '/'
/** filled in by the build: version of the shell, and its files */
const VERSION = '__VERSION__'
const FILES = ['__FILES__']
const PREFIX = 'shell-'
/** ms after which a page is opened from the device although a network seems to be there */
const SLOW_MS = 4_000
/** the last page was opened so: its files need not be waited for as well */
let isSilent = false

self.addEventListener('install', (event) => {
  self.skipWaiting()
  // all or nothing: a shell that is not whole does not open
  event.waitUntil(
    caches
      .open(PREFIX + VERSION)
      .then((cache) => cache.addAll(FILES.map((file) => new Request(file, { cache: 'no-cache' })))),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    (async () => {
      const shells = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== PREFIX + VERSION)
      // a page of the version before may still be open, and want its files
      await Promise.all(shells.slice(0, -1).map((name) => caches.delete(name)))
      await self.clients.claim()
    })(),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (pathname.startsWith('/assets/')) event.respondWith(asset(request))
  else if (FILES.includes(pathname) && pathname !== SHELL) event.respondWith(fileOf(request))
})

/** The server's page; without an answer, or with one of a proxy whose server is away, the one that is kept. */
async function page(request) {
  const kept = keptOf(SHELL)
  isSilent = false
  const asked = fetch(request).then(
    async (answer) => {
      isSilent = false
      return answer.status >= 502 && answer.status <= 504 ? ((await kept) ?? answer) : answer
    },
    (error) => orFail(kept, error),
  )
  return fromDeviceAfter(SLOW_MS, kept, asked)
}

/** Never changes under its name. */
async function asset(request) {
  return (await caches.match(request)) ?? fetch(request)
}

async function fileOf(request) {
  const kept = caches.match(request)
  return fromDeviceAfter(
    isSilent ? 0 : SLOW_MS,
    kept,
    fetch(request).catch((error) => orFail(kept, error)),
  )
}

const keptOf = async (path) => (await caches.open(PREFIX + VERSION)).match(path)

async function orFail(kept, error) {
  const found = await kept
  if (found === undefined) throw error
  return found
}

/** What was asked for, or what is kept of it when there is no answer after `ms`. */
async function fromDeviceAfter(ms, kept, asked) {
  const slow = new Promise((resolve) => setTimeout(resolve, ms)).then(async () => {
    const found = await kept
    isSilent ||= found !== undefined
    return found
  })
  return (await Promise.race([asked, slow])) ?? asked
}
