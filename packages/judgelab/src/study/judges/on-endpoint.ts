import { ConfigError, type HostedEndpoint, readJudgments } from '@judgelab/core'
import { stopTogetherEndpoints, withTogetherEndpoint } from '@judgelab/dpo'
import {
  type Budget,
  createBudget,
  type RunRequest,
  requestDigest,
  type ServiceJudge,
  systemClock,
  usdText,
} from '@judgelab/judges'
import type { StudyContext } from '../context.js'
import { togetherClient } from '../tuning/backend-of.js'
import type { StudyContender } from './contenders.js'
import { sessionOf, wasLeftUp } from './endpoint-session.js'
import { payRent, requireRent } from './rent.js'

/** A run as it is really asked for. */
export interface AskedRun {
  readonly request: RunRequest
  /** USD that this start has cost so far, where it is paid by the minute and the price is known. */
  readonly rentUsd?: (() => number | undefined) | undefined
}

/**
 * Runs work on a contender's run: through a dedicated endpoint where the study says so and anything is left to be sent, which
 * is stopped however the work ends. One that an earlier start left up, because it died, is taken again or stopped. What the judge is known by, in logs, cache and run id, stays its model's own name.
 *
 * The run's signal goes off when the minutes have used up the study's budget; its reason says so. The minutes count from when
 * the endpoint is up: coming up is not paid (docs.together.ai/docs/inference/pricing).
 *
 * @throws {ConfigError} under a cost limit, if the service does not say what a minute costs, and where nobody gives leave to
 *   spend it; {Error} if nothing is left to pay it with. All before anything is started
 */
export async function onEndpoint<T>(
  context: StudyContext,
  { name, judge, endpoint: asked, base }: StudyContender,
  request: RunRequest,
  work: (asked: AskedRun) => Promise<T>,
): Promise<T> {
  if (asked === undefined || !('send' in judge)) return work({ request })
  if (!(await isAnythingToSend(request, judge))) {
    if (await wasLeftUp(request.run))
      await stopTogetherEndpoints(togetherClient(context, base), judge.spec.model, asked)
    return work({ request })
  }
  const { budget = createBudget(), clock = systemClock } = request
  const { progress, signal, firstPauseMs } = context
  const session = sessionOf(request.run, clock)
  return withTogetherEndpoint(
    togetherClient(context, base),
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
      mayStart: async (usdPerMinute) => {
        requirePrice(name, asked, usdPerMinute, budget)
        await requireLeave(context, name, asked, usdPerMinute)
      },
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
    send: (request, options) => {
      const body = { ...request.body, model }
      return judge.send({ ...request, body, json: JSON.stringify(body) }, options)
    },
  }
}

/** Says what a minute costs, and asks. @throws {ConfigError} where the answer is no */
async function requireLeave(
  { approve, progress }: StudyContext,
  name: string,
  { hardware, replicas, inactiveMinutes }: HostedEndpoint,
  usdPerMinute: number | null,
): Promise<void> {
  const price =
    usdPerMinute === null
      ? 'Together does not say what a minute costs'
      : `${usdText(usdPerMinute)} a minute, ${usdText(60 * usdPerMinute)} an hour`
  const cost = `${replicas} x ${hardware}: ${price}, until the judging ends, and at most ${inactiveMinutes} minutes after its last call`
  progress.say(cost)
  if (await approve(`Start a dedicated endpoint for ${name}? ${cost}`)) return
  throw new ConfigError(
    'expected leave to start an endpoint that costs money, found none',
    `tuning.${name}.hosted.endpoint`,
  )
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
