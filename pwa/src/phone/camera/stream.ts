import { onScopeDispose, ref, shallowRef } from 'vue'

type Extras = MediaTrackCapabilities & { torch?: boolean }
type TorchSettings = MediaTrackConstraints & { advanced: { torch: boolean }[] }
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
  const facing = ref<'environment' | 'user'>('environment')
  let sensorFails = false
  let closed = false

  async function start(): Promise<void> {
    stop()
    try {
      const video = { facingMode: facing.value, width: { ideal: 4096 }, height: { ideal: 3072 } }
      const opened = await navigator.mediaDevices.getUserMedia({ video, audio: false })
      if (closed) return opened.getTracks().forEach((track) => track.stop())
      stream.value = opened
      trouble.value = null
      const able = (opened.getVideoTracks()[0]?.getCapabilities?.() ?? {}) as Extras
      hasTorch.value = Boolean(able.torch)
      torch.value = false
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
    await stream.value?.getVideoTracks()[0]?.applyConstraints({ advanced: [{ torch: wanted }] } as TorchSettings)
    torch.value = wanted
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
  return { stream, trouble, hasTorch, torch, start, stop, switchLens, switchTorch, shoot }
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
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('canvas'))), 'image/jpeg', QUALITY),
  )
}
