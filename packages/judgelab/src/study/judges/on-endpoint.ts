import { ConfigError, type HostedEndpoint, readJudgments } from '@judgelab/core'
import { withTogetherEndpoint } from '@judgelab/dpo'
import {
  type Budget,
  createBudget,
  type RunRequest,
  requestDigest,
  type ServiceJudge,
  systemClock,
} from '@judgelab/judges'
import type { StudyContext } from '../context.js'
import { togetherClient } from '../tuning/backend-of.js'
import type { StudyContender } from './contenders.js'
import { sessionOf } from './endpoint-session.js'
import { payRent, requireRent } from './rent.js'

/** A run as it is really asked for. */
export interface AskedRun {
  readonly request: RunRequest
  /** USD that this start has cost so far, where it is paid by the minute and the price is known. */
  readonly rentUsd?: (() => number | undefined) | undefined
}

/**
 * Runs work on a contender's run: through a dedicated endpoint where the study says so and anything is left to be sent, which
 * is stopped however the work ends. What the judge is known by, in logs, cache and run id, stays its model's own name.
 *
 * The run's signal goes off when the minutes have used up the study's budget; its reason says so. The minutes count from when
 * the endpoint is up: coming up is not paid (docs.together.ai/docs/inference/pricing).
 *
 * @throws {ConfigError} under a cost limit, if the service does not say what a minute costs; {Error} if nothing is left to pay
 *   it with. Both before anything is started
 */
export async function onEndpoint<T>(
  context: StudyContext,
  { name, judge, endpoint: asked }: StudyContender,
  request: RunRequest,
  work: (asked: AskedRun) => Promise<T>,
): Promise<T> {
  if (asked === undefined || !('send' in judge) || !(await isAnythingToSend(request, judge))) return work({ request })
  const { budget = createBudget(), clock = systemClock } = request
  const { progress, signal, firstPauseMs } = context
  const session = sessionOf(request.run, clock)
  return withTogetherEndpoint(
    togetherClient(context),
    judge.spec.model,
    asked,
    async ({ model, usdPerMinute }) => {
      const endpoint = await session.begin({ ...asked, usdPerMinute })
      const rent = payRent({ ...asked, usdPerMinute }, budget, clock)
      try {
        return await work({
          request: {
            ...request,
            judge: servedAs(judge, model),
            manifest: { ...request.manifest, endpoint },
            signal: AbortSignal.any([signal, rent.signal]),
          },
          rentUsd: rent.usd,
        })
      } finally {
        rent.end()
      }
    },
    {
      signal,
      firstPauseMs,
      onStatus: progress.say,
      mayStart: (usdPerMinute) => requirePrice(name, asked, usdPerMinute, budget),
      onStopped: session.end,
    },
  )
}

/** Whether the engine would send anything: what is neither in the log nor, readable, in the cache. */
async function isAnythingToSend(
  { presentations, show, run, cache, retryFailed = false }: RunRequest,
  judge: ServiceJudge,
): Promise<boolean> {
  const isFailed = new Map<string, boolean>()
  for await (const { presentationId, outcome } of readJudgments(run))
    isFailed.set(presentationId, outcome.kind === 'failed')
  return presentations.some((presentation) => {
    const held = isFailed.get(presentation.id)
    if (held === false || (held === true && !retryFailed)) return false
    const shown = show(presentation)
    const kept = cache?.get(requestDigest(judge.service, judge.compose(shown, presentation.repeat)))
    return kept === undefined || judge.read(kept.body, shown).outcome.kind === 'failed'
  })
}

/** The judge with its calls sent to its model's endpoint: it alone knows the endpoint's name. */
function servedAs(judge: ServiceJudge, model: string): ServiceJudge {
  return {
    ...judge,
    send: (request, options) => judge.send({ ...request, body: { ...request.body, model } }, options),
  }
}

function requirePrice(name: string, { hardware }: HostedEndpoint, usdPerMinute: number | null, budget: Budget): void {
  const { maxCost } = budget
  if (maxCost === undefined) return
  if (usdPerMinute === null)
    throw new ConfigError(
      `expected hardware of which Together says what a minute costs, under a cost limit of ${maxCost} USD, found "${hardware}"`,
      `tuning.${name}.hosted.endpoint.hardware`,
    )
  requireRent(budget, usdPerMinute)
}
