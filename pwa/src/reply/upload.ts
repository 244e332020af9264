import { DetailedError, Upload } from 'tus-js-client'
import { Problem } from '@/api/problem'
import { plain } from './desk'
import { put, type Photo } from './kept'
import { headers } from './wire'

const CHUNK_BYTES = 512 * 1024
const PASSING = new Set([0, 408, 409, 423, 425, 429, 500, 502, 503, 504])
const REFUSALS = new Set([400, 413, 415, 422, 460])

export type UploadEnd = 'received' | 'refused' | 'later'

/** Send a photo's bytes from where an earlier attempt stopped. It is received on a receipt that names its hash. */
export function upload(photo: Photo): Promise<UploadEnd> {
  return new Promise((resolve) => {
    let receipt: string | undefined
    const task = new Upload(new Blob([photo.bytes], { type: photo.type }), {
      endpoint: '/api/reply/uploads',
      uploadUrl: photo.uploadUrl,
      chunkSize: CHUNK_BYTES,
      metadata: metadataOf(photo),
      headers: headers(),
      retryDelays: [500, 2_000, 6_000],
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => {
        photo.uploadUrl = task.url
        void put('photos', plain(photo))
      },
      onAfterResponse: (_request, response) => {
        receipt = response.getHeader('X-Photo-Sha256') ?? receipt
      },
      onShouldRetry: (error) => PASSING.has(statusOf(error)),
      onSuccess: () => resolve(receipt === photo.sha256 ? 'received' : 'later'),
      onError: (error) => {
        if (!REFUSALS.has(statusOf(error))) return resolve('later')
        photo.refusal = reasonOf(error)
        resolve('refused')
      },
    })
    task.start()
  })
}

function metadataOf({ sha256, name, takenAt, source, fix }: Photo): Record<string, string> {
  const place: Record<string, string> = fix
    ? { lat: String(fix.lat), lon: String(fix.lon), accuracyM: String(fix.accuracyM), fixAt: fix.at }
    : {}
  return { sha256, filename: name, takenAt, source, ...place }
}

function statusOf(error: Error): number {
  return error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0
}

function reasonOf(error: Error): string {
  const body = error instanceof DetailedError ? error.originalResponse?.getBody() : ''
  try {
    return Problem.of(statusOf(error), JSON.parse(body ?? '')).message
  } catch {
    return `HTTP ${statusOf(error)}`
  }
}
