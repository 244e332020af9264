import type { Look } from '../parts/tags'

export function outcomeLook(outcome: string): Look {
  return outcome === 'no_access' ? { tone: 'look', icon: 'void' } : { tone: 'plain', icon: 'check' }
}

export function stateLook(state: string): Look {
  return state === 'submitted' ? { tone: 'look', icon: 'dash' } : { tone: 'accent', icon: 'check' }
}

export function verdictLook(verdict: string): Look {
  switch (verdict) {
    case 'pass':
      return { tone: 'done', icon: 'check' }
    case 'fail':
      return { tone: 'late', icon: 'close' }
    case 'pending':
    case 'unjudged':
      return { tone: 'look', icon: 'dash' }
    default:
      return { tone: 'quiet', icon: 'minus' }
  }
}
