const ZONE = 'Asia/Shanghai'
const OFFSET_MS = 8 * 3600_000

const clockFormat = new Intl.DateTimeFormat('zh-CN', {
  timeZone: ZONE,
  hour: '2-digit',
  minute: '2-digit',
  hour12: false,
})

/** Hours and minutes of an instant in Shanghai, "08:12". */
export function clockText(at: string | number | Date): string {
  return clockFormat.format(new Date(at))
}

/** The Shanghai date of an instant, "2026-11-24". */
export function shanghaiDate(at: string | number | Date): string {
  return new Date(new Date(at).getTime() + OFFSET_MS).toISOString().slice(0, 10)
}

/** An instant as RFC 3339 with Shanghai's offset, to the second. */
export function shanghaiInstant(at: number | Date): string {
  return `${new Date(new Date(at).getTime() + OFFSET_MS).toISOString().slice(0, 19)}+08:00`
}

/** "11-24" for a date of this year, the whole date otherwise. */
export function dayText(on: string, today: string): string {
  return on.slice(0, 4) === today.slice(0, 4) ? on.slice(5) : on
}

/** "11-24 10:02", without the date where it is today. */
export function momentText(at: string, today: string): string {
  const on = shanghaiDate(at)
  return on === today ? clockText(at) : `${dayText(on, today)} ${clockText(at)}`
}
