import { ref, shallowRef } from 'vue'

export type Locale = 'zh-CN' | 'en'
export type Catalogue = Record<string, string>
type Loader = () => Promise<Catalogue>

const STORED = 'xungai.locale'
const base: Catalogue = {}
const loaders: Loader[] = []
const active = shallowRef<Catalogue>(base)

/** The language of the screen. Change it with `useLocale`, which loads the catalogue first. */
export const locale = ref<Locale>('zh-CN')

/** Add a slice's Chinese texts, and the way to its English ones. */
export function addCatalogue(chinese: Catalogue, english: Loader): void {
  Object.assign(base, chinese)
  loaders.push(english)
}

/** Switch the screen's language; the English catalogue is fetched when first asked for. */
export async function useLocale(next: Locale): Promise<void> {
  if (next === 'en') {
    const parts = await Promise.all(loaders.map((load) => load()))
    active.value = Object.assign({}, ...parts)
  } else {
    active.value = base
  }
  locale.value = next
  if (typeof document !== 'undefined') document.documentElement.lang = next
  try {
    localStorage.setItem(STORED, next)
  } catch {
    // Private mode: the choice lasts for this page only.
  }
}

function storedLocale(): string | null {
  try {
    return localStorage.getItem(STORED)
  } catch {
    return null
  }
}

/** Take up the language chosen on this device before. */
export async function restoreLocale(): Promise<void> {
  if (storedLocale() === 'en') await useLocale('en')
}

/** The text under a key, with `{name}` places filled in. A missing key shows itself, so that it is seen. */
export function t(key: string, params?: Record<string, string | number>): string {
  const text = active.value[key] ?? base[key] ?? key
  if (!params) return text
  return text.replace(/\{(\w+)\}/g, (place, name: string) => String(params[name] ?? place))
}
