import { ConfigError, createNumpyRandom, type Example, firstComparison, type StudyJudge } from '@judgelab/core'
import { examplesOn } from '@judgelab/datasets'
import { presentComparisons, type Shot, show } from '@judgelab/judges'
import type { StudyData } from '../prepare.js'

/** Seeds the draw of solved examples; the same for every judge, so that judges are shown the same ones. */
const SEED = 42

/**
 * Solved examples of the training side for a judge that asks for some: drawn by seed, each in turn with the chosen
 * response in the first and in the second slot, so that no slot is taught.
 *
 * @throws {ConfigError} if the judge is not pairwise, or the training side has too few
 */
export function shotsFor(asked: StudyJudge, { benchmark, split }: Pick<StudyData, 'benchmark' | 'split'>): Shot[] {
  if (asked.shots === undefined) return []
  const field = `judges.${asked.name}.shots`
  if (asked.mode !== 'pairwise')
    throw new ConfigError(`expected mode pairwise of a judge that is shown solved examples, found ${asked.mode}`, field)
  const examples = examplesOn('train', benchmark, split).filter((example) => firstComparison(example) !== undefined)
  if (examples.length < asked.shots)
    throw new ConfigError(
      `expected at most ${examples.length} shots, the training side has no more, found ${asked.shots}`,
      field,
    )
  createNumpyRandom(SEED).shuffle(examples)
  return examples.slice(0, asked.shots).map((example, at) => shotOf(example, at % 2, asked.reference))
}

function shotOf(example: Example, slot: number, reference: string | undefined): Shot {
  const comparison = firstComparison(example) as NonNullable<ReturnType<typeof firstComparison>>
  const presentations = presentComparisons([comparison], { mode: 'pairwise', orders: 'both' })
  const presentation = presentations.find(({ slots }) => slots[slot] === comparison.chosen) as (typeof presentations)[0]
  return { shown: show(presentation, example, { reference }), outcome: { kind: 'choice', slot } }
}
