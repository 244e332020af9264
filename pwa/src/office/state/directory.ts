import { computed, shallowRef } from 'vue'
import * as api from '../data/api'
import type { Site, Unit } from '../wire'
import { today } from './now'

const unitList = shallowRef<Unit[]>([])
const siteList = shallowRef<Site[]>([])
let asked: Promise<unknown> | null = null

/** Units and sites change seldom: read once a page load, shared by every list. */
export function useDirectory() {
  asked ??= Promise.all([
    api.units().then((units) => (unitList.value = units)),
    api.sites().then((sites) => (siteList.value = sites)),
  ]).catch(() => (asked = null))
  const siteById = computed(() => new Map(siteList.value.map((site) => [site.id, site])))
  const unitById = computed(() => new Map(unitList.value.map((unit) => [unit.id, unit])))
  // Only these can owe a task (R3); the office and outside units receive and read.
  const owing = computed(() => unitList.value.filter((unit) => ['lead', 'member', 'street'].includes(unit.kind) && (!unit.memberUntil || unit.memberUntil >= today())))
  return { units: unitList, owing, sites: siteList, siteById, unitById }
}
