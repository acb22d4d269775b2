import { type Problem, suggestion } from '../schemas/problem.js'
import { type StudyPairs, strategiesOf } from './study-pairs.js'

/** Parts of `pairs:` that need each other, and names that point nowhere. */
export function studyPairsProblems(pairs: StudyPairs, judges: readonly string[]): Problem[] {
  const problems: Problem[] = []
  const find = (path: readonly string[], message: string): void => {
    problems.push({ path: ['pairs', ...path], message })
  }
  const strategies = strategiesOf(pairs)
  if (new Set(strategies).size < strategies.length)
    find(['strategy'], `expected each strategy once, found ${strategies.join(', ')}`)
  if (pairs.split === 'grouped' && pairs.shuffles !== 1)
    find(['shuffles'], `expected split "published" for more than one shuffle, found "${pairs.split}"`)
  if (pairs.perExample !== 1 && pairs.rejected !== 'hardest' && pairs.rejected !== 'random')
    find(['perExample'], `expected rejected "hardest" or "random" for a number, found "${pairs.rejected}"`)
  if (pairs.scores !== undefined && pairs.rejected !== 'hardest')
    find(['scores'], `expected rejected "hardest" for scores, found "${pairs.rejected}"`)
  if (pairs.clean?.maxTokens !== undefined && pairs.clean.target === undefined)
    find(['clean'], 'expected `target:`, the model whose tokens count, beside maxTokens, found nothing')
  const judged = strategies.filter((name) => name !== 'responses')
  if (judged.length > 0 && pairs.judge === undefined)
    find([], `expected \`judge:\`, whose judging prompt ${judged.join(' and ')} are made of, found nothing`)
  if (judged.length === 0 && pairs.judge !== undefined)
    find(['judge'], 'expected no judge for strategy responses, found one')
  if (pairs.judge !== undefined && !judges.includes(pairs.judge))
    find(
      ['judge'],
      `expected the name of a judge of this study, found "${pairs.judge}"${suggestion(pairs.judge, judges)}`,
    )
  return problems
}
