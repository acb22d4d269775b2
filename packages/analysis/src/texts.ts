import { type Example, promptText, rejectedOf } from '@judgelab/core'
import type { CueFigures, LengthFigures, OverallLengthFigures, StudyResults } from './results/study-results.js'
import type { Table } from './table.js'
import { syntheticWords } from './tables/synthetic-words.js'

/** One response of one example, measured. */
export interface ResponseLength {
  readonly exampleId: string
  readonly subset: string
  readonly role: 'chosen' | 'rejected'
  readonly words: number
  readonly characters: number
}

/** The length of every response, one row each. */
export function responseLengths(examples: readonly Example[]): ResponseLength[] {
  return examples.flatMap(({ id, subset, responses, chosen }) => {
    const right = new Set(chosen)
    return responses.map(({ text }, index) => ({
      exampleId: id,
      subset,
      role: right.has(index) ? ('chosen' as const) : ('rejected' as const),
      words: wordsOf(text).length,
      characters: text.length,
    }))
  })
}

/** Length by subset and role, subsets in order of first appearance. */
export function lengthFigures(examples: readonly Example[]): LengthFigures[] {
  const lengths = responseLengths(examples)
  const subsets = [...new Set(examples.map(({ subset }) => subset))]
  return subsets.flatMap((subset) =>
    (['chosen', 'rejected'] as const).flatMap((role) => {
      const held = lengths.filter((length) => length.subset === subset && length.role === role)
      return held.length === 0 ? [] : [{ subset, role, responses: held.length, ...lengthSummary(held) }]
    }),
  )
}

/** Length by role over all subsets. */
export function overallLengthFigures(examples: readonly Example[]): OverallLengthFigures[] {
  const lengths = responseLengths(examples)
  return (['chosen', 'rejected'] as const).flatMap((role) => {
    const held = lengths.filter((length) => length.role === role)
    return held.length === 0 ? [] : [{ role, responses: held.length, ...lengthSummary(held) }]
  })
}

function lengthSummary(
  held: readonly ResponseLength[],
): Pick<LengthFigures, 'meanWords' | 'meanCharacters' | 'medianWords' | 'longestWords'> {
  const words = held.map((length) => length.words).sort((a, b) => a - b)
  const middle = words.length >> 1
  const upper = words[middle] as number
  return {
    meanWords: mean(words) as number,
    meanCharacters: mean(held.map(({ characters }) => characters)) as number,
    medianWords: words.length % 2 === 1 ? upper : ((words[middle - 1] as number) + upper) / 2,
    longestWords: words.at(-1) as number,
  }
}

/** A shallow cue: a number read off a response without understanding it. */
type Cue = (response: string, prompt: ReadonlySet<string>) => number

const CUES: readonly (readonly [label: string, cue: Cue])[] = [
  ['longer', (text) => text.length],
  ['more list markers', (text) => text.match(/^\s*(?:[-*•]|\d+[.)])\s/gm)?.length ?? 0],
  ['more words of the prompt', (text, prompt) => share(wordsOf(text), prompt)],
  ['more digits', (text) => text.match(/\d/g)?.length ?? 0],
  ['more sentences', (text) => text.match(/[.!?](?:\s|$)/g)?.length ?? 0],
]

/**
 * How often each shallow cue points to `chosen[0]` rather than to a rejected response, over all such pairs; a pair that
 * the cue cannot tell apart counts half. 0.5 says that the cue knows nothing; null, that nothing is rejected.
 */
export function cueFigures(examples: readonly Example[]): CueFigures[] {
  const subsets = [...new Set(examples.map(({ subset }) => subset))]
  return CUES.map(([label, cue]) => {
    const credits = examples.map((example) => cueCredits(example, cue))
    const within = (subset: string): number[] => credits.filter((_, at) => examples[at]?.subset === subset).flat()
    return {
      cue: label,
      all: mean(credits.flat()),
      bySubset: Object.fromEntries(subsets.map((subset) => [subset, mean(within(subset))])),
    }
  })
}

/** How far each shallow cue gets on the benchmark of a study, overall and by subset. */
export function cueTable(results: Pick<StudyResults, 'benchmark' | 'study'>): Table {
  const { cues: figures } = results.benchmark
  const subsets = Object.keys(figures[0]?.bySubset ?? {})
  return {
    columns: [
      { key: 'cue', label: 'The chosen response is …', kind: 'text' },
      { key: 'all', label: 'All', unit: '%', kind: 'percent' },
      ...subsets.map((subset) => ({ key: subsetKey(subset), label: subset, unit: '%', kind: 'percent' as const })),
    ],
    rows: figures.map(({ cue, all, bySubset }) => ({
      cue,
      all,
      ...Object.fromEntries(Object.entries(bySubset).map(([subset, rate]) => [subsetKey(subset), rate])),
    })),
    caption: `How often a shallow cue alone picks the chosen response, against each rejected one; pairs that the cue cannot tell apart count half.${syntheticWords(results)}`,
    missing: 'no rejected response',
  }
}

/** Prefixed, so that no subset called `cue` stands in another column. */
const subsetKey = (subset: string): string => `subset:${subset}`

function cueCredits(example: Example, cue: Cue): number[] {
  const prompt = new Set(wordsOf(promptText(example.prompt)))
  const cueOf = (index: number): number => cue((example.responses[index] as { text: string }).text, prompt)
  const chosen = cueOf(example.chosen[0] as number)
  return rejectedOf(example).map((index) => {
    const rejected = cueOf(index)
    return chosen > rejected ? 1 : chosen < rejected ? 0 : 0.5
  })
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
}

function share(words: readonly string[], known: ReadonlySet<string>): number {
  return words.length === 0 ? 0 : words.filter((word) => known.has(word)).length / words.length
}

function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
