import { digest, type JudgeSpec, judgeId, type Outcome } from '@judgelab/core'
import type { OwnJudge } from '../judge.js'

/** What somebody else's judge answered to one presentation. */
export interface Recorded {
  readonly outcome: Outcome
  readonly raw?: string | undefined
}

/**
 * A judge that answers with recorded verdicts, by presentation id. What was never recorded is `failed: not-recorded`,
 * counted like any other failure.
 *
 * @param options.rowsLeftOut how many rows of the records could not be used: where there are any, a setting of the judge, so
 *   that its manifest and the methods of every report say it
 */
export function createReplayJudge(
  named: Pick<JudgeSpec, 'model' | 'mode'> & { readonly name: string },
  recorded: ReadonlyMap<string, Recorded>,
  { rowsLeftOut = 0 }: { readonly rowsLeftOut?: number } = {},
): OwnJudge {
  const spec: JudgeSpec = {
    provider: 'replay',
    model: named.model,
    mode: named.mode,
    settings: rowsLeftOut === 0 ? {} : { rowsLeftOut },
    weights: digest(Object.fromEntries(recorded)),
  }
  return {
    name: named.name,
    id: judgeId(spec),
    spec,
    concurrency: 1,
    answer: ({ presentationId }) =>
      recorded.get(presentationId) ?? { outcome: { kind: 'failed', reason: 'not-recorded' } },
  }
}
