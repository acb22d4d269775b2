import type { Verdict } from '@judgelab/core'
import { type Benchmark, promptKey } from '@judgelab/datasets'

/** The prompt that stands behind an example, by its id: what is of one prompt is never independent. */
export type PromptOf = (exampleId: string) => string

/**
 * Names the prompt of each example by the first example that asks it: examples with equal prompts (as datasets'
 * `promptKey` says) are one prompt. The `ref:N` and `tied:N` siblings of Ties are different prompts with different
 * answers and stay apart, as RewardBench 2 scores them; only splits keep them together.
 */
export function promptsOf({ examples }: Pick<Benchmark, 'examples'>): PromptOf {
  const firstWith = new Map<string, string>()
  const prompts = new Map<string, string>()
  for (const { id, prompt } of examples) {
    const key = promptKey(prompt)
    if (key !== '' && !firstWith.has(key)) firstWith.set(key, id)
    prompts.set(id, firstWith.get(key) ?? id)
  }
  return (id) => prompts.get(id) ?? id
}

/** The prompts of verdicts, in their order; without `promptOf` each example is a prompt of its own. */
export function promptKeys(verdicts: readonly Pick<Verdict, 'exampleId'>[], promptOf?: PromptOf): string[] {
  return verdicts.map(({ exampleId }) => promptOf?.(exampleId) ?? exampleId)
}

/** How much of the variance may be missed before comparisons count as clustered: intervals then are 1 % too narrow. */
const NEGLIGIBLE = 0.02

/**
 * True when comparisons of one prompt stand together often enough to matter.
 *
 * With m comparisons of each prompt and n in all, the variance of a mean is at most Σm²/n times that of independent
 * comparisons, when all of a prompt always go alike. Clustered when that exceeds 1.02: one prompt asked twice among 297
 * comparisons (1.007) is not, three comparisons of every prompt (3) are. The size of an exact test of 5 % moves by less than
 * 0.3 points below that bound, so one rule serves intervals and tests.
 *
 * @see Kish (1965), Survey Sampling, section 5.4, for the design effect
 */
export function isClustered(prompts: readonly string[]): boolean {
  const sizes = new Map<string, number>()
  for (const prompt of prompts) sizes.set(prompt, (sizes.get(prompt) ?? 0) + 1)
  const squares = [...sizes.values()].reduce((sum, size) => sum + size * size, 0)
  return squares > prompts.length * (1 + NEGLIGIBLE)
}
