import type { Answer, Call } from '../src/index.js'

/** What a judge says who prefers the longer text, with a text of its own that is long enough to be torn. */
export function readingAnswer({ presentationId, shown }: Call): Answer {
  const [first, second] = shown.slots as [string, string]
  return {
    outcome: { kind: 'choice', slot: first.length > second.length ? 0 : 1 },
    raw: `Of “${first}” and “${second}” in ${presentationId} I prefer the longer one. ${'…'.repeat(8)}`,
    usage: { inputTokens: first.length, outputTokens: second.length },
  }
}
