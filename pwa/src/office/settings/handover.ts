import type { Person, Role } from '../wire'

export type Post = Person['posts'][number]
const OF_A_UNIT = ['unit_leader', 'liaison', 'data_officer']

/** The posts of a person that somebody in this role may hand over: the office those of responsible units (R6). */
export function postsToHand(person: Person, role: Role | undefined): Post[] {
  if (role === 'admin') return person.posts
  return role === 'office' ? person.posts.filter((post) => OF_A_UNIT.includes(post.role)) : []
}

/** The units in which a person has such posts, each once. */
export function unitsOf(posts: Post[]): { id: string; name: string }[] {
  return [...new Map(posts.map((post) => [post.unitId, { id: post.unitId, name: post.unitName }])).values()]
}
