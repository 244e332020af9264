import type { Plugin } from 'vite'

/** In development and preview, serve office.html for every page below /office/ and reply.html, as the server does. */
export function officeFallback(): Plugin {
  const rewrite = (url: string | undefined) => {
    const entry = url && !/\.[a-z0-9]+(\?|$)/i.test(url) ? /^\/(office|reply)(\/|$|\?)/.exec(url)?.[1] : undefined
    return entry ? `/${entry}.html` : url
  }
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
