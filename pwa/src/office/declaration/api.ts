import { Problem } from '@/api/problem'
import { t } from '@/i18n'
import { sha256 } from '@/outbox/ids'
import { get, officeAsk, putFile } from '../data/api'
import type {
  AskBody, Candidate, Check, DecisionBody, EditionBody, FiledReport, Material, PackagePlan, PaperBody, Round, RoundBody, RoundRow,
} from './wire'

export const rounds = () => get<RoundRow[]>('/api/declaration-rounds')
export const round = (id: string) => get<Round>(`/api/declaration-rounds/${id}`)
export const enter = (id: string, body: RoundBody) => officeAsk<Round>('PUT', `/api/declaration-rounds/${id}`, { body })
export const setAsk = (id: string, body: AskBody) => officeAsk<Round>('PUT', `/api/declaration-asks/${id}`, { body })
export const reopen = (id: string, body: { id: string; untilOn: string; reason: string }) =>
  officeAsk<Round>('POST', `/api/declaration-rounds/${id}/reopenings`, { body })
export const remind = (id: string) => officeAsk<{ told: number }>('POST', `/api/declaration-rounds/${id}/reminders`)
export const plan = (id: string) => get<PackagePlan>(`/api/declaration-rounds/${id}/package`)

export const material = (id: string) => get<Material>(`/api/declaration-materials/${id}`)
export const check = (id: string, body: EditionBody) => officeAsk<Check>('POST', `/api/declaration-materials/${id}/check`, { body })
export const handIn = (id: string, edition: string, body: EditionBody) =>
  officeAsk<Material>('PUT', `/api/declaration-materials/${id}/editions/${edition}`, { body })
export const decide = (edition: string, body: DecisionBody) =>
  officeAsk<Material>('POST', `/api/declaration-editions/${edition}/decision`, { body })
export const notePaper = (id: string, body: PaperBody) => officeAsk<Material>('POST', `/api/declaration-materials/${id}/papers`, { body })
export const candidates = (id: string) => get<Candidate[]>(`/api/declaration-materials/${id}/candidates`)

export const pictureUrl = (material: string, sha256: string) => `/api/declaration-materials/${material}/pictures/${sha256}`
export const fileUrl = (material: string, sha256: string) => `/api/declaration-materials/${material}/files/${sha256}`

/** What the server takes at most of a report; beyond it nothing needs to be sent to learn that. */
const LARGEST_REPORT = 20 * 1024 * 1024

/**
 * Bring a report under its own hash: sent again after a lost answer it is still one file.
 * @throws Problem where it is not taken, Unreachable where the line is gone.
 */
export async function fileReport(file: File): Promise<FiledReport> {
  if (file.size > LARGEST_REPORT) throw new Problem(413, 'report-too-large', t('declaration.report.tooLarge'), t('declaration.report.tooLarge.how'))
  const hash = await sha256(await file.arrayBuffer())
  return putFile<FiledReport>(`/api/declaration-files/${hash}`, file, 'application/octet-stream', { fileName: file.name.slice(-200) })
}
