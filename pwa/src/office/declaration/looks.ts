import type { Look } from '../parts/tags'
import type { Ask, Fault, Judgements, Round, Standing } from './wire'

/** What a person answers about a report, in the order of the notice. */
export const JUDGED = ['focused', 'logical', 'concise', 'substantial'] as const satisfies readonly (keyof Judgements)[]

export const standingLook: Record<Standing, Look> = {
  missing: { tone: 'late', icon: 'dash' },
  late: { tone: 'late', icon: 'late' },
  submitted: { tone: 'look', icon: 'clock' },
  returned: { tone: 'late', icon: 'undo' },
  paper: { tone: 'look', icon: 'letters' },
  unpublished: { tone: 'accent', icon: 'clock' },
  lacking: { tone: 'late', icon: 'plus' },
  complete: { tone: 'done', icon: 'check' },
}

export const gravityLook: Record<Fault['gravity'], Look> = {
  refused: { tone: 'late', icon: 'void' },
  incomplete: { tone: 'look', icon: 'plus' },
  warning: { tone: 'look', icon: 'late' },
}

/** The asks of a round under their indicators, in the notice's order. */
export function byIndicator(round: Pick<Round, 'asks'>): { code: string; name: string; asks: Ask[] }[] {
  const found: { code: string; name: string; asks: Ask[] }[] = []
  for (const ask of round.asks) {
    const last = found[found.length - 1]
    if (last?.code === ask.indicator) last.asks.push(ask)
    else found.push({ code: ask.indicator, name: ask.indicatorName, asks: [ask] })
  }
  return found
}

/** How many materials stand how, for the line above the table. */
export function sums(round: Pick<Round, 'asks'>): [Standing, number][] {
  const counts = new Map<Standing, number>()
  for (const ask of round.asks) for (const one of ask.materials) counts.set(one.standing, (counts.get(one.standing) ?? 0) + 1)
  return (Object.keys(standingLook) as Standing[]).flatMap((standing) => (counts.has(standing) ? [[standing, counts.get(standing)!]] : []))
}
