import { onBeforeUnmount, onMounted } from 'vue'

/** Whether a key press belongs to a field that is being filled in. */
function isTyping(event: KeyboardEvent): boolean {
  const target = event.target
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName)
}

/**
 * One-key commands while this component is on the page. A key is its `KeyboardEvent.key` in lower case.
 * They rest while somebody types, and leave every combination with Ctrl, Alt or Meta to the browser.
 */
export function useKeys(commands: Record<string, (event: KeyboardEvent) => void>): void {
  function press(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || isTyping(event)) return
    if (document.querySelector('dialog[open]')) return
    const command = commands[event.key.toLowerCase()]
    if (!command) return
    event.preventDefault()
    command(event)
  }
  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}

/** Ctrl or ⌘ with K wherever one is, and `/` where nobody types: `open` tells whether the search took the key. */
export function useSearchKey(open: (event: KeyboardEvent) => boolean): void {
  function press(event: KeyboardEvent): void {
    const combined = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k'
    if (event.defaultPrevented || (!combined && (event.key !== '/' || isTyping(event)))) return
    if (open(event)) event.preventDefault()
  }
  onMounted(() => window.addEventListener('keydown', press))
  onBeforeUnmount(() => window.removeEventListener('keydown', press))
}

export const onSearchKey = (focus: () => void) => useKeys({ '/': focus })
