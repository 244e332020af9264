import type { Router } from 'vue-router'

const STARTED_ANEW = 'started-anew'

/** Install the service worker, and take up a newer version at the start of a page: everything is kept, so nothing is lost. */
export function registerWorker(router: Router): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const { serviceWorker } = navigator
  const controlled = serviceWorker.controller !== null
  const startAnew = startingAnew(router)
  serviceWorker.addEventListener('controllerchange', () => {
    if (controlled) startAnew()
  })
  void serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then(async (registration) => {
    if (registration.waiting) registration.waiting.postMessage('take-over')
    // A worker that took over while this page was still starting has made its change before anyone listened.
    else if (controlled && serviceWorker.controller && !(await knows(serviceWorker.controller, entry()))) startAnew()
  })
}

/** At once while nobody has touched the page; after that on the way to the next page, never under a finger. */
function startingAnew(router: Router): () => void {
  let touched = false
  let due = false
  for (const kind of ['pointerdown', 'keydown']) {
    addEventListener(kind, () => (touched = true), { once: true, capture: true })
  }
  router.beforeEach((to) => {
    if (!due) return true
    location.assign(to.fullPath)
    return false
  })
  return () => {
    // Once for each version: a page that comes back the same must not start over and over.
    if (sessionStorage.getItem(STARTED_ANEW) === entry()) return
    sessionStorage.setItem(STARTED_ANEW, entry())
    if (touched) due = true
    else location.reload()
  }
}

/** The path of the script that this page began with: a build changes its name with any part of the page. */
function entry(): string {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]')
  return script ? new URL(script.src).pathname : ''
}

/** Whether the worker keeps this file, by its own word; one of before this question never answers. */
function knows(worker: ServiceWorker, path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = (event) => resolve(event.data === true)
    worker.postMessage({ keeps: path }, [port2])
  })
}
