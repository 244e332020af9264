import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const folder = new URL('.', import.meta.url)
const read = (name: string): Record<string, string> => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))
const slices = readdirSync(folder)
  .filter((name) => name.endsWith('.zh-CN.json'))
  .map((name) => name.replace('.zh-CN.json', ''))
const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort()

describe.each(slices)('the texts of %s', (slice) => {
  const chinese = read(`${slice}.zh-CN.json`)
  const english = read(`${slice}.en.json`)

  it('have the same keys in both languages', () => {
    expect(Object.keys(english).sort()).toEqual(Object.keys(chinese).sort())
  })

  it('fill in the same places', () => {
    for (const key of Object.keys(chinese)) expect([key, places(english[key]!)]).toEqual([key, places(chinese[key]!)])
  })
})

describe('keys that are put together where they are used', () => {
  const keys = slices.flatMap((slice) => Object.keys(read(`${slice}.zh-CN.json`)))
  const sources = (readdirSync(new URL('..', folder), { recursive: true }) as string[])
    .filter((name) => /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts'))
    .map((name) => [name, readFileSync(new URL(`../${name}`, folder), 'utf8')] as const)

  it('begin as a text of the catalogues does', () => {
    const begun = sources.flatMap(([name, text]) => [...text.matchAll(/\bt\(`([\w.-]+)\$\{/g)].map((found) => [name, found[1]!] as const))
    expect(begun.length).toBeGreaterThan(50)
    expect(begun.filter(([, start]) => !keys.some((key) => key.startsWith(start)))).toEqual([])
  })
})
