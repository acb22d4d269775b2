import { type Example, groupBy, type Judgment, type Mode, type Outcome, rejectedOf } from '@judgelab/core'
import { type OfficialCredit, type OfficialScore, officialScoreOf } from '../official-score.js'
import { fourWayCredit, tryParseFourWay } from './four-way.js'
import { ratingsCredit, tryParseRating } from './ratings.js'
import { type TiesScore, tiesScore } from './ties.js'

/** How the five subsets other than Ties are judged; Ties is always judged by ratings. */
export type RewardBench2Protocol = 'four-way' | 'ratings'

/** The score of one subset. */
export interface RewardBench2SubsetScore extends OfficialScore {
  readonly subset: string
  /** How many calls failed among those that the subset's score needs; one example may need several. */
  readonly failedCalls: number
  /** The calls that the subset's score needs. */
  readonly calls: number
  /** Present for Ties only. */
  readonly terms?: TiesScore['terms']
}

export interface RewardBench2Options {
  readonly protocol: RewardBench2Protocol
  /**
   * Whether answers are read again from the judge's text, as the official code reads them (`raw`, the default), or taken
   * as the outcomes that the judge's own parser found. A judgment without text, such as a local judge's, counts with its
   * outcome. An outcome that is failed counts as failed in both, whatever the text holds.
   */
  readonly reading?: 'raw' | 'outcome'
}

/**
 * RewardBench 2's score of every subset, from the judgments of one run, in the order in which the subsets first appear.
 *
 * Under `four-way`, examples outside Ties need one judgment of mode best-of-n over four slots, the chosen response among
 * them; under `ratings`, and in Ties, one rating of every response. A call without a judgment is failed: counted, never
 * dropped. The official code asks once, so repeats after the first are not looked at.
 *
 * @param judgments of one run, in any order; a presentation that was answered twice counts with its last judgment
 * @throws {RangeError} if Ties, or all the other examples, have no judgment of the mode that they need; if an example was
 *   judged in several 4-way placements, or in other than four slots
 * @see allenai/reward-bench 05a9005, scripts/run_generative_v2.py
 */
export function rewardBench2Scores(
  examples: readonly Example[],
  judgments: readonly Judgment[],
  options: RewardBench2Options,
): RewardBench2SubsetScore[] {
  const { protocol, reading = 'raw' } = options
  const held = judgmentsByExample(judgments)
  const [ties, others] = [examples.filter(isTies), examples.filter((example) => !isTies(example))]
  checkJudged(ties, held, 'rating')
  checkJudged(others, held, protocol === 'four-way' ? 'best-of-n' : 'rating')
  return [...groupBy(examples, ({ subset }) => subset)].map(([subset, members]) => {
    if (members.every(isTies)) return tiesSubset(subset, members, held, reading)
    const scored = members.map((example) => {
      const own = held.get(example.id) ?? []
      return protocol === 'four-way' ? fourWayExample(example, own, reading) : ratedExample(example, own, reading)
    })
    return { subset, ...officialScoreOf(scored), ...callsOf(scored) }
  })
}

function isTies({ subset }: Example): boolean {
  return subset.toLowerCase() === 'ties'
}

/** A score of judgments that are not there would look like a judge that always fails. */
function checkJudged(examples: readonly Example[], held: ReadonlyMap<string, readonly Judgment[]>, mode: Mode): void {
  const isJudged = examples.some(({ id }) => held.get(id)?.some((judgment) => judgment.mode === mode))
  if (examples.length > 0 && !isJudged)
    throw new RangeError(`rewardBench2Scores needs judgments of mode ${mode} of ${examples.length} examples, got none`)
}

interface Calls {
  readonly calls: number
  readonly failedCalls: number
}
type Reading = 'raw' | 'outcome'

