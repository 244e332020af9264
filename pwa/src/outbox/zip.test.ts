import { describe, expect, it } from 'vitest'
import { unzip } from './testing/unzip'
import { crc32, zip } from './zip'

const text = (words: string) => new TextEncoder().encode(words)
const AT = new Date(2026, 10, 24, 9, 30, 10)

describe('the rescue archive', () => {
  it('computes the CRC that the format defines', () => expect(crc32(text('123456789'))).toBe(0xcbf43926))

  it('gives back what was put in, Chinese names too', async () => {
    const photo = crypto.getRandomValues(new Uint8Array(3000))
    const found = await unzip(
      await zip([
        { name: '照片/一.jpg', bytes: photo, at: AT },
        { name: 'answers.json', bytes: text('{}'), at: AT },
      ]),
    )
    expect([...found.keys()]).toEqual(['照片/一.jpg', 'answers.json'])
    expect(found.get('照片/一.jpg')).toEqual(photo)
  })

  it('takes one entry at a time, and keeps none of them in hand', async () => {
    let open = 0
    const found = await unzip(
      await zip(
        (async function* () {
          for (const name of ['a', 'b', 'c']) {
            expect(++open).toBe(1)
            yield { name, bytes: text(name), at: AT }
            open--
          }
        })(),
      ),
    )
    expect([...found.keys()]).toEqual(['a', 'b', 'c'])
  })

  it('is a valid archive when empty', async () => expect((await unzip(await zip([]))).size).toBe(0))
})
