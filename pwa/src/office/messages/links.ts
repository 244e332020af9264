import type { RouteLocationRaw } from 'vue-router'

/** Where a message's link leads on the desk; nowhere for the inbox itself, which is open already. */
export function placeOfLink(link: string): RouteLocationRaw | null {
  const [, name = '', id] = link.split('/')
  if (name === 'letters') return { name: 'letters', params: id ? { id } : {}, query: { part: 'register' } }
  if (name === 'tasks' || name === 'inspections' || name === 'declaration') return { name, params: id ? { id } : {} }
  return null
}
