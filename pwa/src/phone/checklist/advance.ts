const GAP_PX = 12

/**
 * Bring an item's buttons to where the thumb already is: its lower edge just above the bar at the bottom.
 * An item that is too tall for the screen shows its beginning instead.
 */
export function bringUp(element: Element, barHeight: number, headHeight: number): void {
  const box = element.getBoundingClientRect()
  const room = window.innerHeight - barHeight - headHeight - GAP_PX
  const by = box.height > room ? box.top - headHeight - GAP_PX : box.bottom - (window.innerHeight - barHeight - GAP_PX)
  const calm = window.matchMedia('(prefers-reduced-motion: reduce)').matches
  window.scrollBy({ top: by, behavior: calm ? 'auto' : 'smooth' })
}
