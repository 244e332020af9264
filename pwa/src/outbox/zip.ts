export type ZipEntry = { name: string; bytes: Uint8Array<ArrayBuffer>; at: Date }

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n
  for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1
  return c >>> 0
})

export function crc32(bytes: Uint8Array): number {
  let c = 0xffffffff
  for (const byte of bytes) c = TABLE[(c ^ byte) & 0xff]! ^ (c >>> 8)
  return (c ^ 0xffffffff) >>> 0
}

/** What a reader of the plain format can hold: longer files need ZIP64, which phones' own readers do not all know. */
const MOST_BYTES = 0xffffffff
const MOST_ENTRIES = 0xffff

/**
 * A ZIP file of stored (not compressed) entries: photos do not get smaller, and a phone has no memory to spare.
 * Entries are taken one at a time, and each is given to the browser to keep before the next is asked for.
 * Names are UTF-8. Up to 4 GB and 65,535 entries. @throws RangeError beyond that
 */
export async function zip(entries: Iterable<ZipEntry> | AsyncIterable<ZipEntry>): Promise<Blob> {
  const parts: Blob[] = []
  const directory: BlobPart[] = []
  let offset = 0
  let directorySize = 0
  for await (const entry of entries) {
    const name = new TextEncoder().encode(entry.name)
    const fields = common(entry, name)
    const local = new Blob([record(0x04034b50, fields), name, entry.bytes])
    parts.push(local)
    const central = record(0x02014b50, [[20, 2], ...fields, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]])
    directory.push(central, name)
    offset += local.size
    directorySize += central.length + name.length
    if (offset + directorySize > MOST_BYTES || parts.length > MOST_ENTRIES) throw new RangeError('zip')
  }
  const end = record(0x06054b50, [
    [0, 2],
    [0, 2],
    [parts.length, 2],
    [parts.length, 2],
    [directorySize, 4],
    [offset, 4],
    [0, 2],
  ])
  return new Blob([...parts, ...directory, end], { type: 'application/zip' })
}

type Field = [value: number, bytes: number]

function common(entry: ZipEntry, name: Uint8Array): Field[] {
  const { time, date } = dosTime(entry.at)
  const size = entry.bytes.length
  // version 2.0, flag bit 11 = UTF-8 names, method 0 = stored
  return [
    [20, 2],
    [0x0800, 2],
    [0, 2],
    [time, 2],
    [date, 2],
    [crc32(entry.bytes), 4],
    [size, 4],
    [size, 4],
    [name.length, 2],
    [0, 2],
  ]
}

function record(signature: number, fields: Field[]): Uint8Array<ArrayBuffer> {
  const all: Field[] = [[signature, 4], ...fields]
  const view = new DataView(new ArrayBuffer(all.reduce((sum, [, bytes]) => sum + bytes, 0)))
  let at = 0
  for (const [value, bytes] of all) {
    if (bytes === 2) view.setUint16(at, value, true)
    else view.setUint32(at, value, true)
    at += bytes
  }
  return new Uint8Array(view.buffer)
}

function dosTime(at: Date): { time: number; date: number } {
  const years = Math.max(at.getFullYear() - 1980, 0)
  return {
    time: (at.getHours() << 11) | (at.getMinutes() << 5) | (at.getSeconds() >> 1),
    date: (years << 9) | ((at.getMonth() + 1) << 5) | at.getDate(),
  }
}
