import { readFileSync } from 'node:fs'
import type { Example, PreferencePair } from '@judgelab/core'
import { pairsFromResponses } from '../src/index.js'

/** What the published notebook and NumPy say; see fixtures/README.md. */
export interface PublishedPairs {
  readonly pairs: {
    readonly total: number
    readonly bySubset: Readonly<Record<string, number>>
    readonly seed: number
    readonly train: number
    readonly validation: number
    readonly trainBySubset: Readonly<Record<string, number>>
    readonly validationBySubset: Readonly<Record<string, number>>
  }
  readonly shuffledOnce: readonly number[]
  readonly shuffledTwice: readonly number[]
}

export const PUBLISHED = JSON.parse(
  readFileSync(new URL('./fixtures/published-pairs.json', import.meta.url), 'utf8'),
) as PublishedPairs

const TRAINING_TIES = 82

/**
 * Training examples that give the published numbers of pairs, subset by subset: three rejected responses each, and in Ties
 * as many as it takes for 82 examples to make 1,159 pairs, `ref:` and `tied:` siblings in turn.
 */
export function publishedShape(): Example[] {
  return Object.entries(PUBLISHED.pairs.bySubset).flatMap(([subset, pairs]) =>
    subset === 'Ties' ? tiesExamples(pairs) : plainExamples(subset, pairs / 3),
  )
}

function plainExamples(subset: string, count: number): Example[] {
  return Array.from({ length: count }, (_, at) => exampleOf(subset, `${subset}-${at}`, 3))
}

function tiesExamples(pairs: number): Example[] {
  const least = Math.floor(pairs / TRAINING_TIES)
  return Array.from({ length: TRAINING_TIES }, (_, at) =>
    exampleOf(
      'Ties',
      `${at % 2 === 0 ? 'ref' : 'tied'}:${at >> 1}`,
      least + (at < pairs - least * TRAINING_TIES ? 1 : 0),
    ),
  )
}

function exampleOf(subset: string, id: string, rejected: number): Example {
  return {
    v: 1,
    id,
    subset,
    prompt: `The question of ${id}?`,
    responses: ['right', ...Array.from({ length: rejected }, (_, at) => `wrong ${at}`)].map((text) => ({ text })),
    chosen: [0],
    metadata: {},
  }
}

/** The 5,407 pairs of the published shape. */
export function publishedShapePairs(): PreferencePair[] {
  return pairsFromResponses(publishedShape())
}
