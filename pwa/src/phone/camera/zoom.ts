export type ZoomRange = { min: number; max: number; step: number }

/** How near the lens is drawn, as people say it: times the widest view, or a share where the camera counts from nought. */
export function zoomText(range: ZoomRange, zoom: number): string {
  if (range.min <= 0) return `${Math.round((100 * (zoom - range.min)) / (range.max - range.min))}%`
  return `${(zoom / range.min).toFixed(1).replace(/\.0$/, '')}×`
}
