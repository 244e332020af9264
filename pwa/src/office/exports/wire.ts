import type { components } from '@/api/schema'
import { officeAsk } from '../data/api'

type Schemas = components['schemas']

export type PackagePlan = Schemas['PackagePlan']
export type PackageIn = Schemas['PackageIn']

export const planPackage = (wanted: Partial<PackageIn>) => officeAsk<PackagePlan>('POST', '/api/photo-package', { body: wanted })
