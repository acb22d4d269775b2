import { ablationResult, buildResults, type JudgedCell, type StudyResults } from '../src/index.js'
import { CELLS, cell, sureness } from './made-ablation.js'
import { smallStudy } from './small-study.js'

const AXES = { count: [0, 10, 20, 'all'], seed: [1, 2] }
const WRONG = { ties: 'wrong', failures: 'wrong' } as const

/** A small study without a matrix. */
export function withoutMatrix(): StudyResults {
  const said = [
    [0, 1],
    [1, 0],
    [0, 1],
    [1, 0],
  ] as const
  return buildResults(smallStudy({ base: said, longer: said, 'base+dpo': said }))
}

/** A small study with the ablation that some cells make. */
export function resultsWith(
  cells: readonly JudgedCell[],
  axes: Parameters<typeof ablationResult>[0]['axes'] = AXES,
  margin = 0.1,
): StudyResults {
  const ablation = ablationResult({ tuning: 'base+dpo', margin, axes }, cells, WRONG, sureness)
  return { ...withoutMatrix(), ablation }
}

/** One arm, three numbers of pairs, two seeds. */
export function curveResults(): StudyResults {
  return resultsWith(CELLS)
}

/** Four arms of two axes, one number of pairs, two seeds. */
export function recipeResults(): StudyResults {
  const cells = [0.1, 0.3].flatMap((beta) =>
    [1, 3].flatMap((epochs) =>
      [0, 10].flatMap((pairs) =>
        [1, 2].map((seed) =>
          cell(pairs, seed, pairs === 0 ? 20 : 20 + Math.round(20 * beta) + epochs + seed, {
            'tuning.beta': beta,
            'tuning.epochs': epochs,
          }),
        ),
      ),
    ),
  )
  return resultsWith(cells, { count: [0, 10], seed: [1, 2], 'tuning.beta': [0.1, 0.3], 'tuning.epochs': [1, 3] })
}
