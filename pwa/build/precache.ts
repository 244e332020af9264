import { createHash } from 'node:crypto'
import type { Plugin, Rollup } from 'vite'

const PLACEHOLDER = '__PRECACHE__'
const MAP_CHUNK = /maplibre|MonthMap/

/**
 * Write into the service worker the list of files that the phone needs offline.
 *
 * The list is walked from the phone's entry through its static and dynamic imports, so that an office
 * chunk can never land in it. What only the map needs is fetched after the rest ("later").
 */
export function precache(): Plugin {
  return {
    name: 'xungai-precache',
    apply: 'build',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const worker = bundle['sw.js']
      if (!worker || worker.type !== 'chunk') throw new Error('the service worker has no chunk')
      const files = phoneFiles(bundle)
      const later = files.filter((file) => MAP_CHUNK.test(file))
      const first = files.filter((file) => !MAP_CHUNK.test(file))
      const version = createHash('sha256').update(files.join('\n')).update(worker.code).digest('hex').slice(0, 12)
      const list = JSON.stringify({ version, first, later })
      worker.code = worker.code.replace(
        new RegExp(`self\\.${PLACEHOLDER}|globalThis\\.${PLACEHOLDER}`, 'g'),
        () => list,
      )
    },
  }
}

function phoneFiles(bundle: Rollup.OutputBundle): string[] {
  const chunks = Object.values(bundle).filter((part): part is Rollup.OutputChunk => part.type === 'chunk')
  const entry = chunks.find((chunk) => chunk.isEntry && chunk.name === 'phone')
  if (!entry) throw new Error('the phone has no entry chunk')
  const seen = new Set<string>()
  const queue = [entry.fileName]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (seen.has(name)) continue
    seen.add(name)
    const part = bundle[name]
    if (part?.type !== 'chunk') continue
    queue.push(...part.imports, ...part.dynamicImports)
    const meta = (part as { viteMetadata?: { importedCss: Set<string>; importedAssets: Set<string> } }).viteMetadata
    queue.push(...(meta?.importedCss ?? []), ...(meta?.importedAssets ?? []))
  }
  return [...seen].sort()
}
