import { ref } from 'vue'

export type Theme = 'auto' | 'light' | 'dark'
const STORED = 'xungai.theme'

export const theme = ref<Theme>('auto')

export function restoreTheme(): void {
  try {
    const stored = localStorage.getItem(STORED)
    if (stored === 'light' || stored === 'dark') useTheme(stored)
  } catch {
    // Private mode: the system's choice holds.
  }
}

export function useTheme(next: Theme): void {
  theme.value = next
  if (next === 'auto') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = next
  try {
    localStorage.setItem(STORED, next)
  } catch {
    // It lasts for this page only.
  }
}
