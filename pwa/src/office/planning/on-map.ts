import type { Standing } from '../map/wire'
import type { Trip, TripState } from './grid'

/** A site's sign says what is most pressing there: late, still to be made, begun or nobody got in, made. */
const LOOKS: Record<TripState, Standing> = { late: 'late', planned: 'open', in_progress: 'replied', no_access: 'replied', done: 'none', cancelled: 'none' }
const ORDER: Standing[] = ['late', 'open', 'replied', 'none']

export function lookOf(trips: Trip[]): Standing {
  return ORDER.find((look) => trips.some((trip) => LOOKS[trip.state] === look)) ?? 'none'
}
