import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { allComparisons, presentationOf } from '@judgelab/core'
import { loadJudgeBench, loadJudgeBenchVerdicts } from '@judgelab/datasets'
import { judgeBenchCategoryScores, judgeBenchScore, verdictsOf } from '@judgelab/scoring'
import { expect, it } from 'vitest'
import { countBy } from '../support/count-by.js'
import { describeReal } from '../support/describe-real.js'

const where = {
  variable: 'JUDGELAB_JUDGEBENCH',
  wanted: 'a clone of github.com/ScalerLab/JudgeBench, with data/ and outputs/',
}

const OF_GPT_4O = 'dataset=judgebench,response_model=gpt-4o-2024-05-13'
/** Pairs by GPT-4o, as the paper counts them. */
const SIZES = { Knowledge: 154, Reasoning: 98, Math: 56, Coding: 42 }
/** Accuracy in percent of judges with Arena-Hard's prompt on them: overall, and in the order of `SIZES`. */
const PUBLISHED: Readonly<Record<string, readonly number[]>> = {
  'o1-preview-2024-09-12': [75.43, 66.23, 79.59, 85.71, 85.71],
  'claude-3-5-sonnet-20240620': [64.29, 62.34, 66.33, 66.07, 64.29],
  'gpt-4o-2024-05-13': [56.57, 50.65, 54.08, 75, 59.52],
}

describeReal('the real JudgeBench', where, (path) => {
  const outputs = readdirSync(join(path, 'outputs')).filter((name) => name.endsWith('.jsonl'))

  it('has 620 pairs, 350 of them by GPT-4o in four categories', async () => {
    const { examples, report } = await loadJudgeBench({ path })
    expect(report).toMatchObject({ rows: 620, skipped: {} })
    const byGpt4o = examples.filter(({ responses }) => responses[0]?.model === 'gpt-4o-2024-05-13')
    expect(countBy(byGpt4o, ({ subset }) => subset)).toEqual(SIZES)
    expect(examples.every(({ metadata }) => 'original_id' in metadata)).toBe(true)
  })

  it.each(outputs)('has recorded verdicts of pairs that it knows, and nothing unreadable: %s', async (name) => {
    const { examples } = await loadJudgeBench({ path })
    const known = new Set(
      examples.flatMap(({ id }) =>
        [
          [0, 1],
          [1, 0],
        ].map((slots) => presentationOf({ exampleId: id, mode: 'pairwise', slots, repeat: 0 }).id),
      ),
    )
    const answers = await loadJudgeBenchVerdicts(join(path, 'outputs', name), '')
    expect([...answers.keys()].filter((id) => !known.has(id))).toEqual([])
  })

  it.each(Object.entries(PUBLISHED))('has the published accuracies of %s under net', async (model, published) => {
    const name = `${OF_GPT_4O},judge_name=arena_hard,judge_model=${model}.jsonl`
    expect(outputs).toContain(name)
    const { examples } = await loadJudgeBench({ path: join(path, 'data', `${OF_GPT_4O}.jsonl`) })
    const answers = await loadJudgeBenchVerdicts(join(path, 'outputs', name), '')
    const comparisons = examples.flatMap(allComparisons)
    const judgments = comparisons.flatMap(({ id: comparisonId, exampleId }) =>
      [
        [0, 1],
        [1, 0],
      ].flatMap((slots) => {
        const { id: presentationId, ...shown } = presentationOf({ exampleId, mode: 'pairwise', slots, repeat: 0 })
        const answer = answers.get(presentationId)
        if (answer === undefined) return []
        return [{ v: 1, presentationId, ...shown, comparisonId, ...answer, latencyMs: 0, at: '' } as const]
      }),
    )
    const verdicts = verdictsOf(comparisons, judgments, 'net')
    const byCategory = new Map(judgeBenchCategoryScores(verdicts).map((score) => [score.category, score.official]))
    const found = [judgeBenchScore(verdicts).official, ...Object.keys(SIZES).map((name) => byCategory.get(name) ?? 0)]
    expect(found.map((accuracy) => (100 * accuracy).toFixed(2))).toEqual(published.map((value) => value.toFixed(2)))
  })
})
