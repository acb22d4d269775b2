import { z } from 'zod'
import { PAIR_STRATEGIES } from '../formats/preference-pair.js'
import {
  LEAK_POLICIES,
  PAIR_LENGTHS,
  PAIR_SPLITS,
  PAIR_WEIGHTS,
  REJECTED_CHOICES,
  type StudyPairs,
} from '../formats/study-pairs.js'

const share = z.number().gt(0).lt(1)
const strategy = z.enum(PAIR_STRATEGIES)

/** The `pairs:` of a study. */
export const studyPairsSchema: z.ZodType<StudyPairs> = z.strictObject({
  strategy: z.union([strategy, z.array(strategy).min(1)]).default('responses'),
  rejected: z.enum(REJECTED_CHOICES).default('all'),
  perExample: z.int().positive().default(1),
  scores: z.string().min(1).optional(),
  cap: z.union([share, z.record(z.string().min(1), share)]).optional(),
  weights: z.enum(PAIR_WEIGHTS).default('equal'),
  lengths: z.enum(PAIR_LENGTHS).default('any'),
  judge: z.string().min(1).optional(),
  samples: z.int().min(2).default(8),
  clean: z
    .strictObject({
      nearDuplicates: z.number().gt(0).lte(1).optional(),
      target: z.string().min(1).optional(),
      maxTokens: z.int().positive().optional(),
    })
    .optional(),
  leaks: z.enum(LEAK_POLICIES).default('stop'),
  split: z.enum(PAIR_SPLITS).default('grouped'),
  validation: z.number().gt(0).lt(1).default(0.1),
  seed: z.int().min(0).max(0xffffffff).default(42),
  shuffles: z.union([z.literal(1), z.literal(2)]).default(1),
})
