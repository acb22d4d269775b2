import { type Comparison, type Example, type Presentation, presentationOf } from '@judgelab/core'

/** A presentation of two responses, of which one is the chosen one. */
export interface LabelledPresentation {
  readonly example: Example
  readonly presentation: Presentation
  /** The slot of the chosen response. */
  readonly rightSlot: 0 | 1
}

/** Both orders of a comparison, the response of lower index in the first slot first. */
export function labelledPresentations(example: Example, { id, chosen, rejected }: Comparison): LabelledPresentation[] {
  const orders =
    chosen < rejected
      ? [[chosen, rejected] as const, [rejected, chosen] as const]
      : [[rejected, chosen] as const, [chosen, rejected] as const]
  return orders.map((slots) => ({
    example,
    presentation: presentationOf({ exampleId: example.id, comparisonId: id, mode: 'pairwise', slots, repeat: 0 }),
    rightSlot: slots[0] === chosen ? 0 : 1,
  }))
}

/** What is shown, whoever asks for the how-manieth time: the presentation's id without its repeat. */
export function shownId({ id }: Presentation): string {
  return id.slice(0, id.lastIndexOf('#'))
}
