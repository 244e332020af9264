/** The declaration as its pages read it, by way of the generated OpenAPI types. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type RoundRow = Schemas['RoundRow']
export type Round = Schemas['RoundOut']
export type Ask = Schemas['AskOut']
export type MaterialRow = Schemas['MaterialRow']
export type Material = Schemas['MaterialOut']
export type Edition = Schemas['EditionOut']
export type Fault = Schemas['FaultOut']
export type Check = Schemas['CheckOut']
export type Candidate = Schemas['CandidateOut']
export type PackagePlan = Schemas['DeclarationPackagePlan']
export type Format = Ask['format']
export type Standing = MaterialRow['standing']
export type PageTag = Schemas['PageOut']['tag']
export type PictureKind = Schemas['PictureOut']['kind']
export type SourceKind = Schemas['SourceOut']['kind']
export type Judgements = Schemas['JudgementsOut']
export type RoundBody = Omit<Schemas['RoundIn'], 'version'> & { version?: number }
export type AskBody = Schemas['AskIn']
export type EditionBody = Schemas['EditionIn']
export type DecisionBody = Schemas['DecisionIn']
export type PaperBody = Schemas['PaperIn']
export type FiledReport = Schemas['DeclarationFileOut']
