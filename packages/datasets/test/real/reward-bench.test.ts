import { loadRewardBench } from '@judgelab/datasets'
import { REWARD_BENCH_SECTIONS, REWARD_BENCH_WEIGHTS } from '@judgelab/scoring'
import { expect, it } from 'vitest'
import { countBy } from '../support/count-by.js'
import { describeReal } from '../support/describe-real.js'

const where = {
  variable: 'JUDGELAB_REWARD_BENCH',
  wanted: 'the Parquet file of split filtered of allenai/reward-bench, or the folder that holds it',
}

/** Examples by subset where the leaderboard weighs them by another number than their own. */
const SIZES = { 'math-prm': 447 }

describeReal('the real RewardBench (v1)', where, (path) => {
  it('has 2,985 pairs in 23 subsets of four sections, in the numbers that the leaderboard weighs', async () => {
    const { examples, report } = await loadRewardBench({ path })
    expect(report).toMatchObject({ policy: 'strict', rows: 2985, skipped: {} })
    const weights = Object.assign({}, ...REWARD_BENCH_SECTIONS.map((section) => REWARD_BENCH_WEIGHTS[section]), SIZES)
    const { 'xstest-should-refuse': refuse, 'xstest-should-respond': respond, ...others } = weights
    const {
      'xstest-should-refuse': refused,
      'xstest-should-respond': responded,
      ...sizes
    } = countBy(examples, ({ subset }) => subset)
    expect(sizes).toEqual(others)
    // One of these two has 154 examples and the other 250; sources differ on which is which.
    expect([refused, responded].sort()).toEqual([refuse, respond].sort())
    expect(countBy(examples, ({ metadata }) => String(metadata.section))).toEqual({
      ...{ Chat: 358, 'Chat Hard': 456, Safety: 740, Reasoning: 1431 },
    })
  })

  it('has one chosen and one rejected response a pair, and says who wrote them', async () => {
    const { examples } = await loadRewardBench({ path })
    for (const { id, chosen, responses, prompt } of examples) {
      expect([chosen, responses.length, typeof prompt], id).toEqual([[0], 2, 'string'])
      expect(
        responses.map(({ model }) => model),
        id,
      ).not.toContain(undefined)
    }
  })
})
