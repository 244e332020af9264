/** How a photo lies on its stage: scale 1 is the whole photo, x and y the shift in stage pixels, turn in degrees. */
export type View = { scale: number; x: number; y: number; turn: number }

export const WHOLE: View = { scale: 1, x: 0, y: 0, turn: 0 }
const MOST = 12

/** Zoom by a factor about a point that is given from the stage's middle: what is under it stays under it. */
export function zoomAt(view: View, factor: number, pointX: number, pointY: number): View {
  const scale = Math.min(MOST, Math.max(1, view.scale * factor))
  if (scale === 1) return { ...view, scale, x: 0, y: 0 }
  const real = scale / view.scale
  return { ...view, scale, x: pointX - (pointX - view.x) * real, y: pointY - (pointY - view.y) * real }
}

/** Keep part of the photo on a stage of this size: it can be pushed aside by half of what sticks out. */
export function held(view: View, width: number, height: number): View {
  const limitX = (width * (view.scale - 1)) / 2 + width * 0.1
  const limitY = (height * (view.scale - 1)) / 2 + height * 0.1
  if (view.scale === 1) return { ...view, x: 0, y: 0 }
  return { ...view, x: clamp(view.x, limitX), y: clamp(view.y, limitY) }
}

const clamp = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value))

/** Turn by a quarter; the photo is whole again. */
export function turned(view: View, quarters: number): View {
  return { ...WHOLE, turn: view.turn + quarters * 90 }
}

/** How much smaller a photo must be drawn so that it fits a stage when it lies on its side. */
export function sideScale(turn: number, photo: { width: number; height: number }, stage: { width: number; height: number }): number {
  if (Math.abs(turn % 180) !== 90 || !photo.width || !photo.height || !stage.width || !stage.height) return 1
  const upright = Math.min(stage.width / photo.width, stage.height / photo.height)
  const lying = Math.min(stage.width / photo.height, stage.height / photo.width)
  return lying / upright
}
