import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import texts from '@/i18n/phone.zh-CN.json'
import science from '@/i18n/science.zh-CN.json'
import shared from '@/i18n/shared.zh-CN.json'

const folder = new URL('.', import.meta.url)
const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (name) => /\.(vue|ts)$/.test(name) && !name.endsWith('.test.ts'),
)
const known = new Set([texts, shared, science].flatMap(Object.keys))
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')

describe('the texts that the phone asks for', () => {
  it.each(sources)('%s', (name) => {
    const code = read(name)
    const whole = [...code.matchAll(/\bt\((?:[^'`()]*\? )?'([\w.-]+)'(?: : '([\w.-]+)')?/g)].flatMap(([, a, b]) =>
      b ? [a!, b] : [a!],
    )
    const missing = whole.filter((key) => !known.has(key))
    expect(missing).toEqual([])
  })

  it('begin with a part that exists, where the rest is put in', () => {
    const starts = sources.flatMap((name) =>
      [...read(name).matchAll(/\bt\(`([\w.]+)\.\$\{/g)].map(([, start]) => start!),
    )
    expect(starts.filter((start) => ![...known].some((key) => key.startsWith(`${start}.`)))).toEqual([])
  })

  it('are all used', () => {
    const code = [...sources, '../ui/storage-trouble.ts'].map(read).join('\n')
    const starts = [...code.matchAll(/`([\w.]+)\.\$\{/g)].map(([, start]) => start!)
    const unused = Object.keys(texts).filter(
      (key) => !code.includes(`'${key}'`) && !starts.some((start) => key.startsWith(`${start}.`)),
    )
    expect(unused).toEqual([])
  })
})
