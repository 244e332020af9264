import { DetailedError, Upload, type HttpResponse } from 'tus-js-client'
import { ownHeaders } from '@/api/client'
import { Problem } from '@/api/problem'
import type { Photo } from './database'
import { FIRST_CHUNK_BYTES, nextChunkBytes, smallerChunkBytes } from './pace'
import { photoProgress } from './photo-events'
import { shanghaiInstant } from '@/ui/time'

const RETRY_MS = [500, 2_000, 6_000]
const PASSING = new Set([0, 408, 409, 423, 425, 429, 500, 502, 503, 504])
const REFUSALS = new Set([400, 413, 415, 422, 460])

export type UploadEnd =
  | { kind: 'received' }
  /** All bytes are there, but no receipt that names the hash: still "sending". */
  | { kind: 'no-receipt' }
  | { kind: 'refused'; reason: string }
  | { kind: 'session-ended' }
  | { kind: 'unreachable' }
  | { kind: 'interrupted'; reason: string }

const PROGRESS_MS = 300

/** What was learnt of the line goes on to the next photo. */
let chunkBytes = FIRST_CHUNK_BYTES

/** Send a photo's bytes by tus, from the byte where an earlier attempt stopped. Never throws. */
export function upload(photo: Photo, bytes: ArrayBuffer): Promise<UploadEnd> {
  return new Promise((resolve) => {
    let receipt: string | undefined
    let pieceAtMs = 0
    let shownAtMs = 0
    const task = new Upload(new Blob([bytes], { type: photo.type }), {
      endpoint: '/api/uploads',
      uploadUrl: photo.uploadUrl,
      chunkSize: chunkBytes,
      metadata: metadataOf(photo),
      headers: { ...ownHeaders(), 'X-Author': photo.personId, 'X-Device-Time': shanghaiInstant(Date.now()) },
      retryDelays: RETRY_MS,
      // Where the upload lies is kept with the photo, not in tus's own store, which forgets it after a 401.
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => void photoProgress(photo.id, { sentBytes: 0, uploadUrl: task.url }),
      onProgress: (sent) => {
        // Each note of it is a durable write: some a second are enough for the eye.
        if (Date.now() - shownAtMs < PROGRESS_MS) return
        shownAtMs = Date.now()
        void photoProgress(photo.id, { sentBytes: sent, uploadUrl: task.url })
      },
      onBeforeRequest: (request) => {
        if (request.getMethod() === 'PATCH') pieceAtMs = performance.now()
      },
      onChunkComplete: (size, accepted) => {
        void photoProgress(photo.id, { sentBytes: accepted, uploadUrl: task.url })
        // The last piece is as long as it happens to be and tells nothing of a whole one.
        if (size === task.options.chunkSize) chunkBytes = nextChunkBytes(size, performance.now() - pieceAtMs)
        task.options.chunkSize = chunkBytes
      },
      onAfterResponse: (_request, response) => {
        receipt = response.getHeader('X-Photo-Sha256') ?? receipt
      },
      onShouldRetry: (error) => {
        if (statusOf(error) === 0) task.options.chunkSize = chunkBytes = smallerChunkBytes(chunkBytes)
        return PASSING.has(statusOf(error))
      },
      onSuccess: () => resolve(receipt === photo.sha256 ? { kind: 'received' } : { kind: 'no-receipt' }),
      onError: (error) => resolve(endOf(error)),
    })
    task.start()
  })
}

function metadataOf(photo: Photo): Record<string, string> {
  const { sha256, filename, takenAt, source, fix } = photo
  const place: Record<string, string> = fix
    ? { lat: String(fix.lat), lon: String(fix.lon), accuracyM: String(fix.accuracyM), fixAt: fix.at }
    : {}
  return { sha256, filename, takenAt, source, ...place }
}

function statusOf(error: Error): number {
  return error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0
}

function endOf(error: Error): UploadEnd {
  const status = statusOf(error)
  if (status === 0) return { kind: 'unreachable' }
  if (status === 401) return { kind: 'session-ended' }
  const reason = reasonOf((error as DetailedError).originalResponse, status)
  return REFUSALS.has(status) ? { kind: 'refused', reason } : { kind: 'interrupted', reason }
}

function reasonOf(response: HttpResponse | null | undefined, status: number): string {
  try {
    const problem = Problem.of(status, JSON.parse(response?.getBody() ?? ''))
    return problem.message
  } catch {
    return `HTTP ${status}`
  }
}
