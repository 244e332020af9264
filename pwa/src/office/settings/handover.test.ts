import { describe, expect, it } from 'vitest'
import type { Person } from '../wire'
import { postsToHand, unitsOf } from './handover'

const post = (role: string, unitId: string) => ({ role, unitId, unitName: unitId, validFrom: '2026-01-01' })
const person = { posts: [post('liaison', 'u1'), post('data_officer', 'u1'), post('inspector', 'u2')] } as Person

describe('the posts that may be handed over', () => {
  it('are all for the administrator, those of units for the office, none for others', () => {
    expect(postsToHand(person, 'admin')).toHaveLength(3)
    expect(postsToHand(person, 'office').map((one) => one.role)).toEqual(['liaison', 'data_officer'])
    expect(postsToHand(person, 'supervisor')).toEqual([])
  })

  it('stand in units, each once', () => {
    expect(unitsOf(person.posts).map((unit) => unit.id)).toEqual(['u1', 'u2'])
  })
})
