type Precache = { version: string; first: string[]; later: string[] }

declare const self: ServiceWorkerGlobalScope & { __PRECACHE__: Precache }

const precache: Precache = self.__PRECACHE__
const CACHE = `xungai-${precache.version}`
const SHELL = '/'
const ICON = '/icon.svg'
const NOT_OURS = /^\/(api|office|reply|schema|health)(\/|$)/

// Only GETs of versioned static files and the page itself pass through here: a worker that touches anything else
// corrupts uploads on iOS.
self.addEventListener('install', (event) => event.waitUntil(keepFirst()))
self.addEventListener('activate', (event) => event.waitUntil(forgetOld()))
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting()
  else event.ports[0]?.postMessage(precache.first.includes(String(event.data?.keeps).replace(/^\//, '')))
})
self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin || NOT_OURS.test(url.pathname)) return
  if (request.mode === 'navigate') event.respondWith(page(request))
  else if (url.pathname.startsWith('/assets/') || url.pathname === ICON) event.respondWith(file(request))
})

async function keepFirst(): Promise<void> {
  const cache = await caches.open(CACHE)
  const urls = [SHELL, ...precache.first.map((name) => `/${name}`)]
  try {
    await cache.addAll(urls.map((url) => new Request(url, { cache: 'reload' })))
  } catch (error) {
    await caches.delete(CACHE)
    throw error
  }
  // The map is large and not needed for the main job: it may fail without failing the installation.
  void Promise.allSettled(precache.later.map((name) => cache.add(`/${name}`)))
}

/** A page that was open when this version took over still asks for files of its own: the version before stays. */
async function forgetOld(): Promise<void> {
  const old = (await caches.keys()).filter((name) => name.startsWith('xungai-') && name !== CACHE)
  for (const name of old.slice(0, -1)) await caches.delete(name)
  await self.clients.claim()
}

async function page(request: Request): Promise<Response> {
  return (await (await caches.open(CACHE)).match(SHELL)) ?? fetch(request)
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request)
}

export {}
