import { type ClaimedContrast, type ClaimResult, claimLabel } from '@judgelab/analysis'
import { formatP, formatPoints } from '../format/numbers.js'
import { claimSentence } from '../sentences/claim-sentences.js'
import { counted } from '../sentences/counted.js'
import { listed } from '../sentences/subset-sentence.js'

/**
 * What the printed figures support, for the first screen: of one comparison its sentence; of several, which hold whatever
 * the pairing, which depend on it, and which hold under none, each with its numbers.
 */
export function claimAnswer(result: ClaimResult): string {
  const [first, ...others] = result.contrasts
  if (first === undefined) return 'The printed figures cannot be compared.'
  if (others.length === 0) return claimSentence(result, first)
  const parts = [
    part(result, 'always', 'holds under every pairing of the answers', 'hold under every pairing of the answers'),
    part(
      result,
      'depends',
      'depends on the pairing, which is not printed',
      'depend on the pairing, which is not printed',
    ),
    part(result, 'never', 'is significant under no pairing', 'are significant under no pairing'),
  ].filter((words) => words !== '')
  return `Of ${counted(result.contrasts.length, 'printed comparison')}, ${listed(parts)}.`
}

function part(result: ClaimResult, significant: ClaimedContrast['significant'], one: string, several: string): string {
  const held = result.contrasts.filter((contrast) => contrast.significant === significant)
  if (held.length === 0) return ''
  const named = held.map((contrast) => contrastWords(result, contrast))
  return `${held.length} ${held.length === 1 ? one : several} (${named.join('; ')})`
}

/** `GPT-5.2 against Llama 4 Maverick, +11.4 points, p at most 0.0011`. */
function contrastWords(result: ClaimResult, { judge, against, difference, p, significant }: ClaimedContrast): string {
  const [low, high] = [formatPoints(difference.min), formatPoints(difference.max)]
  const names = `${claimLabel(result, judge)} against ${claimLabel(result, against)}`
  return `${names}, ${low === high ? low : `${low} to ${high}`} points, ${rangeWords(p, significant)}`
}

function rangeWords({ min, max }: ClaimedContrast['p'], significant: ClaimedContrast['significant']): string {
  const [low, high] = [formatP(min), formatP(max)]
  if (significant === 'always') return `p ${high.startsWith('<') ? high : `at most ${high}`}`
  return low === high ? `p ${low}` : `p ${low} to ${high}`
}
