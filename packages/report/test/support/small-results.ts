import { buildResults, type StudyResults, type TuningResult } from '@judgelab/analysis'
import type { StudyEvaluation } from '@judgelab/core'
import { type Passes, smallStudy } from '../../../analysis/test/small-study.js'

const RIGHT = [0, 1] as const
const WRONG = [1, 0] as const
const TIE = ['tie', 'tie'] as const

/** The tuned judge decides three comparisons, the base one all four; the control ties on two. */
export const SAID = {
  base: [RIGHT, WRONG, RIGHT, WRONG],
  longer: [WRONG, RIGHT, TIE, TIE],
  'base+dpo': [RIGHT, RIGHT, WRONG, TIE],
} as const satisfies Record<string, Passes>

/** A whole study of four comparisons under some policies; `said` are the slots that each judge named. */
export function smallResults(
  evaluation: Partial<StudyEvaluation> = {},
  said: Readonly<Record<'base' | 'longer' | 'base+dpo', Passes>> = SAID,
): StudyResults {
  const evidence = smallStudy(said)
  return buildResults({
    ...evidence,
    study: { ...evidence.study, evaluation: { ...evidence.study.evaluation, ...evaluation } },
  })
}

/** The same with a tuning that was trained for one epoch and ended at some loss. */
export function withTuning(results: StudyResults, loss: number): StudyResults {
  const point: TuningResult['steps'][number] = { step: 1, epoch: 1, loss, rewardAccuracy: 0.4, margin: -0.1 }
  const parameters = { name: 'base+dpo', base: 'base', beta: 0.1, epochs: 1, batchSize: 8, learningRate: 1 }
  const tuning = { name: 'base+dpo', base: 'base', parameters, steps: [point], validation: [point], weights: '0' }
  return { ...results, tuning: [tuning as unknown as StudyResults['tuning'][number]] }
}
