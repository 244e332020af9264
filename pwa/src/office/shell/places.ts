import { UNIT_ROLES } from '../state/session'
import type { IconName } from '../parts/icons'
import type { Me } from '../wire'

export type Place = { name: string; icon: IconName }
/** Pages that belong to one kind of work, under its heading. */
export type Section = { key: string; places: Place[] }

const WORK: Section[] = [
  {
    key: 'daily',
    places: [
      { name: 'overview', icon: 'overview' },
      { name: 'review', icon: 'review' },
      { name: 'tasks', icon: 'tasks' },
      { name: 'inspections', icon: 'inspections' },
      { name: 'planning', icon: 'calendar' },
      { name: 'map', icon: 'pin' },
    ],
  },
  {
    key: 'orders',
    places: [
      { name: 'letters', icon: 'letters' },
      { name: 'meetings', icon: 'meetings' },
      { name: 'workplans', icon: 'flag' },
    ],
  },
  {
    key: 'evaluation',
    places: [
      { name: 'board', icon: 'board' },
      { name: 'matrix', icon: 'matrix' },
      { name: 'declaration', icon: 'declaration' },
      { name: 'evaluation', icon: 'statistics' },
      { name: 'science', icon: 'building' },
      { name: 'negative', icon: 'scales' },
    ],
  },
  { key: 'data', places: [{ name: 'statistics', icon: 'statistics' }] },
]
const DESK: Place[] = [
  { name: 'checklists', icon: 'edit' },
  { name: 'settings', icon: 'settings' },
]

/** What a person's rail shows: the administrator keeps the house only, a unit's people hand in, only the office sets things up. */
export function sectionsFor(me: Pick<Me, 'role'>): Section[] {
  if (me.role === 'admin') return [{ key: 'data', places: [{ name: 'settings', icon: 'settings' }] }]
  if (UNIT_ROLES.includes(me.role)) return [{ key: 'evaluation', places: [{ name: 'declaration', icon: 'declaration' }] }]
  if (me.role !== 'office') return WORK
  return WORK.map((section) => (section.key === 'data' ? { ...section, places: [...section.places, ...DESK] } : section))
}
