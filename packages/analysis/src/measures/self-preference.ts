import type { Example, Verdict } from '@judgelab/core'
import { type AdjustedP, type FamilyComparison, selfPreference } from '@judgelab/stats'
import { holmOver } from '../contrast.js'
import { type Preference, preferenceOf } from './preference.js'

/** Whether a judge prefers responses of some model families more than the labels do. Of decided comparisons. */
export interface SelfPreference {
  /** `known`, or why nothing can be said. */
  readonly status: 'known' | 'authors not recorded' | 'one family only'
  /** The judge's own family; null where its model is not a language model's name. */
  readonly own: string | null
  readonly families: readonly (Preference & { readonly family: string; readonly adjusted: AdjustedP | null })[]
}

/** Families with fewer comparisons than this say nothing. */
const FEWEST = 10

/**
 * The excess of each family over the labels, on the comparisons of one response of the family with one of another.
 *
 * @param model the judge's model, whose family is its own
 */
export function selfPreferences(
  verdicts: readonly Verdict[],
  examples: readonly Example[],
  { model, level }: { readonly model: string | null; readonly level: number },
): SelfPreference {
  const authors = new Map(
    examples.map(({ id, responses }) => [id, responses.map((response) => familyOf(response.model))]),
  )
  const own = model === null ? null : (familyOf(model) ?? null)
  const comparisons = verdicts.flatMap(({ comparisonId, exampleId, result }): FamilyComparison[] => {
    if (result !== 'chosen' && result !== 'rejected') return []
    const [chosen, rejected] = comparisonId
      .slice(exampleId.length + 1)
      .split('>')
      .map(Number)
    const held = authors.get(exampleId)
    const [familyOfChosen, familyOfRejected] = [held?.[chosen as number], held?.[rejected as number]]
    if (familyOfChosen === undefined || familyOfRejected === undefined || familyOfChosen === familyOfRejected) return []
    const isRight = result === 'chosen'
    return [
      { family: familyOfChosen, picked: isRight ? 1 : 0, labelled: 1 },
      { family: familyOfRejected, picked: isRight ? 0 : 1, labelled: 0 },
    ]
  })
  const isRecorded = [...authors.values()].some((held) => held.some((family) => family !== undefined))
  if (comparisons.length === 0)
    return { status: isRecorded ? 'one family only' : 'authors not recorded', own, families: [] }
  const found = selfPreference(comparisons, { level }).filter(({ n }) => n >= FEWEST)
  const adjusted = holmOver(
    found.map(({ test }) => test.p),
    'model families of one judge',
  )
  const families = found.map((held, at) => ({
    family: held.family,
    ...preferenceOf(
      held,
      comparisons.filter(({ family }) => family === held.family),
    ),
    adjusted: adjusted[at] ?? null,
  }))
  return { status: 'known', own, families }
}

/** The family of a model: the letters that its name begins with, without the organisation; `openai/gpt-oss-120b` is gpt. */
export function familyOf(model: string | undefined): string | undefined {
  const name = model?.split('/').at(-1)?.toLowerCase()
  return name?.match(/^[a-z]+/)?.[0]
}
