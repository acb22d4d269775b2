import { z } from 'zod'
import type { HostedTuning } from '../formats/hosted-tuning.js'

/** The `hosted:` of a tuning. */
export const hostedTuningSchema: z.ZodType<HostedTuning, unknown> = z.strictObject({
  model: z.string().min(1).optional(),
  fullTraining: z.boolean().optional(),
  loraRank: z.int().min(1).max(64).default(16),
  loraAlpha: z.number().positive().default(32),
  loraDropout: z.number().min(0).lt(1).default(0),
  loraModules: z
    .array(z.string().regex(/^[^,\s]+$/))
    .min(1)
    .optional(),
  batchSize: z.int().positive().optional(),
  gradientAccumulation: z.int().positive().optional(),
  maxSequenceLength: z.int().positive().optional(),
  packing: z.boolean().optional(),
  warmupRatio: z.number().min(0).max(1).default(0),
  maxGradNorm: z.number().min(0).default(1),
  weightDecay: z.number().min(0).default(0),
  schedule: z.enum(['linear', 'cosine']).default('linear'),
  minLearningRateRatio: z.number().min(0).max(1).optional(),
  cosineCycles: z.number().positive().optional(),
  checkpoints: z.int().positive().default(1),
  rpoAlpha: z.number().min(0).default(0),
  normalizeByLength: z.boolean().optional(),
  referenceFree: z.boolean().optional(),
  simpoGamma: z.number().min(0).optional(),
  earlyStopping: z
    .strictObject({
      patience: z.int().positive().default(2),
      minDelta: z.number().min(0).default(0),
      warmup: z.int().min(0).default(0),
    })
    .optional(),
  fromCheckpoint: z.string().min(1).optional(),
  huggingFace: z
    .strictObject({
      model: z.string().min(1).optional(),
      revision: z.string().min(1).optional(),
      outputRepo: z.string().min(1).optional(),
    })
    .optional(),
  weightsAndBiases: z
    .strictObject({
      project: z.string().min(1).optional(),
      entity: z.string().min(1).optional(),
      name: z.string().min(1).optional(),
      baseUrl: z.url().optional(),
    })
    .optional(),
  maxPrice: z.number().positive().optional(),
  timeLimitHours: z.number().positive().default(48),
  endpoint: z
    .strictObject({
      hardware: z.string().min(1),
      replicas: z.int().min(1).max(16).default(1),
      inactiveMinutes: z.int().min(1).default(10),
    })
    .optional(),
})
