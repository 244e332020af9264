import { Problem, Unreachable } from '@/api/problem'
import { ownHeaders } from '@/api/client'
import { sha256 } from '@/outbox/ids'
import { shanghaiInstant } from '@/ui/time'
import { putFile } from './api'

/**
 * Send one photo from this desk (tus 1.0) and give its hash, once the server's receipt names it.
 * `progress` gets the share sent, 0 to 1.
 * @throws Problem where the file is not taken, Unreachable where the line is gone.
 */
export async function uploadPhoto(file: File, progress: (share: number) => void): Promise<string> {
  const { Upload, DetailedError } = await import('tus-js-client')
  const hash = await sha256(await file.arrayBuffer())
  return new Promise((resolve, reject) => {
    const upload = new Upload(file, {
      endpoint: '/api/uploads',
      uploadDataDuringCreation: true,
      chunkSize: 8 * 1024 * 1024,
      retryDelays: [500, 2000, 5000],
      storeFingerprintForResuming: false,
      headers: ownHeaders(),
      metadata: { sha256: hash, filename: file.name, takenAt: shanghaiInstant(file.lastModified), source: 'gallery' },
      onProgress: (sent, total) => progress(total ? sent / total : 0),
      onSuccess: ({ lastResponse }) => {
        // Success without the hash is "sending", never "received".
        if (lastResponse.getHeader('X-Photo-Sha256') === hash) resolve(hash)
        else reject(new Unreachable('no receipt'))
      },
      onError: (error) => {
        const answer = error instanceof DetailedError ? error.originalResponse : null
        reject(answer ? problemOf(answer.getStatus(), answer.getBody()) : new Unreachable(String(error)))
      },
    })
    upload.start()
  })
}

/**
 * Keep a scanned PDF and give its hash, by which a step names it.
 * @throws Problem where it is not taken, Unreachable where the line is gone.
 */
export async function uploadPdf(file: File): Promise<string> {
  const hash = await sha256(await file.arrayBuffer())
  await putFile(`/api/letter-scans/${hash}`, file, 'application/pdf')
  return hash
}

function problemOf(status: number, body: string): Problem {
  try {
    return Problem.of(status, JSON.parse(body))
  } catch {
    return Problem.of(status, null)
  }
}
