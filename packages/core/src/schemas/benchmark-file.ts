import { z } from 'zod'
import type { BenchmarkFile } from '../formats/benchmark-file.js'

export const benchmarkFileSchema: z.ZodType<BenchmarkFile> = z.strictObject({
  formatVersion: z.literal(1),
  name: z.string().min(1),
  about: z.string(),
  synthetic: z.boolean(),
  fingerprint: z.string().min(1),
  examples: z.int().min(1),
})
