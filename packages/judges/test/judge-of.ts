import { type JudgeSpec, judgeId } from '@judgelab/core'
import type { OwnJudge } from '../src/index.js'

/** A judge made of a function; how often it was called stands in `calls`, by presentation id. */
export function judgeOf(
  answer: OwnJudge['answer'],
  concurrency = 1,
): { readonly judge: OwnJudge; readonly calls: Map<string, number> } {
  const spec: JudgeSpec = { provider: 'local', model: 'function', mode: 'pairwise', settings: {} }
  const calls = new Map<string, number>()
  const judge: OwnJudge = {
    name: 'function',
    id: judgeId(spec),
    spec,
    concurrency,
    answer: (call) => {
      calls.set(call.presentationId, (calls.get(call.presentationId) ?? 0) + 1)
      return answer(call)
    },
  }
  return { judge, calls }
}
