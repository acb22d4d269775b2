import {
  type Comparison,
  type Example,
  type Mode,
  type Presentation,
  presentationOf,
  type ShownPresentation,
} from '@judgelab/core'

/**
 * The presentations of comparisons: pairwise with the response of lower index first, then, for `both` orders,
 * swapped; rating with each response alone. A rating belongs to its response and names no comparison: comparisons that
 * share a response ask for it once between them.
 *
 * The order never looks at the label. Where a benchmark lists the chosen response first, one order alone measures the
 * judge's taste for the first slot: ask both.
 *
 * @throws {RangeError} for a mode that does not judge comparisons
 */
export function presentComparisons(
  comparisons: readonly Comparison[],
  asked: { readonly mode: Mode; readonly orders: 'both' | 'first' },
): Presentation[] {
  const { mode } = asked
  const all = comparisons.flatMap((comparison) => {
    const { id, exampleId } = comparison
    const evidenceFor = mode === 'rating' ? {} : { comparisonId: id }
    return slotsOf(comparison, asked).map((slots) =>
      presentationOf({ exampleId, ...evidenceFor, mode, slots, repeat: 0 }),
    )
  })
  return mode === 'rating' ? [...new Map(all.map((presentation) => [presentation.id, presentation])).values()] : all
}

function slotsOf({ chosen, rejected }: Comparison, asked: { mode: Mode; orders: 'both' | 'first' }): number[][] {
  const [low, high] = chosen < rejected ? [chosen, rejected] : [rejected, chosen]
  switch (asked.mode) {
    case 'pairwise':
      return asked.orders === 'both'
        ? [
            [low, high],
            [high, low],
          ]
        : [[low, high]]
    case 'rating':
      return [[low], [high]]
    default:
      throw new RangeError(`presentComparisons needs mode pairwise or rating, got ${asked.mode}`)
  }
}

/** What the judge sees: texts by slot. @throws {RangeError} if the presentation is of another example */
export function show(presentation: Presentation, example: Example): ShownPresentation {
  if (presentation.exampleId !== example.id)
    throw new RangeError(`show needs the example "${presentation.exampleId}", got "${example.id}"`)
  const slots = presentation.slots.map((index) => {
    const response = example.responses[index]
    if (response === undefined)
      throw new RangeError(
        `show needs response ${index} of example "${example.id}", which has ${example.responses.length}`,
      )
    return response.text
  })
  return { mode: presentation.mode, prompt: example.prompt, slots }
}
