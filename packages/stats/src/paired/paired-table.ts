/** The four counts of a paired comparison of two judges, right or wrong on the same comparisons. */
export interface PairedCounts {
  /** comparisons that both judges got right */
  readonly both: number
  /** comparisons that only the first judge got right */
  readonly onlyA: number
  /** comparisons that only the second judge got right */
  readonly onlyB: number
  /** comparisons that both judges got wrong */
  readonly neither: number
}

/** `PairedCounts` with their total, and what could not be paired. */
export interface PairedTable extends PairedCounts {
  /** comparisons that both judges answered */
  readonly n: number
  /** comparisons that only the first map has */
  readonly unmatchedA: number
  /** comparisons that only the second map has */
  readonly unmatchedB: number
}

/** What `pairedTable` is told about the comparisons. */
export interface PairedTableOptions {
  /** the prompt of a comparison; given it, two paired comparisons of one prompt are refused */
  readonly promptOf?: (comparisonId: string) => string
}

/**
 * Counts how two judges did on the comparisons that both answered.
 *
 * Pairs by comparison id; a comparison that only one map holds is left out and counted in `unmatchedA` or
 * `unmatchedB`. What is made of the table (`mcnemar`, `pairedDifference`) assumes that comparisons are independent.
 * Several comparisons of one prompt are not: pass `promptOf` to have them refused, and use `pairedScores` with
 * `pairedBootstrap` or `signFlipTest` for them.
 *
 * @param a outcome (1 right, 0 wrong) of the first judge by comparison id
 * @param b the same of the second judge
 * @param options.promptOf prompt of a comparison id
 * @returns counts; n = both + onlyA + onlyB + neither, 0 when nothing matches
 * @throws {RangeError} if an outcome is neither 0 nor 1, or two paired comparisons share a prompt
 * @example pairedTable(new Map([['x', 1], ['y', 0]]), new Map([['x', 0]])) // onlyA 1, n 1, unmatchedA 1
 */
export function pairedTable(
  a: ReadonlyMap<string, 0 | 1>,
  b: ReadonlyMap<string, 0 | 1>,
  { promptOf }: PairedTableOptions = {},
): PairedTable {
  const counts = [0, 0, 0, 0]
  const prompts = new Map<string, string>()
  let n = 0
  for (const [id, outcomeA] of a) {
    requireOutcome('a', id, outcomeA)
    const outcomeB = b.get(id)
    if (outcomeB === undefined) continue
    requireOutcome('b', id, outcomeB)
    if (promptOf) requireNewPrompt(prompts, promptOf(id), id)
    counts[2 * outcomeA + outcomeB]!++
    n++
  }
  const [neither, onlyB, onlyA, both] = counts as [number, number, number, number]
  return { both, onlyA, onlyB, neither, n, unmatchedA: a.size - n, unmatchedB: b.size - n }
}

function requireOutcome(name: string, id: string, outcome: number): void {
  if (outcome === 0 || outcome === 1) return
  throw new RangeError(`pairedTable needs outcomes 0 or 1, got ${name}.get('${id}')=${outcome}`)
}

function requireNewPrompt(prompts: Map<string, string>, prompt: string, id: string): void {
  const earlier = prompts.get(prompt)
  if (earlier !== undefined) {
    throw new RangeError(
      `pairedTable needs one comparison a prompt, got '${earlier}' and '${id}' of prompt '${prompt}': use pairedScores`,
    )
  }
  prompts.set(prompt, id)
}