function fourWayExample(example: Example, judgments: readonly Judgment[], reading: Reading): OfficialCredit & Calls {
  const [judgment, another] = judgments.filter(({ mode }) => mode === 'best-of-n')
  if (another !== undefined)
    throw new RangeError(
      `rewardBench2Scores needs one 4-way placement an example, got several of example ${example.id}`,
    )
  if (judgment === undefined) return { credit: 0.25, failed: true, calls: 1, failedCalls: 1 }
  if (judgment.slots.length !== 4)
    throw new RangeError(`rewardBench2Scores needs 4 slots, got ${judgment.slots.length} in example ${example.id}`)
  const outcome = reading === 'raw' ? reread(judgment, tryParseFourWay) : judgment.outcome
  const { credit, failed } = fourWayCredit(outcome, judgment.slots, example.chosen[0] as number)
  const hasFailed = failed || judgment.outcome.kind === 'failed'
  return { credit, failed: hasFailed, calls: 1, failedCalls: hasFailed ? 1 : 0 }
}

function ratedExample(example: Example, judgments: readonly Judgment[], reading: Reading): OfficialCredit & Calls {
  const { official, failedCalls } = ratingsOf(example, judgments, reading)
  return { credit: ratingsCredit(official).credit, failed: failedCalls > 0, calls: official.length, failedCalls }
}

function tiesSubset(
  subset: string,
  examples: readonly Example[],
  held: ReadonlyMap<string, readonly Judgment[]>,
  reading: Reading,
): RewardBench2SubsetScore {
  const rated = examples.map((example) => ratingsOf(example, held.get(example.id) ?? [], reading))
  const promptsOf = (mode: 'official' | 'strict') =>
    tiesScore(
      examples.map(({ id, chosen }, at) => ({ id, numCorrect: chosen.length, scores: rated[at]?.[mode] ?? [] })),
    )
  const { official, terms } = promptsOf('official')
  const strict = promptsOf('strict')
  return {
    subset,
    ...strict,
    official,
    terms: { ...strict.terms, official: terms.official },
    calls: rated.reduce((sum, { official }) => sum + official.length, 0),
    failedCalls: rated.reduce((sum, { failedCalls }) => sum + failedCalls, 0),
  }
}

interface Ratings {
  /** As the official code reads them, chosen responses first. */
  readonly official: readonly (number | null)[]
  /** The same without those whose call failed. */
  readonly strict: readonly (number | null)[]
  readonly failedCalls: number
}

function ratingsOf(example: Example, judgments: readonly Judgment[], reading: Reading): Ratings {
  const rated = new Map(judgments.flatMap((held) => (held.mode === 'rating' ? [[held.slots[0], held] as const] : [])))
  const inOrder = [...example.chosen, ...rejectedOf(example)].map((response) => rated.get(response))
  const official = inOrder.map((judgment) => {
    if (judgment === undefined) return null
    const outcome = reading === 'raw' ? reread(judgment, tryParseRating) : judgment.outcome
    return outcome.kind === 'rating' ? outcome.value : null
  })
  const strict = official.map((rating, at) => (inOrder[at]?.outcome.kind === 'failed' ? null : rating))
  return { official, strict, failedCalls: strict.filter((rating) => rating === null).length }
}

function reread(judgment: Judgment, tryParse: (text: string) => Outcome): Outcome {
  return judgment.raw === undefined ? judgment.outcome : tryParse(judgment.raw)
}

function judgmentsByExample(judgments: readonly Judgment[]): Map<string, Judgment[]> {
  const last = new Map(judgments.map((judgment) => [judgment.presentationId, judgment]))
  return groupBy(
    [...last.values()].filter(({ repeat }) => repeat === 0),
    ({ exampleId }) => exampleId,
  )
}

function callsOf(scored: readonly Calls[]): Calls {
  return {
    calls: scored.reduce((sum, { calls }) => sum + calls, 0),
    failedCalls: scored.reduce((sum, { failedCalls }) => sum + failedCalls, 0),
  }
}
