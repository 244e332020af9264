import { describe, expect, it } from 'vitest'
import { Problem, Unreachable } from '@/api/problem'
import { useUploads } from './use-uploads'

const files = ['一.jpg', '二.pdf', '三.jpg'].map((name) => new File(['x'], name))

describe('files that are brought', () => {
  it('are all tried, and one that is not taken is named', async () => {
    const taken: string[] = []
    const { send, failed, share } = useUploads(async (file) => {
      if (file.name.endsWith('.pdf')) throw new Problem(415, 'photo-kind', '不是照片', '')
      taken.push(file.name)
    }, () => undefined)
    await send(files)
    expect(taken).toEqual(['一.jpg', '三.jpg'])
    expect(failed.value.map((one) => one.file.name)).toEqual(['二.pdf'])
    expect(share.value).toBeNull()
  })

  it('wait for the line where it is lost, and go on from there', async () => {
    let line = false
    const taken: string[] = []
    const tried: string[] = []
    const { send, again, failed } = useUploads(async (file) => {
      tried.push(file.name)
      if (!line) throw new Unreachable('offline')
      taken.push(file.name)
    }, () => undefined)
    await send(files)
    expect(tried).toEqual(['一.jpg'])
    expect(failed.value).toHaveLength(3)
    line = true
    await again()
    expect(taken).toEqual(['一.jpg', '二.pdf', '三.jpg'])
    expect(failed.value).toEqual([])
  })
})
