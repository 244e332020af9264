/** Letters as the office reads them, by way of the generated OpenAPI types. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type LetterKind = 'assignment' | 'supervision' | 'approval' | 'situation_report' | 'circular' | 'notice' | 'minutes'
export type LetterState =
  | 'draft' | 'in_review' | 'confirmed' | 'signed' | 'issued' | 'sealed' | 'submitted' | 'decided' | 'archived' | 'cancelled'
export type LetterAction = Schemas['LetterMove']['action']
export type LetterRow = Omit<Schemas['LetterRow'], 'kind' | 'state' | 'actions'> & {
  kind: LetterKind
  state: LetterState
  actions: LetterAction[]
}
export type LetterStep = Omit<Schemas['LetterStepOut'], 'action'> & { action: LetterAction }
export type Letter = LetterRow & Omit<Schemas['LetterOut'], keyof LetterRow | 'history'> & { history: LetterStep[] }
export type LetterMove = Pick<Schemas['LetterMove'], 'id' | 'action'> & Partial<Omit<Schemas['LetterMove'], 'id' | 'action'>>
export type MoveFields = Omit<LetterMove, 'id' | 'action' | 'version'>

export type Proposals = Schemas['Proposals']
export type AssignmentProposal = Schemas['AssignmentProposal']
export type SupervisionProposal = Schemas['SupervisionProposalOut']
export type ReportProposal = Schemas['ReportProposal']
export type Trigger = Schemas['ReasonOut']['trigger']
export type Disqualification = Schemas['DisqualificationOut']

/** A letter that the ladder proposes: what the draft form is opened for. */
export type Proposed =
  | { kind: 'assignment'; key: string; of: AssignmentProposal }
  | { kind: 'supervision'; key: string; of: SupervisionProposal }
  | { kind: 'approval'; key: string; of: ReportProposal }
export type ReplyLink = Schemas['ReplyLinkOut']
export type ReplyLinkChange = Schemas['ManageReplyLink']
