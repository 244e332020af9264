type Precache = { version: string; first: string[]; later: string[] }

declare const self: ServiceWorkerGlobalScope & { __PRECACHE__: Precache }

const precache: Precache = self.__PRECACHE__
const CACHE = `xungai-${precache.version}`
const SHELL = '/'
const ICON = '/icon.svg'
const NOT_OURS = /^\/(api|office|schema|health)(\/|$)/

// Only GETs of versioned static files and the page itself pass through here: a worker that touches anything else
// corrupts uploads on iOS.
self.addEventListener('install', (event) => event.waitUntil(keepFirst()))
self.addEventListener('activate', (event) => event.waitUntil(forgetOld()))
self.addEventListener('message', (event) => {
  if (event.data === 'take-over') void self.skipWaiting()
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
  const urls = [SHELL, ICON, ...precache.first.map((name) => `/${name}`)]
  await cache.addAll(urls.map((url) => new Request(url, { cache: 'reload' })))
  // The map is large and not needed for the main job: it may fail without failing the installation.
  void Promise.allSettled(precache.later.map((name) => cache.add(`/${name}`)))
}

async function forgetOld(): Promise<void> {
  for (const name of await caches.keys()) {
    if (name.startsWith('xungai-') && name !== CACHE) await caches.delete(name)
  }
  await self.clients.claim()
}

async function page(request: Request): Promise<Response> {
  return (await (await caches.open(CACHE)).match(SHELL)) ?? fetch(request)
}

async function file(request: Request): Promise<Response> {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request)
}

export {}
