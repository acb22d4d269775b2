import { z } from 'zod'
import type { HostedTuning } from '../formats/hosted-tuning.js'

/** The `hosted:` of a tuning. */
export const hostedTuningSchema: z.ZodType<HostedTuning, unknown> = z.strictObject({
  model: z.string().min(1).optional(),
  loraRank: z.int().min(1).max(64).default(16),
  loraAlpha: z.number().positive().default(32),
  loraDropout: z.number().min(0).lt(1).default(0),
  batchSize: z.int().positive().optional(),
  warmupRatio: z.number().min(0).max(1).default(0),
  maxGradNorm: z.number().positive().default(1),
  weightDecay: z.number().min(0).default(0),
  schedule: z.enum(['linear', 'cosine']).default('linear'),
  checkpoints: z.int().positive().default(1),
  rpoAlpha: z.number().min(0).default(0),
  earlyStopping: z
    .strictObject({
      patience: z.int().positive().default(2),
      minDelta: z.number().min(0).default(0),
      warmup: z.int().min(0).default(0),
    })
    .optional(),
  fromCheckpoint: z.string().min(1).optional(),
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
