import type { Standing } from './wire'

/** The worst first, as the list and the legend have them. */
export const STANDINGS = ['late', 'open', 'replied', 'none'] as const satisfies readonly Standing[]
export const KINDS = ['hospital', 'health_centre', 'health_station', 'science_room'] as const

/** How bad: a cluster looks like its worst site. */
export const RANK: Record<Standing, number> = { none: 0, replied: 1, open: 2, late: 3 }

/** The token of a standing's colour. */
export const COLOUR: Record<Standing, string> = { late: '--late', open: '--accent', replied: '--look', none: '--text-3' }

/** The outline says the kind, on a grid of 24 units. */
const OUTLINES: Record<string, string> = {
  hospital: 'M4 2.500h16q1.500 0 1.500 1.500v16q0 1.500-1.500 1.500H4q-1.500 0-1.500-1.500V4q0-1.500 1.500-1.500z',
  health_centre: 'M7 2.500h10l5.500 9.500-5.500 9.500H7L1.500 12z',
  health_station: 'M12 2a10 10 0 1 0 0 20 10 10 0 0 0 0-20z',
  science_room: 'M12 .5L23.500 12 12 23.500.5 12z',
}

/** The sign within it says the standing, so that colour never speaks alone. */
export const SIGNS: Record<Standing, string> = {
  late: 'M12 6.500v6.500M12 17v.01',
  open: 'M12 8.500a3.500 3.500 0 1 0 0 7 3.500 3.500 0 0 0 0-7z',
  replied: 'M16.500 15.500a4 4 0 0 0-4-4h-4.500M10.500 8.500l-3 3 3 3',
  none: 'M8.500 12h7',
}

/** A kind that is not known here looks like a station. */
export const outlineOf = (kind: string): string => OUTLINES[kind] ?? OUTLINES['health_station']!
