type Row = { id: string }
type Merged<T> = { items: T[]; arrived: T[] }

/**
 * Lay a freshly fetched head over a list that somebody is reading.
 *
 * Known rows are updated where they stand. A row that the head should hold and does not is gone, unless it is
 * in `keep`. Rows that are new come back as `arrived` and are not put in: the reader decides when.
 * `covers` tells whether the fetched head reaches as far as a row's place in the order.
 */
export function mergeHead<T extends Row>(
  current: readonly T[],
  head: readonly T[],
  covers: (row: T) => boolean,
  keep: ReadonlySet<string> = new Set(),
): Merged<T> {
  const fresh = new Map(head.map((row) => [row.id, row]))
  const items: T[] = []
  for (const row of current) {
    const update = fresh.get(row.id)
    if (update) items.push(update)
    else if (keep.has(row.id) || !covers(row)) items.push(row)
    fresh.delete(row.id)
  }
  return { items, arrived: head.filter((row) => fresh.has(row.id)) }
}

/** Put arrivals into the list where the order wants them; `before(a, b)`: a stands before b. */
export function letIn<T extends Row>(items: readonly T[], arrived: readonly T[], before: (a: T, b: T) => boolean): T[] {
  const list = [...items]
  for (const row of arrived) {
    if (list.some((other) => other.id === row.id)) continue
    const at = list.findIndex((other) => before(row, other))
    list.splice(at < 0 ? list.length : at, 0, row)
  }
  return list
}
