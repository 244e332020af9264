import { setSetting, setting } from './database'

/** What this device's person chose. `letGoAt`: what was handed in up to this instant need not wait any longer. */
export type DataSaver = { on: boolean; letGoAt: string | null }
/** Whether the line in use costs money by the byte, as far as the browser tells. iOS and desktops tell nothing. */
export type Way = 'free' | 'metered' | 'unknown'

const KEY = 'dataSaver'
const OFF: DataSaver = { on: false, letGoAt: null }
const FREE = new Set(['wifi', 'ethernet'])
const METERED = new Set(['cellular', 'bluetooth', 'wimax'])

export type Connection = EventTarget & { type?: string }

export const connection = (): Connection | undefined =>
  typeof navigator === 'undefined' ? undefined : (navigator as Navigator & { connection?: Connection }).connection

export function wayOf(type: string | undefined): Way {
  if (FREE.has(type ?? '')) return 'free'
  return METERED.has(type ?? '') ? 'metered' : 'unknown'
}

/** Whether the photos of something that was handed in at an instant wait for Wi-Fi. Answers never do. */
export function waitsForWifi(handedInAt: string, saver: DataSaver, way: Way): boolean {
  if (!saver.on || way === 'free') return false
  return saver.letGoAt === null || Date.parse(handedInAt) > Date.parse(saver.letGoAt)
}

export async function dataSaver(): Promise<DataSaver> {
  return (await setting<DataSaver>(KEY)) ?? OFF
}

/** Photos wait for Wi-Fi from now on, or no longer. */
export const useDataSaver = (on: boolean): Promise<void> => setSetting(KEY, { on, letGoAt: null })

/** What waits now may go by any line; what is handed in later waits again. Survives a killed browser. */
export async function letGo(nowInstant: string): Promise<void> {
  const { on } = await dataSaver()
  await setSetting(KEY, { on, letGoAt: nowInstant })
}
