/** What a judging prompt shows, found by its delimiters, and what it says around them. */
export interface JudgingPrompt {
  /** Undefined when the prompt is hidden from the judge. */
  readonly prompt: string | undefined
  /** In the order of their letters; one without a letter when a response is judged alone. */
  readonly responses: readonly string[]
  readonly reference: string | undefined
  /** All text outside the blocks: nothing that a candidate wrote is in it. */
  readonly instruction: string
}

const BLOCK =
  /^<<<(PROMPT|RESPONSE(?: [A-Z])?|REFERENCE|CRITERIA) ([0-9a-fA-F]{8,})>>>[ \t]*\r?\n([\s\S]*?)(?:\r?\n)?^<<<END \1 \2>>>[ \t]*$/gm

/**
 * Reads the blocks `<<<NAME nonce>>>` … `<<<END NAME nonce>>>` of a judging prompt. A block ends only where its own nonce
 * does: what a candidate wrote like a block, with another nonce, stays text inside.
 */
export function readJudgingPrompt(text: string): JudgingPrompt {
  const blocks = [...text.matchAll(BLOCK)].map(([whole, name, , content]) => ({ whole, name, content }))
  const contentOf = (name: string): string | undefined => blocks.find((block) => block.name === name)?.content
  const responses = blocks
    .filter(({ name }) => name?.startsWith('RESPONSE'))
    .toSorted((a, b) => ((a.name as string) < (b.name as string) ? -1 : 1))
    .map(({ content }) => content as string)
  const instruction = blocks.reduce((rest, { whole }) => rest.replace(whole, () => ''), text)
  return { prompt: contentOf('PROMPT'), responses, reference: contentOf('REFERENCE'), instruction }
}
