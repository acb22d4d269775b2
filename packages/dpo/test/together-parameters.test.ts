import { parseStudy, type StudyTuning } from '@judgelab/core'
import { describe, expect, it } from 'vitest'
import { togetherParameters } from '../src/backends/together/parameters.js'

function tuningOf(hosted: string): StudyTuning {
  const text = `version: 1
name: s
title: T
question: Q
benchmark: { source: builtin }
split: { method: together-2026 }
judges: [{ name: base, provider: together, model: m }]
pairs: {}
tuning: [{ name: base+dpo, base: base, backend: together, learningRate: 0.000005, hosted: { ${hosted} } }]
`
  return parseStudy(text, 's.yaml').tuning[0] as StudyTuning
}

const FILES = { model: 'm', trainingFile: 'file-1', validationFile: 'file-2', suffix: 'x' }
/** What is sent of a study that says nothing: the digest of it tells jobs apart that were begun long ago. */
const PLAIN = {
  model: 'm',
  training_file: 'file-1',
  validation_file: 'file-2',
  n_epochs: 3,
  n_checkpoints: 1,
  n_evals: 5,
  batch_size: 'max',
  learning_rate: 0.000005,
  lr_scheduler: { lr_scheduler_type: 'linear', lr_scheduler_args: { min_lr_ratio: 0 } },
  warmup_ratio: 0,
  max_grad_norm: 1,
  weight_decay: 0,
  random_seed: 42,
  suffix: 'x',
  training_type: { type: 'Lora', lora_r: 16, lora_alpha: 32, lora_dropout: 0, lora_trainable_modules: 'all-linear' },
  training_method: { method: 'dpo', dpo_beta: 0.1, rpo_alpha: 0 },
}

describe('togetherParameters', () => {
  it('sends what it always sent where a study says nothing', () => {
    expect(togetherParameters(tuningOf(''), FILES)).toEqual(PLAIN)
  })

  it.each([
    ['packing: false', { packing: false }],
    ['gradientAccumulation: 4', { gradient_accumulation_steps: 4 }],
    ['maxSequenceLength: 2048', { max_seq_length: 2048 }],
    ['maxGradNorm: 0', { max_grad_norm: 0 }],
    ['weightDecay: 0.1', { weight_decay: 0.1 }],
    ['warmupRatio: 0.1', { warmup_ratio: 0.1 }],
    ['batchSize: 16', { batch_size: 16 }],
    ['checkpoints: 3', { n_checkpoints: 3 }],
    ['fromCheckpoint: "ft-1:5"', { from_checkpoint: 'ft-1:5' }],
    ['rpoAlpha: 0.5', { training_method: { ...PLAIN.training_method, rpo_alpha: 0.5 } }],
    ['simpoGamma: 1', { training_method: { ...PLAIN.training_method, simpo_gamma: 1 } }],
    ['referenceFree: true', { training_method: { ...PLAIN.training_method, dpo_reference_free: true } }],
    [
      'normalizeByLength: true',
      { training_method: { ...PLAIN.training_method, dpo_normalize_logratios_by_length: true } },
    ],
    [
      'loraRank: 8, loraAlpha: 9, loraDropout: 0.1, loraModules: [q_proj, v_proj]',
      {
        training_type: {
          type: 'Lora',
          lora_r: 8,
          lora_alpha: 9,
          lora_dropout: 0.1,
          lora_trainable_modules: 'q_proj,v_proj',
        },
      },
    ],
    ['fullTraining: true', { training_type: { type: 'Full' } }],
    [
      'schedule: cosine, cosineCycles: 2, minLearningRateRatio: 0.1',
      { lr_scheduler: { lr_scheduler_type: 'cosine', lr_scheduler_args: { min_lr_ratio: 0.1, num_cycles: 2 } } },
    ],
    [
      'earlyStopping: { patience: 3, minDelta: 0.01, warmup: 1 }',
      {
        early_stopping_enabled: true,
        early_stopping_patience: 3,
        early_stopping_min_delta: 0.01,
        early_stopping_warmup_evals: 1,
      },
    ],
    [
      'huggingFace: { model: me/base, revision: main, outputRepo: me/tuned }',
      {
        from_hf_model: 'me/base',
        hf_model_revision: 'main',
        hf_output_repo_name: 'me/tuned',
        hf_api_token: 'hf-secret',
      },
    ],
    [
      'weightsAndBiases: { project: p, entity: e, name: n, baseUrl: "https://wandb.example" }',
      {
        wandb_project_name: 'p',
        wandb_entity: 'e',
        wandb_name: 'n',
        wandb_base_url: 'https://wandb.example',
        wandb_api_key: 'wandb-secret',
      },
    ],
  ])('sends %s, and changes nothing else', (hosted, sent) => {
    const secrets = { hfToken: 'hf-secret', wandbKey: 'wandb-secret' }
    expect(togetherParameters(tuningOf(hosted), FILES, secrets)).toEqual({ ...PLAIN, ...sent })
  })
})
