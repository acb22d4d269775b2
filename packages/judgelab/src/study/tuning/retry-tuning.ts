import { ConfigError, type StudyTuning } from '@judgelab/core'
import { hasFailed, jobFile, setAsideJob, type TuningJob, tryLoadJob } from '@judgelab/dpo'
import type { LoadedStudy } from '../load-study.js'
import { type ContextOptions, contextBase, withContext } from '../open-context.js'
import { prepareData } from '../prepare.js'
import { chooseBackend } from './backend-of.js'
import { jobFolder, requestOf, requireLeave, watchOptions } from './tune.js'

/**
 * Starts another job in the place of one that ended as error or cancelled, once the user has agreed to its price. The old one's
 * id, events and metrics stay in the folder's `earlier/`. Nothing is waited for.
 *
 * @throws {ConfigError} if no job of the tuning ended so, if the study's pairs are still to be made, and where nobody agrees
 */
export async function retryTuning(
  loaded: LoadedStudy,
  parameters: StudyTuning,
  options: Omit<ContextOptions, 'mayLabour'>,
): Promise<TuningJob> {
  const folder = jobFolder({ loaded }, parameters.name)
  if ((await tryLoadJob(folder)) === undefined) throw nothingToRetry('found none', folder)
  return withContext(contextBase(loaded, options), { ...options, mayLabour: false }, async (context) => {
    const chosen = await chooseBackend(context, parameters)
    const { backend } = chosen
    const ended = await backend.resume(folder)
    if (!hasFailed(ended)) throw nothingToRetry(`found one that is ${ended.status}`, folder)
    const { pairs } = await prepareData(context)
    if (pairs === null) throw new ConfigError('expected pairs to tune on, found none', `tuning.${parameters.name}`)
    const request = requestOf(context, parameters, chosen, pairs)
    const waiting = watchOptions(context)
    context.progress.start(`Tuning ${parameters.name} again`)
    await backend.validate(request)
    await requireLeave(context, request, await backend.estimate(request, waiting))
    await setAsideJob(folder)
    const job = await backend.start(request, waiting)
    context.progress.finish(`job ${job.jobId ?? 'written out'}`)
    return job
  })
}

function nothingToRetry(found: string, folder: string): ConfigError {
  return new ConfigError(`expected a job that ended as error or cancelled, ${found}`, jobFile(folder))
}
