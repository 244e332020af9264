import type { components } from '@/api/schema'

type Wire = components['schemas']
export type ScienceRooms = Wire['ScienceRooms']
export type Room = Wire['RoomOut']
export type RoomDetail = Wire['RoomDetail']
export type RoomBody = Wire['RoomIn']
export type ScienceEntry = Wire['EntryOut']
export type ScienceEntryBody = Wire['EntryIn']
export type EntryKind = ScienceEntry['kind']
export type ScienceNode = NonNullable<ScienceEntry['node']>

export const KINDS = ['update', 'activity', 'stock'] as const satisfies readonly EntryKind[]

/** What is typed of an entry. */
export type EntryDraft = { kind: EntryKind; on: string; name: string; count: string; node: ScienceNode | ''; note: string }
export const newEntry = (on: string): EntryDraft => ({ kind: 'update', on, name: '', count: '', node: '', note: '' })

/** The nodes that an activity of a day may belong to: 全国科普月 is September, since 2025 (R53). */
export const nodesOn = (on: string): ScienceNode[] =>
  on.slice(5, 7) === '09' && on >= '2025' ? ['science_week', 'science_day', 'science_month'] : ['science_week', 'science_day']

/** Whether it can be entered: an update needs no count. */
export const isEntryReady = (draft: EntryDraft) =>
  draft.on !== '' && draft.name.trim() !== '' && (draft.kind === 'update' || /^\d{1,6}$/.test(draft.count.trim()))

/** What is entered: a count and a node only where the kind has one. */
export const entryBody = (siteId: string, draft: EntryDraft): ScienceEntryBody => ({
  siteId,
  kind: draft.kind,
  on: draft.on,
  name: draft.name.trim(),
  count: draft.kind === 'update' ? null : Number(draft.count.trim()),
  node: draft.kind === 'activity' && draft.node && nodesOn(draft.on).includes(draft.node) ? draft.node : null,
  note: draft.note.trim(),
})

/** What is typed of a room's facts. */
export type RoomDraft = { community: string; areaM2: string; openingHours: string; keeper: string; equipment: string }
export const roomDraft = ({ record }: Pick<Room, 'record'>): RoomDraft => ({
  community: record?.community ?? '', areaM2: record ? String(record.areaM2) : '', openingHours: record?.openingHours ?? '', keeper: record?.keeper ?? '', equipment: record?.equipment ?? '',
})
export const isRoomReady = (draft: RoomDraft) =>
  [draft.community, draft.openingHours, draft.keeper].every((text) => text.trim()) && /^[1-9]\d{0,4}$/.test(draft.areaM2.trim())
export const roomBody = (draft: RoomDraft): RoomBody => ({
  community: draft.community.trim(), areaM2: Number(draft.areaM2.trim()), openingHours: draft.openingHours.trim(), keeper: draft.keeper.trim(), equipment: draft.equipment.trim(),
})
