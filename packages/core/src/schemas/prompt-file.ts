import { z } from 'zod'
import { MODES } from '../formats/presentation.js'
import { PROMPT_OUTPUTS, type PromptHead } from '../formats/prompt-file.js'

const output = z.enum(PROMPT_OUTPUTS)

const head = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9._-]*$/, 'expected lower-case letters, digits and . _ -'),
  mode: z.enum(MODES),
  output: z.union([output.transform((one) => [one]), z.array(output).min(1)]),
  version: z.int().min(1),
  source: z.string().min(1),
  description: z.string().min(1),
})

export const PROMPT_HEAD_KEYS: readonly string[] = Object.keys(head.shape)

/** What stands at the head of a prompt's file. */
export const promptHeadSchema: z.ZodType<PromptHead> = head
  .refine(({ output }) => !output.includes('official') || output.length === 1, {
    path: ['output'],
    message: 'expected official alone, found it beside others',
  })
  .refine(({ output, mode }) => !output.includes('official') || mode === 'best-of-n' || mode === 'rating', {
    path: ['output'],
    message: 'expected official only in modes best-of-n and rating, found it in another',
  })
