import { digest, type ShownPresentation } from '@judgelab/core'
import type { Call } from '../judge.js'

/** Judges that know nothing: what a judge must beat before its accuracy means anything. */
export const NULL_JUDGES = ['longer', 'shorter', 'first', 'random'] as const
export type NullJudge = (typeof NULL_JUDGES)[number]

/**
 * The slot that a null judge names: the longest or shortest text in characters (equal lengths tie), the first slot, or a
 * slot drawn by the seed and the presentation's id, so that the order in which calls are made does not matter.
 */
export function nullChoice(judge: NullJudge, { presentationId, shown }: Call, seed: number): number | 'tie' {
  switch (judge) {
    case 'longer':
      return extreme(shown, (a, b) => a > b)
    case 'shorter':
      return extreme(shown, (a, b) => a < b)
    case 'first':
      return 0
    case 'random':
      return Number.parseInt(digest([seed, presentationId]).slice(0, 8), 16) % shown.slots.length
  }
}

function extreme({ slots }: ShownPresentation, beats: (a: number, b: number) => boolean): number | 'tie' {
  const lengths = slots.map((text) => text.length)
  const best = lengths.reduce((held, length) => (beats(length, held) ? length : held))
  const holders = lengths.filter((length) => length === best).length
  return holders === 1 ? lengths.indexOf(best) : 'tie'
}
