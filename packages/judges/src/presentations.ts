import {
  type AskedOrders,
  type Comparison,
  type Example,
  LONG_LIST,
  lazyList,
  type Mode,
  type Presentation,
  presentationOf,
  rejectedOf,
  type ShownPresentation,
  slotsByOrder,
} from '@judgelab/core'

/** What is asked of every comparison. */
export interface AskedPresentations extends AskedOrders {
  readonly mode: Mode
  /** How often each is asked; defaults to 1. */
  readonly repeats?: number | undefined
  /** The number of the first repeat; defaults to 0. A run that repeats another whole one starts at 1. */
  readonly firstRepeat?: number | undefined
}

/**
 * The presentations of comparisons, each as often as it is to be asked:
 *
 * - pairwise: the two responses, in the orders that are asked;
 * - best-of-n: the chosen response among all rejected ones of its example, by ascending index, for `both` orders also by
 *   descending index, for `random` one of the two by seed;
 * - rating and classify: each response alone. Such a presentation belongs to its response and names no comparison:
 *   comparisons that share a response ask for it once between them.
 *
 * The order never looks at the label. Where a benchmark lists the chosen response first, one order alone measures the
 * judge's taste for the first slot: ask both.
 *
 * Where there are very many, the list is lazy (`lazyList`).
 *
 * @param exampleOf the example of a comparison, which best-of-n needs
 * @throws {RangeError} for best-of-n without examples, or with more than 26 responses
 */
export function presentComparisons(
  comparisons: readonly Comparison[],
  asked: AskedPresentations,
  exampleOf?: (comparison: Comparison) => Example,
): readonly Presentation[] {
  const { mode, repeats = 1 } = asked
  const presentationsOf = (comparison: Comparison): Presentation[] => presentationsFor(comparison, asked, exampleOf)
  if (mode === 'rating' || mode === 'classify') {
    const all = comparisons.flatMap(presentationsOf)
    return [...new Map(all.map((presentation) => [presentation.id, presentation])).values()]
  }
  const each = repeats * (asked.orders === 'both' ? 2 : 1)
  if (comparisons.length * each < LONG_LIST) return comparisons.flatMap(presentationsOf)
  return lazyList(comparisons.length * each, (index) => {
    const comparison = comparisons[Math.floor(index / each)] as Comparison
    return presentationsOf(comparison)[index % each] as Presentation
  })
}

function presentationsFor(
  comparison: Comparison,
  asked: AskedPresentations,
  exampleOf: ((comparison: Comparison) => Example) | undefined,
): Presentation[] {
  const { mode, repeats = 1, firstRepeat = 0 } = asked
  const { id, exampleId } = comparison
  const comparisonId = mode === 'rating' || mode === 'classify' ? undefined : id
  const presentations: Presentation[] = []
  for (const slots of slotsOf(comparison, asked, exampleOf))
    for (let at = 0; at < repeats; at++)
      presentations.push(presentationOf({ exampleId, comparisonId, mode, slots, repeat: firstRepeat + at }))
  return presentations
}

function slotsOf(
  comparison: Comparison,
  asked: AskedPresentations,
  exampleOf: ((comparison: Comparison) => Example) | undefined,
): readonly number[][] {
  const { chosen, rejected } = comparison
  switch (asked.mode) {
    case 'pairwise':
      return slotsByOrder(comparison, asked)
    case 'best-of-n': {
      if (exampleOf === undefined) throw new RangeError('presentComparisons needs the examples for best-of-n, got none')
      const ascending = [chosen, ...rejectedOf(exampleOf(comparison))].sort((a, b) => a - b)
      return slotsByOrder(comparison, asked).map(([first, second]) =>
        first < second ? ascending : ascending.toReversed(),
      )
    }
    case 'rating':
    case 'classify':
      return chosen < rejected ? [[chosen], [rejected]] : [[rejected], [chosen]]
  }
}

/**
 * What the judge sees: texts by slot. With `reference`, a dotted path into the example's metadata, also what stands there.
 *
 * @throws {RangeError} if the presentation is of another example, or the example has no text at the reference's path
 */
export function show(
  presentation: Presentation,
  example: Example,
  { reference }: { readonly reference?: string | undefined } = {},
): ShownPresentation {
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
  const shown = { mode: presentation.mode, subset: example.subset, prompt: example.prompt, slots }
  return reference === undefined ? shown : { ...shown, reference: referenceOf(example, reference) }
}

function referenceOf({ id, metadata }: Example, path: string): string {
  let held: unknown = metadata
  for (const step of path.split('.'))
    held = held !== null && typeof held === 'object' ? (held as Record<string, unknown>)[step] : undefined
  if (typeof held === 'string') return held
  if (typeof held === 'number' || typeof held === 'boolean') return String(held)
  throw new RangeError(
    `show needs a reference at metadata.${path} of example "${id}", got ${held === undefined ? 'nothing' : held === null ? 'null' : typeof held}`,
  )
}
