import type { Site } from '@/api/types'
import { toGcj02 } from '@/domain/gcj02'

export type Route = { app: 'amap' | 'baidu' | 'system'; href: string }

/** Links that open a navigation app; Chinese apps get GCJ-02, the phone's own map WGS-84. */
export function routesTo(site: Pick<Site, 'name' | 'position'>): Route[] {
  const name = encodeURIComponent(site.name)
  const gcj = toGcj02(site.position)
  const at = (n: number) => n.toFixed(6)
  return [
    {
      app: 'amap',
      href: `https://uri.amap.com/navigation?to=${at(gcj.lon)},${at(gcj.lat)},${name}&mode=car&callnative=1`,
    },
    {
      app: 'baidu',
      href: `https://api.map.baidu.com/direction?destination=latlng:${at(gcj.lat)},${at(gcj.lon)}|name:${name}&coord_type=gcj02&mode=driving&output=html&src=xungai`,
    },
    {
      app: 'system',
      href: `geo:${at(site.position.lat)},${at(site.position.lon)}?q=${at(site.position.lat)},${at(site.position.lon)}(${name})`,
    },
  ]
}
