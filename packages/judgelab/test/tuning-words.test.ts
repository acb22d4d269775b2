import { parseStudy, type StudyTuning } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { tuningWords } from '../src/study/tuning/tuning-words.js'

function tuningOf(said: string, judge = 'provider: together, model: m'): StudyTuning {
  const text = `version: 1
name: s
title: T
question: Q
benchmark: { source: builtin }
split: { method: together-2026 }
judges: [{ name: base, ${judge} }]
pairs: {}
tuning: [{ name: base+dpo, base: base, ${said} }]
`
  return parseStudy(text, 's.yaml').tuning[0] as StudyTuning
}

describe('tuningWords', () => {
  it('says of a local tuning what its trainer is told', () => {
    const tuning = tuningOf(
      'learningRate: 10, loss: cdpo, labelSmoothing: 0.1, patience: 2, l2: 0.01',
      'provider: local, model: linear',
    )
    expect(tuningWords(tuning, 'Linear')).toBe(
      'cDPO of Linear by backend local: beta 0.1, label smoothing 0.1, 3 epochs, batches of 32, learning rate 10, linear schedule, 5 evaluations, seed 42, L2 0.01, stopped when the validation loss had not fallen for 2 evaluations.',
    )
  })

  it('says of a hosted tuning what stands by default', () => {
    expect(tuningWords(tuningOf('backend: together, learningRate: 0.000005'), 'OSS')).toBe(
      'DPO of OSS by backend together: beta 0.1, 3 epochs, batches as large as the service takes, learning rate 0.000005, linear schedule, 5 evaluations, seed 42, gradients clipped at 1, weight decay 0, 1 checkpoint. A low-rank adapter on all linear modules was trained, rank 16, alpha 32, dropout 0.',
    )
  })

  it('says every parameter that a study may set', () => {
    const hosted = `hosted: {
      model: org/big, loraModules: [q_proj, v_proj], batchSize: 8, gradientAccumulation: 2, maxSequenceLength: 4096,
      packing: false, warmupRatio: 0.1, maxGradNorm: 0, schedule: cosine, minLearningRateRatio: 0.2, cosineCycles: 2,
      checkpoints: 3, rpoAlpha: 0.5, normalizeByLength: true, referenceFree: true, fromCheckpoint: "ft-1:5",
      earlyStopping: { patience: 2, minDelta: 0.01, warmup: 1 }, huggingFace: { model: me/start, revision: main } }`
    expect(tuningWords(tuningOf(`backend: together, learningRate: 0.000005, ${hosted}`), 'OSS')).toBe(
      'DPO (RPO’s alpha 0.5, log-ratios divided by length, no reference model) of OSS by backend together: beta 0.1, 3 epochs, batches of 8, gradients of 2 steps added up, learning rate 0.000005, cosine schedule (2 cycles, down to 0.2 of the peak, warm-up over 0.1 of the steps), 5 evaluations, seed 42, gradients not clipped, weight decay 0, sequences of at most 4096 tokens, not packed, 3 checkpoints, early stopping with patience 2, least gain 0.01, warm-up 1. A low-rank adapter on q_proj, v_proj was trained, rank 16, alpha 32, dropout 0, of org/big, from me/start at main, from checkpoint ft-1:5.',
    )
    const simpo = tuningOf('backend: together, learningRate: 0.000005, hosted: { simpoGamma: 1, fullTraining: true }')
    expect(tuningWords(simpo, 'OSS')).toMatch(
      /^SimPO with gamma 1 of OSS .* 1 checkpoint\. All weights were trained\.$/,
    )
  })
})
