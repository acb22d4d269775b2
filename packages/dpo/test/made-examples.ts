import type { Example } from '@judgelab/core'

/** An example with texts of the given lengths; the first is the chosen one. */
export function madeExample(
  id: string,
  subset: string,
  lengths: readonly number[],
  prompt = `Question ${id}?`,
): Example {
  return {
    v: 1,
    id,
    subset,
    prompt,
    responses: lengths.map((length, at) => ({ text: `${id}-${at} `.padEnd(length, 'x') })),
    chosen: [0],
    metadata: {},
  }
}
