/**
 * Working days from `today` to `until`: those after today up to and with `until`, so 0 on the day itself; negative by as
 * many once it has passed. Dates are `YYYY-MM-DD`.
 */
export function workingDaysLeft(today: string, until: string, isOff: (on: string) => boolean): number {
  if (until < today) return -workingDaysLeft(until, today, isOff) || 0
  let left = 0
  for (let on = after(today); on <= until; on = after(on)) if (!isOff(on)) left++
  return left
}

function after(date: string): string {
  const day = new Date(`${date}T00:00:00Z`)
  day.setUTCDate(day.getUTCDate() + 1)
  return day.toISOString().slice(0, 10)
}
