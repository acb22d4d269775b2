import type { Example } from '@judgelab/core'
import fc from 'fast-check'

/** What a drawn example asks, of which subset it is, and whose sibling it may be. */
interface Drawn {
  readonly subset: string
  readonly prompt: number
  readonly sibling: number | null
}

const drawn: fc.Arbitrary<Drawn> = fc.record({
  subset: fc.constantFrom('Math', 'Safety', 'Ties', 'Focus'),
  prompt: fc.nat(200),
  sibling: fc.option(fc.nat(30), { freq: 4 }),
})

/** Lists of examples in which prompts recur (in other letter case, across subsets) and `ref:` and `tied:` have siblings. */
export function drawnExamples(minLength: number): fc.Arbitrary<Example[]> {
  return fc.array(drawn, { minLength, maxLength: 150 }).map((list) => {
    const taken = new Set<string>()
    return list.map((item, at) => {
      const siblings = item.sibling === null ? [] : [`ref:${item.sibling}`, `tied:${item.sibling}`]
      const id = siblings.find((held) => !taken.has(held)) ?? `e${at}`
      taken.add(id)
      return exampleOf(id, item.subset, at % 2 === 0 ? `Question ${item.prompt}?` : `QUESTION  ${item.prompt}? `)
    })
  })
}

export function exampleOf(id: string, subset: string, prompt: string, metadata: Example['metadata'] = {}): Example {
  return {
    v: 1,
    id,
    subset,
    prompt,
    responses: [{ text: `right ${id}` }, { text: `wrong ${id}` }],
    chosen: [0],
    metadata,
  }
}
