import { type Problem, suggestion } from '../schemas/problem.js'
import { neededParts, type StudyPairs, strategiesOf } from './study-pairs.js'

/**
 * Parts of `pairs:` that need each other, and names that point nowhere.
 *
 * @param cells the pairs of the study's matrix: what one of them needs may stand in the study
 */
export function studyPairsProblems(
  pairs: StudyPairs,
  judges: readonly string[],
  cells: readonly StudyPairs[] = [],
): Problem[] {
  const problems: Problem[] = []
  const find = (path: readonly string[], message: string): void => {
    problems.push({ path: ['pairs', ...path], message })
  }
  const strategies = strategiesOf(pairs)
  const isNeeded = (part: keyof ReturnType<typeof neededParts>): boolean =>
    [pairs, ...cells].some((held) => neededParts(held)[part])
  if (new Set(strategies).size < strategies.length)
    find(['strategy'], `expected each strategy once, found ${strategies.join(', ')}`)
  if (pairs.shuffles !== 1 && !isNeeded('shuffles'))
    find(['shuffles'], `expected split "published" for more than one shuffle, found "${pairs.split}"`)
  if (pairs.perExample !== 1 && !isNeeded('perExample'))
    find(['perExample'], `expected rejected "hardest" or "random" for a number, found "${pairs.rejected}"`)
  if (pairs.scores !== undefined && !isNeeded('scores'))
    find(['scores'], `expected rejected "hardest" for scores, found "${pairs.rejected}"`)
  if (pairs.clean?.maxTokens !== undefined && pairs.clean.target === undefined)
    find(['clean'], 'expected `target:`, the model whose tokens count, beside maxTokens, found nothing')
  const judged = strategies.filter((name) => name !== 'responses')
  if (judged.length > 0 && pairs.judge === undefined)
    find([], `expected \`judge:\`, whose judging prompt ${judged.join(' and ')} are made of, found nothing`)
  if (pairs.judge !== undefined && !isNeeded('judge'))
    find(['judge'], 'expected no judge for strategy responses, found one')
  if (pairs.judge !== undefined && !judges.includes(pairs.judge))
    find(
      ['judge'],
      `expected the name of a judge of this study, found "${pairs.judge}"${suggestion(pairs.judge, judges)}`,
    )
  return problems
}
