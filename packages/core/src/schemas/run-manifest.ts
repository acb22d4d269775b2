import { z } from 'zod'
import type { RunManifest } from '../formats/run-manifest.js'
import { ENGINES } from '../formats/study-judge.js'
import { namedJudgeSchema } from './judge.js'
import { tokenPriceFields } from './prices.js'
import { runEndpointSchema } from './run-endpoint.js'

const softwareSchema = z.record(z.string(), z.string())
const gitSchema = z.strictObject({ commit: z.string(), dirty: z.boolean() }).nullable()

export const runManifestSchema: z.ZodType<RunManifest> = z.strictObject({
  formatVersion: z.literal(1),
  runId: z.string().min(1),
  study: z.string().min(1),
  judge: namedJudgeSchema,
  promptSha256: z.string().nullable(),
  dataset: z.strictObject({
    name: z.string(),
    fingerprint: z.string(),
    synthetic: z.boolean(),
    examples: z.int().nonnegative(),
  }),
  split: z
    .strictObject({ method: z.string(), side: z.string(), seed: z.int().nullable(), fingerprint: z.string() })
    .nullable(),
  prices: z.strictObject({ ...tokenPriceFields, source: z.string().min(1) }).optional(),
  endpoint: runEndpointSchema.optional(),
  engine: z.enum(ENGINES).optional(),
  stopping: z.strictObject({ judge: z.string().min(1), against: z.string().min(1) }).optional(),
  presentations: z.strictObject({ count: z.int().nonnegative(), sha256: z.string() }),
  seed: z.int().nullable(),
  rehearsed: z.boolean(),
  software: softwareSchema,
  git: gitSchema,
  startedAt: z.iso.datetime(),
  resumed: z.array(z.strictObject({ at: z.iso.datetime(), git: gitSchema, software: softwareSchema })).optional(),
  completedAt: z.iso.datetime().nullable(),
})
