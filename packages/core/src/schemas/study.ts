import { z } from 'zod'
import { ORDERS } from '../formats/orders.js'
import {
  BACKENDS,
  BENCHMARK_FORMATS,
  BENCHMARK_SOURCES,
  PROBLEM_POLICIES,
  type Study,
  type StudySplit,
  type StudyTuning,
} from '../formats/study.js'
import { LEARNING_SCHEDULES, LOSSES, type Loss, refusedLoss } from '../formats/tuning-loss.js'
import { FAILURE_POLICIES, RULES, TIE_POLICIES } from '../formats/verdict.js'
import { hostedTuningSchema } from './hosted-tuning.js'
import { studyControlSchema, studyJudgeSchema, studyNameSchema, studyPanelSchema } from './study-judge.js'
import { studyPairsSchema } from './study-pairs.js'

const seed = z.int().min(0).max(0xffffffff)
const name = studyNameSchema

/** The name of a file in notebooks/, never a path out of it. */
const notebook = z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'expected lower-case letters, digits and . _ -')

const column = z.string().min(1)
const columnOrColumns = z.union([column, z.array(column).min(1)]).optional()
const labelValue = z.union([z.string(), z.number(), z.boolean()])

const columns = z.strictObject({
  id: column.optional(),
  subset: column.optional(),
  prompt: column.optional(),
  chosen: columnOrColumns,
  rejected: columnOrColumns,
  responses: columnOrColumns,
  label: columnOrColumns,
  values: z.array(z.array(labelValue).min(1)).min(2).optional(),
  ties: z.array(labelValue).optional(),
  text: column.optional(),
  rank: column.optional(),
  models: columnOrColumns,
  metadata: z.array(column).optional(),
})

const benchmark = z.strictObject({
  source: z.enum(BENCHMARK_SOURCES),
  path: z.string().min(1).optional(),
  revision: z.string().min(1).optional(),
  format: z.enum(BENCHMARK_FORMATS).optional(),
  columns: columns.optional(),
  problems: z.enum(PROBLEM_POLICIES).optional(),
})

/** Values of a metadata field, compared as text. */
const fieldValues = z.array(z.union([z.string(), z.number(), z.boolean()]).transform(String)).min(1)

/** The `split:` of a study. */
export const studySplitSchema: z.ZodType<StudySplit, { method: StudySplit['method'] }> = z.discriminatedUnion(
  'method',
  [
    z.strictObject({
      method: z.literal('together-2026'),
      seed: seed.default(42),
      trainSize: z.int().positive().default(1500),
      testSize: z.int().positive().default(300),
    }),
    z.strictObject({
      method: z.literal('grouped'),
      seed: seed.default(42),
      share: z.number().gt(0).lt(1).optional(),
      testSize: z.int().positive().optional(),
      trainSize: z.int().positive().optional(),
    }),
    z.strictObject({
      method: z.literal('k-fold'),
      seed: seed.default(42),
      folds: z.int().min(2).default(5),
      fold: z.int().min(1).default(1),
    }),
    z.strictObject({
      method: z.literal('by-field'),
      field: z.string().min(1),
      test: fieldValues,
      train: fieldValues.optional(),
    }),
    z.strictObject({ method: z.literal('none') }),
  ],
)

const evaluation = z.strictObject({
  side: z.enum(['test', 'train', 'all']).default('test'),
  comparisons: z.enum(['first', 'all']).default('first'),
  orders: z.enum(ORDERS).default('both'),
  orderSeed: seed.default(42),
  rule: z.enum(RULES).default('consistent'),
  ties: z.enum(TIE_POLICIES).default('wrong'),
  failures: z.enum(FAILURE_POLICIES).default('wrong'),
})

/** A loss that is known and not trained by is refused with its reason, not only with the names of the others. */
const loss = z
  .string()
  .default('dpo')
  .superRefine((name, context) => {
    if (LOSSES.some((known) => known === name)) return
    const refused = refusedLoss(name)
    const names = `expected one of ${LOSSES.join(', ')}`
    context.addIssue({ code: 'custom', message: refused === undefined ? names : `${names}, not one that ${refused}` })
  })
  .transform((name) => name as Loss)

/** One of the `tuning:` of a study. */
export const studyTuningSchema: z.ZodType<StudyTuning, unknown> = z
  .strictObject({
    name,
    label: z.string().min(1).optional(),
    base: name,
    backend: z.enum(BACKENDS).default('local'),
    beta: z.number().positive().default(0.1),
    epochs: z.int().positive().default(3),
    batchSize: z.int().positive().default(32),
    learningRate: z.number().positive(),
    seed: seed.default(42),
    evaluations: z.int().nonnegative().default(5),
    loss,
    labelSmoothing: z.number().min(0).lt(0.5).default(0),
    l2: z.number().min(0).default(0),
    schedule: z.enum(LEARNING_SCHEDULES).default('linear'),
    patience: z.int().positive().optional(),
    hosted: hostedTuningSchema.optional(),
  })
  .transform((given) => ({
    ...given,
    label: given.label ?? given.name,
    ...(given.backend === 'local' || given.hosted !== undefined ? {} : { hosted: hostedTuningSchema.parse({}) }),
  }))

/** The form of a study file. What refers to what is checked after it, in `studyReferenceProblems`. */
export const studySchema: z.ZodType<Study> = z.strictObject({
  version: z.literal(1),
  name,
  title: z.string().min(1),
  question: z.string().min(1),
  benchmark,
  split: studySplitSchema.prefault({ method: 'none' }),
  evaluation: evaluation.prefault({}),
  judges: z.array(studyJudgeSchema).min(1),
  controls: z.array(studyControlSchema).default([]),
  panels: z.array(studyPanelSchema).default([]),
  budget: z
    .strictObject({ maxCost: z.number().positive().optional(), maxRequests: z.int().positive().optional() })
    .prefault({}),
  stopping: z
    .strictObject({ judge: name, against: name, seed: seed.default(42), atLeast: z.int().min(1).default(20) })
    .optional(),
  pairs: studyPairsSchema.optional(),
  audit: z
    .strictObject({ gate: z.boolean().default(false), nearDuplicates: z.number().gt(0).lte(1).default(0.6) })
    .optional(),
  tuning: z.array(studyTuningSchema).default([]),
  matrix: z
    .strictObject({
      tuning: name,
      axes: z.record(z.string(), z.array(z.json()).min(1)),
      margin: z.number().gt(0).lt(1).default(0.02),
      workers: z.int().min(1).max(64).optional(),
    })
    .optional(),
  contrasts: z.array(z.strictObject({ judge: name, against: name })).default([]),
  statistics: z
    .strictObject({
      level: z.number().gt(0.5).lt(1).default(0.95),
      seed: seed.default(42),
      resamples: z.int().min(100).max(1_000_000).default(10_000),
    })
    .prefault({}),
  report: z.strictObject({ notebooks: z.array(notebook).default([]) }).prefault({}),
})
