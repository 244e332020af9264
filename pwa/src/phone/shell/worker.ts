/** Install the service worker, and take up a newer version at the start of a page: everything is kept, so nothing is lost. */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  const controlled = navigator.serviceWorker.controller !== null
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    if (controlled && performance.now() < 10_000) location.reload()
  })
  void navigator.serviceWorker.register('/sw.js', { updateViaCache: 'none' }).then((registration) => {
    registration.waiting?.postMessage('take-over')
  })
}
