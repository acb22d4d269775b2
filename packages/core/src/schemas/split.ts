import { z } from 'zod'
import { askedOf, type SplitFile } from '../formats/split.js'
import { SPLIT_METHODS } from '../formats/study.js'
import { studySplitSchema } from './study.js'

const ids = z.array(z.string().min(1))

/** A split's file. Its parameters must be some that a study could have asked for. */
export const splitFileSchema: z.ZodType<SplitFile> = z
  .strictObject({
    formatVersion: z.literal(1),
    method: z.enum(SPLIT_METHODS),
    seed: z.int().min(0).max(0xffffffff).nullable(),
    parameters: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])),
    dataset: z.string().min(1),
    train: ids,
    test: ids,
    fingerprint: z.string().min(1),
  })
  .superRefine((split, context) => {
    const asked = studySplitSchema.safeParse(askedOf(split))
    for (const { path, message } of asked.success ? [] : asked.error.issues)
      context.addIssue({
        code: 'custom',
        path: path[0] === 'seed' ? path : ['parameters', ...path],
        message: `expected parameters of method ${split.method} (${message})`,
      })
    const seen = new Set<string>()
    for (const side of ['train', 'test'] as const)
      for (const [at, id] of split[side].entries()) {
        if (seen.has(id))
          context.addIssue({
            code: 'custom',
            path: [side, at],
            message: `expected every id once, on one side, found "${id}" again`,
          })
        seen.add(id)
      }
  })
