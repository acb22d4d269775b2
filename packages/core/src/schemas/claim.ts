import { z } from 'zod'
import type { PrintedCount } from '../formats/claim.js'

/** A claim file as it may be written: labels, contrasts and level may be left out. */
export interface WrittenClaim {
  readonly version: 1
  readonly title: string
  readonly source?: string | undefined
  readonly n: number
  readonly subsets?: Readonly<Record<string, number>> | undefined
  readonly judges: readonly {
    readonly name: string
    readonly label?: string | undefined
    readonly correct?: PrintedCount | undefined
    readonly ties?: number | undefined
    readonly subsets?: Readonly<Record<string, PrintedCount>> | undefined
  }[]
  readonly contrasts?: readonly { readonly judge: string; readonly against: string }[] | undefined
  readonly level?: number | undefined
}

const count = z.int().min(0)

/** What `PrintedCount` looks like; digits are kept, since they say how much was rounded away. */
export const PERCENTAGE: RegExp = /^(?:100(?:\.0+)?|\d{1,2}(?:\.\d+)?)\s*%$/

const printed: z.ZodType<PrintedCount> = z.custom<PrintedCount>(
  (value) => (Number.isInteger(value) && (value as number) >= 0) || PERCENTAGE.test(String(value)),
  'expected a count as a whole number, or a percentage as printed, with its sign: 62.63 %',
)

export const claimSchema: z.ZodType<WrittenClaim> = z.strictObject({
  version: z.literal(1),
  title: z.string().min(1),
  source: z.string().min(1).optional(),
  n: z.int().min(1),
  subsets: z.record(z.string().min(1), z.int().min(1)).optional(),
  judges: z
    .array(
      z.strictObject({
        name: z.string().min(1),
        label: z.string().min(1).optional(),
        correct: printed.optional(),
        ties: count.optional(),
        subsets: z.record(z.string().min(1), printed).optional(),
      }),
    )
    .min(2),
  contrasts: z
    .array(z.strictObject({ judge: z.string(), against: z.string() }))
    .min(1)
    .optional(),
  level: z.number().gt(0).lt(1).optional(),
})
