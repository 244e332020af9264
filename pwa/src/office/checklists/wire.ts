/** Checklists as their editor reads and writes them. Items are opened where the phone's own types are. */
import type { components } from '@/api/schema'
import type { Item as PhoneItem, Option as PhoneOption, Rule } from '@/api/types'

type Schemas = components['schemas']

export type Words = { 'zh-CN': string; en: string }
export type Option = Omit<PhoneOption, 'label'> & { label: Words }
export type Item = Omit<PhoneItem, 'label' | 'unit' | 'hint' | 'options'> & {
  label: Words
  unit: Words | null
  hint: Words | null
  options: Option[]
  sources: string[]
}
export type Section = { code: string; label: Words }
export type NoAccess = Omit<Schemas['NoAccess'], 'label'> & { label: Words }
export type Document = Omit<Schemas['TemplateDocument'], 'name' | 'items' | 'sections' | 'noAccess' | 'siteKinds'> & {
  name: Words
  siteKinds: string[]
  sections: Section[]
  noAccess: NoAccess
  items: Item[]
}
export type { Rule }
export type Test = { op: 'equals' | 'above'; item: string; value: boolean | number | string }
export type Condition = { op: 'all' | 'any'; of: Test[] }
export type Version = Document & { id: string }
export type Checklist = Schemas['ChecklistOut']
export type VersionMark = Schemas['ChecklistVersionOut']
export type Fault = Schemas['ChecklistFault']
export type Differences = Schemas['ChecklistDifferences']
export type ItemOwed = Schemas['ItemOwed']
export type Draft = Omit<Schemas['ChecklistDraftOut'], 'document'> & { document: Document }
export type Publish = Schemas['ChecklistPublish']
export type FormReading = Omit<Schemas['FormReading'], 'document'> & { document: Document }
export type FormRemark = Schemas['FormRemark']
