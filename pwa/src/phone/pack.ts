import { computed, shallowRef } from 'vue'
import { phonePack } from '@/api/phone'
import { Problem, Unreachable } from '@/api/problem'
import type { LastAnswer, PhonePack, Site, TemplateVersion } from '@/api/types'
import { db, durably, type Pack } from '@/outbox/database'
import { askPassword, outboxStatus } from '@/outbox/status'
import { shanghaiDate, shanghaiInstant } from '@/ui/time'
import { me } from './session/session'

const stored = shallowRef<Pack | null>(null)

/** All that this month without network needs, as it was last fetched. */
export const pack = computed<PhonePack | null>(() => stored.value?.pack ?? null)
export const packFetchedAt = computed(() => stored.value?.fetchedAt ?? null)

const sites = computed(() => new Map(pack.value?.sites.map((site) => [site.id, site])))
const versions = computed(() => new Map(pack.value?.templateVersions.map((version) => [version.id, version])))
const people = computed(() => new Map(pack.value?.people.map((person) => [person.id, person.name])))

/** Undefined also for a task that concerns no site. */
export const siteById = (id: string | null): Site | undefined => (id ? sites.value.get(id) : undefined)
export const versionById = (id: string): TemplateVersion | undefined => versions.value.get(id)
export const personName = (id: string): string => people.value.get(id) ?? ''

export function lastAnswersOf(siteId: string, templateCode: string): Map<string, LastAnswer> {
  const last = pack.value?.lastAnswers.find((one) => one.siteId === siteId && one.templateCode === templateCode)
  return new Map(last?.items.map((answer) => [answer.item, answer]))
}

export const today = (): string => shanghaiDate(Date.now())

/** Take up the pack kept on this device: this month's, else the newest there is. */
export async function loadPack(): Promise<void> {
  stored.value = null
  const personId = me.value?.id
  if (!personId) return
  const packs = await durably(() => db.packs.where('personId').equals(personId).sortBy('month'))
  stored.value = packs.find((one) => one.month === today().slice(0, 7)) ?? packs.at(-1) ?? null
}

/** Ask the server for a newer pack. Offline, the kept one stays; a session that ended asks for the password. */
export async function refreshPack(): Promise<void> {
  const personId = me.value?.id
  if (!personId) return
  const month = today().slice(0, 7)
  const kept = stored.value?.month === month && stored.value.personId === personId ? stored.value : null
  try {
    const fresh = await phonePack(month, kept?.etag ?? null)
    outboxStatus.reachable = true
    if (fresh && fresh.pack.me.id !== personId) {
      outboxStatus.otherPerson = fresh.pack.me.name
      return
    }
    const fetchedAt = shanghaiInstant(Date.now())
    const next: Pack = fresh ? { personId, month, fetchedAt, ...fresh } : { ...kept!, fetchedAt }
    await durably(() => db.packs.put(next))
    if (me.value?.id === personId) stored.value = next
  } catch (error) {
    if (error instanceof Unreachable) outboxStatus.reachable = false
    else if (error instanceof Problem && error.status === 401) askPassword()
    else if (error instanceof Problem && error.status >= 500) outboxStatus.reachable = false
    else throw error
  }
}
