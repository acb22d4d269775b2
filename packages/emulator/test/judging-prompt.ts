const NONCE = '0f3a9c7d'

/** A block of a judging prompt. */
export function block(name: string, content: string, nonce: string = NONCE): string {
  return `<<<${name} ${nonce}>>>\n${content}\n<<<END ${name} ${nonce}>>>`
}

/** A judging prompt with one response a letter. */
export function judgingPrompt(prompt: string | undefined, responses: readonly string[], instruction: string): string {
  const letters = responses.length === 1 ? ['RESPONSE'] : responses.map((_, at) => `RESPONSE ${'ABCD'[at]}`)
  return [
    'Judge what stands in the blocks.',
    ...(prompt === undefined ? [] : [block('PROMPT', prompt)]),
    ...responses.map((response, at) => block(letters[at] as string, response)),
    instruction,
  ].join('\n\n')
}

export const PAIRWISE = 'End with exactly one line: Verdict: A | B | tie'
