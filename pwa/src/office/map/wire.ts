import type { components } from '@/api/schema'
import { get } from '../data/api'

type Schemas = components['schemas']

export type MapGround = Schemas['MapGround']
export type MapSite = Schemas['MapSite']
export type MapSites = Schemas['MapSites']
export type PhotoPlace = Schemas['PhotoPlace']
export type PhotoPlaces = Schemas['PhotoPlaces']
export type Standing = MapSite['standing']

export const photoPlaces = (siteId: string) => get<PhotoPlaces>(`/api/map/sites/${siteId}/photos`)
