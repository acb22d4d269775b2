import { z } from 'zod'
import { DECISIONS } from '../formats/asking.js'
import { APIS, PROVIDERS } from '../formats/judge.js'
import { MODES } from '../formats/presentation.js'
import { PROBLEM_POLICIES } from '../formats/study.js'
import {
  CONSISTENCIES,
  ENGINES,
  RECORDED_FORMATS,
  type StudyControl,
  type StudyJudge,
  type StudyPanel,
  VOTES,
} from '../formats/study-judge.js'
import { classesSchema, scaleSchema } from './asking.js'
import { tokenPriceFields } from './prices.js'

export const studyNameSchema: z.ZodType<string> = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._+-]*$/, 'expected lower-case letters, digits and . _ + -')

const limits = z.strictObject({
  concurrency: z.int().min(1).max(1024).optional(),
  requestsPerMinute: z.number().positive().optional(),
  tokensPerMinute: z.number().positive().optional(),
  timeoutSeconds: z.number().positive().optional(),
  enqueuedTokens: z.number().positive().optional(),
})

/** One of the `judges:` of a study. */
export const studyJudgeSchema: z.ZodType<StudyJudge, unknown> = z
  .strictObject({
    name: studyNameSchema,
    label: z.string().min(1).optional(),
    provider: z.enum(PROVIDERS),
    model: z.string().min(1),
    mode: z.enum(MODES).default('pairwise'),
    path: z.string().min(1).optional(),
    format: z.enum(RECORDED_FORMATS).optional(),
    problems: z.enum(PROBLEM_POLICIES).optional(),
    control: z.boolean().default(false),
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    prompt: z.string().min(1).optional(),
    decision: z.enum(DECISIONS).optional(),
    allowTie: z.boolean().optional(),
    askStrength: z.boolean().optional(),
    scale: scaleSchema.optional(),
    classes: classesSchema.optional(),
    blind: z.boolean().optional(),
    reference: z.string().min(1).optional(),
    criteria: z.record(z.string(), z.string().min(1)).optional(),
    shots: z.int().min(1).max(64).optional(),
    tieBand: z.number().min(0).max(1).optional(),
    repeats: z.int().min(1).max(100).default(1),
    consistency: z.enum(CONSISTENCIES).default('majority'),
    repeat: z.union([z.literal(0), z.literal(1)]).default(0),
    baseUrl: z.url({ protocol: /^https?$/ }).optional(),
    keyEnv: z
      .string()
      .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'expected the name of an environment variable')
      .optional(),
    api: z.enum(APIS).optional(),
    prices: z.strictObject(tokenPriceFields).optional(),
    limits: limits.prefault({}),
    engine: z.enum(ENGINES).default('online'),
  })
  .transform((given) => ({ ...given, label: given.label ?? given.name }))

/** One of the `controls:` of a study. */
export const studyControlSchema: z.ZodType<StudyControl, unknown> = z
  .strictObject({
    name: studyNameSchema,
    label: z.string().min(1).optional(),
    of: studyNameSchema,
    repeats: z.int().min(2).max(100).optional(),
    consistency: z.enum(CONSISTENCIES).optional(),
    criteria: z.record(z.string(), z.string().min(1)).optional(),
    shots: z.int().min(1).max(64).optional(),
    prompt: z.string().min(1).optional(),
    settings: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  })
  .transform((given) => ({ ...given, label: given.label ?? given.name }))

/** One of the `panels:` of a study. */
export const studyPanelSchema: z.ZodType<StudyPanel, unknown> = z
  .strictObject({
    name: studyNameSchema,
    label: z.string().min(1).optional(),
    members: z.array(studyNameSchema).min(2),
    vote: z.enum(VOTES).default('majority'),
    weights: z.array(z.number().positive()).optional(),
  })
  .transform((given) => ({ ...given, label: given.label ?? given.name }))
