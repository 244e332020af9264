type Row = { id: string }

/** Findings that stand: all but the void ones. */
export const STANDING = 'draft,confirmed'

/** The row to stand on when `id` leaves the list: the one below, else the one above, else none. */
export function afterLeaving<T extends Row>(rows: readonly T[], id: string): T | null {
  const at = rows.findIndex((row) => row.id === id)
  if (at < 0) return rows[0] ?? null
  return rows[at + 1] ?? rows[at - 1] ?? null
}

/** The row some places away, stopping at the ends. */
export function neighbour<T extends Row>(rows: readonly T[], id: string | null, places: number): T | null {
  const at = rows.findIndex((row) => row.id === id)
  if (at < 0) return rows[0] ?? null
  return rows[Math.min(rows.length - 1, Math.max(0, at + places))] ?? null
}

/** The next rows' photos, to be fetched before they are asked for. */
export function ahead<T extends Row>(rows: readonly T[], id: string | null, count: number): T[] {
  const at = rows.findIndex((row) => row.id === id)
  return rows.slice(at + 1, at + 1 + count)
}
