import type { Plugin } from 'vite'

/** In development and preview, serve office.html for every page below /office/, as the server does. */
export function officeFallback(): Plugin {
  const rewrite = (url: string | undefined) =>
    url && /^\/office(\/|$|\?)/.test(url) && !/\.[a-z0-9]+(\?|$)/i.test(url) ? '/office.html' : url
  return {
    name: 'xungai-office-fallback',
    configureServer(server) {
      server.middlewares.use((request, _response, next) => {
        request.url = rewrite(request.url)
        next()
      })
    },
    configurePreviewServer(server) {
      server.middlewares.use((request, _response, next) => {
        request.url = rewrite(request.url)
        next()
      })
    },
  }
}
