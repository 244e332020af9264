import { ref } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
const STORED = 'xungai.theme'

/** The brightness chosen on this machine; `auto` follows the system. */
export const theme = ref<Theme>('auto')

export function chooseTheme(next: Theme): void {
  theme.value = next
  if (next === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = next
  localStorage.setItem(STORED, next)
}

export function restoreTheme(): void {
  const stored = localStorage.getItem(STORED)
  if (stored === 'light' || stored === 'dark') chooseTheme(stored)
}
