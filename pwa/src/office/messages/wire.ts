/** Messages as the desk reads them, by way of the generated OpenAPI types. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Message = Schemas['MessageOut']
export type Inbox = Schemas['Inbox']
export type Feedback = Schemas['FeedbackOut']
export type FeedbackRow = Schemas['FeedbackRow']
export type Target = Schemas['TargetOut']
export type Owner = Schemas['MessageOwner']
export type Outgoing = Schemas['OutgoingOut']
export type ChaseText = Schemas['ChaseText']
export type Chase = Schemas['ChaseOut']
/** What somebody is chased about. */
export type Chased = { kind: 'task' | 'letter' | 'unit'; id: string }
