import { onScopeDispose, ref, shallowRef } from 'vue'
import type { ZoomRange } from './zoom'

type Extras = MediaTrackCapabilities & { torch?: boolean; zoom?: ZoomRange }
type ExtraSettings = MediaTrackConstraints & { advanced: { torch?: boolean; zoom?: number }[] }
type Grabber = { takePhoto(): Promise<Blob> }
declare const ImageCapture: undefined | (new (track: MediaStreamTrack) => Grabber)

export type CameraTrouble = 'denied' | 'none' | null

const SHUTTER_LIMIT_MS = 4_000
const QUALITY = 0.92

/** One camera stream for as long as the view is open: one permission prompt, no camera app that kills the tab. */
export function useCamera() {
  const stream = shallowRef<MediaStream | null>(null)
  const trouble = ref<CameraTrouble>(null)
  const hasTorch = ref(false)
  const torch = ref(false)
  /** How far the lens can go, as the camera counts; null where it cannot. */
  const zoomRange = shallowRef<ZoomRange | null>(null)
  const zoom = ref(1)
  const facing = ref<'environment' | 'user'>('environment')
  let sensorFails = false
  let closed = false

  async function start(): Promise<void> {
    stop()
    try {
      // `zoom` asks for the lens within the same prompt; browsers that do not know it leave it out.
      const video = { facingMode: facing.value, width: { ideal: 4096 }, height: { ideal: 3072 }, zoom: true }
      const opened = await navigator.mediaDevices.getUserMedia({ video, audio: false })
      if (closed) return opened.getTracks().forEach((track) => track.stop())
      stream.value = opened
      trouble.value = null
      const track = opened.getVideoTracks()[0]
      const able = (track?.getCapabilities?.() ?? {}) as Extras
      hasTorch.value = Boolean(able.torch)
      torch.value = false
      zoomRange.value = able.zoom && able.zoom.max > able.zoom.min ? able.zoom : null
      zoom.value = (track?.getSettings() as { zoom?: number } | undefined)?.zoom ?? able.zoom?.min ?? 1
    } catch (error) {
      trouble.value = error instanceof DOMException && error.name === 'NotAllowedError' ? 'denied' : 'none'
    }
  }

  function stop(): void {
    stream.value?.getTracks().forEach((track) => track.stop())
    stream.value = null
  }

  async function switchLens(): Promise<void> {
    facing.value = facing.value === 'environment' ? 'user' : 'environment'
    await start()
  }

  async function switchTorch(): Promise<void> {
    const wanted = !torch.value
    if (await set({ torch: wanted })) torch.value = wanted
  }

  async function zoomTo(wanted: number): Promise<void> {
    zoom.value = wanted
    await set({ zoom: wanted })
  }

  /** Whether the camera took it: one that is just being closed, or whose lamp is too hot, does not. */
  async function set(settings: ExtraSettings['advanced'][number]): Promise<boolean> {
    try {
      await stream.value?.getVideoTracks()[0]?.applyConstraints({ advanced: [settings] } as ExtraSettings)
      return true
    } catch {
      return false
    }
  }

  /** One JPEG: from the sensor at its full size where the browser can, else the picture of the stream. */
  async function shoot(video: HTMLVideoElement): Promise<Blob> {
    const track = stream.value?.getVideoTracks()[0]
    if (track && !sensorFails && typeof ImageCapture !== 'undefined') {
      const blob = await withLimit(new ImageCapture(track).takePhoto()).catch(() => null)
      if (blob?.type === 'image/jpeg' && blob.size > 0) return blob
      sensorFails = true
    }
    return frameOf(video)
  }

  onScopeDispose(() => {
    closed = true
    stop()
  })
  return { stream, trouble, hasTorch, torch, zoomRange, zoom, start, stop, switchLens, switchTorch, zoomTo, shoot }
}

function withLimit(work: Promise<Blob>): Promise<Blob> {
  const limit = new Promise<never>((_, reject) => setTimeout(() => reject(new Error('shutter')), SHUTTER_LIMIT_MS))
  return Promise.race([work, limit])
}

function frameOf(video: HTMLVideoElement): Promise<Blob> {
  const canvas = document.createElement('canvas')
  canvas.width = video.videoWidth
  canvas.height = video.videoHeight
  canvas.getContext('2d')!.drawImage(video, 0, 0)
  return new Promise((resolve, reject) =>
    canvas.toBlob(
      (blob) => {
        // iOS counts a canvas of 12 megapixels until it is collected.
        canvas.width = canvas.height = 0
        if (blob) resolve(blob)
        else reject(new Error('canvas'))
      },
      'image/jpeg',
      QUALITY,
    ),
  )
}
