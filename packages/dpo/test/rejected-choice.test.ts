import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Example } from '@judgelab/core'
import { featureExtractor, logitOf, priorPolicy } from '@judgelab/policy'
import { describe, expect, it } from 'vitest'
import { comparisonChooser, loadResponseScores, pairsFromResponses, policyScore } from '../src/index.js'
import { madeExample } from './made-examples.js'

const example = madeExample('e', 'Math', [10, 11, 12, 13, 14])
const scores = [0, 5, 9, 9, 1]
const score = (_: Example, response: number): number => scores[response] as number
const rejectedBy = (options: Parameters<typeof comparisonChooser>[0]): number[] =>
  comparisonChooser(options)(example).map(({ rejected }) => rejected)

describe('which rejected responses make pairs', () => {
  it('all, the first, the hardest or drawn ones', () => {
    expect(rejectedBy({})).toEqual([1, 2, 3, 4])
    expect(rejectedBy({ rejected: 'first' })).toEqual([1])
    expect(rejectedBy({ rejected: 'hardest', score })).toEqual([2]) // of equal scores the earlier
    expect(rejectedBy({ rejected: 'hardest', perExample: 3, score })).toEqual([1, 2, 3])
    expect(rejectedBy({ rejected: 'hardest', perExample: 9, score })).toEqual([1, 2, 3, 4])
    expect(rejectedBy({ rejected: 'random', perExample: 9 })).toEqual([1, 2, 3, 4])
  })

  it('draws every one equally often, and the same with the same seed', () => {
    const many = Array.from({ length: 4_000 }, (_, at) => madeExample(`e${at}`, 'Math', [1, 2, 3, 4, 5]))
    const pairs = pairsFromResponses(many, { rejected: 'random', perExample: 2, seed: 3 })
    expect(pairsFromResponses(many, { rejected: 'random', perExample: 2, seed: 3 })).toEqual(pairs)
    expect(pairs).toHaveLength(8_000)
    for (const rejected of [1, 2, 3, 4]) {
      const times = pairs.filter(({ id }) => id.endsWith(`>${rejected}`)).length
      // binomial(4000, 1/2): standard deviation 31.6; four of them
      expect(Math.abs(times - 2_000)).toBeLessThan(127)
    }
  })

  it('refuses hardest without scores, or with one that is NaN', () => {
    expect(() => comparisonChooser({ rejected: 'hardest' })).toThrow('needs a score for hardest, got none')
    expect(() => rejectedBy({ rejected: 'hardest', score: () => Number.NaN })).toThrow('got NaN for response 1 of "e"')
  })

  it('by the base policy has the least log-ratio of chosen to rejected', () => {
    const policy = priorPolicy()
    const asked: Example = {
      ...example,
      prompt: 'Why is the sky blue?',
      responses: ['Because air scatters blue light most.', '', 'I cannot say.', 'Because of the sea!!!'].map(
        (text) => ({ text }),
      ),
    }
    const features = featureExtractor(asked.prompt)
    const [chosen, ...rejected] = asked.responses.map(({ text }) => logitOf(policy, features(text))) as [number]
    const ratios = rejected.map((logit) => chosen - logit)
    const [hardest] = comparisonChooser({ rejected: 'hardest', score: policyScore(policy) })(asked)
    expect(hardest?.rejected).toBe(1 + ratios.indexOf(Math.min(...ratios)))
  })
})

describe('scores from a file', () => {
  async function scoresOf(
    text: string,
  ): Promise<ReturnType<typeof loadResponseScores> extends Promise<infer S> ? S : never> {
    const folder = await mkdtemp(join(tmpdir(), 'judgelab-scores-'))
    try {
      await writeFile(join(folder, 'scores.jsonl'), text)
      return await loadResponseScores(join(folder, 'scores.jsonl'))
    } finally {
      await rm(folder, { recursive: true })
    }
  }

  it('are read by example and response, and named where one is missing', async () => {
    const read = await scoresOf(
      '{"exampleId":"e","response":1,"score":2.5}\n{"exampleId":"e","response":2,"score":-1}\n',
    )
    expect([read(example, 1), read(example, 2)]).toEqual([2.5, -1])
    expect(() => read(example, 3)).toThrow('expected a score of response 3 of "e", found none')
  })

  it('are refused with file and line where they are no scores, or come twice', async () => {
    await expect(scoresOf('{"exampleId":"e","response":1}\n')).rejects.toThrow('scores.jsonl:1: expected exampleId')
    await expect(scoresOf(`${'{"exampleId":"e","response":1,"score":1}\n'.repeat(2)}`)).rejects.toThrow(
      'scores.jsonl:2: expected one score a response, found response 1 of "e" again',
    )
  })
})
