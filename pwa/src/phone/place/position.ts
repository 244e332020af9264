import { onScopeDispose, shallowRef } from 'vue'
import type { Fix, Position } from '@/api/types'
import { t } from '@/i18n'
import { shanghaiInstant } from '@/ui/time'
import { distanceM, distanceParts } from './distance'

export const STALE_MS = 15_000
export const WEAK_M = 100
const RENEW_MS = 8_000

/** Where this phone is, as far as it says; null until it has said so. Never written down except at a visit's start and a shutter. */
export const here = shallowRef<Fix | null>(null)
export const positionError = shallowRef<'denied' | 'unavailable' | null>(null)

let users = 0
let watching: number | null = null
let renewal = 0

/** Keep the position warm while this component lives. */
export function usePosition() {
  begin()
  onScopeDispose(end)
  return here
}

function begin(): void {
  users++
  if (watching !== null || !navigator.geolocation) return
  watching = navigator.geolocation.watchPosition(take, fail, {
    enableHighAccuracy: true,
    maximumAge: 5_000,
    timeout: 30_000,
  })
  renewal = window.setInterval(renew, RENEW_MS)
}

function end(): void {
  users--
  if (users > 0 || watching === null) return
  navigator.geolocation.clearWatch(watching)
  window.clearInterval(renewal)
  watching = null
}

/** A phone that lies still reports no change: ask again, so that an old fix is really old. */
function renew(): void {
  if (document.visibilityState !== 'visible' || !here.value || Date.now() - Date.parse(here.value.at) < RENEW_MS) return
  navigator.geolocation.getCurrentPosition(take, () => {}, {
    enableHighAccuracy: true,
    maximumAge: 0,
    timeout: RENEW_MS,
  })
}

function take({ coords, timestamp }: GeolocationPosition): void {
  const accuracyM = Math.round(coords.accuracy * 10) / 10
  here.value = { lat: coords.latitude, lon: coords.longitude, accuracyM, at: shanghaiInstant(timestamp) }
  positionError.value = null
}

function fail(error: GeolocationPositionError): void {
  positionError.value = error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable'
}

/** The fix is old or coarse: shown in amber, taken all the same. */
export function isWeak(fix: Fix, nowMs: number = Date.now()): boolean {
  return fix.accuracyM > WEAK_M || nowMs - Date.parse(fix.at) > STALE_MS
}

export function distanceText(from: Position | null, to: Position | null | undefined): string {
  if (!from || !to) return ''
  const { unit, n } = distanceParts(distanceM(from, to))
  return t(`place.${unit}`, { n })
}
