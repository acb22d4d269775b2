import type { JudgeKind } from '@judgelab/analysis'
import {
  ConfigError,
  type Consistency,
  type HostedEndpoint,
  type Study,
  type StudyControl,
  type StudyJudge,
  type StudyTuning,
} from '@judgelab/core'
import type { TunedModel } from '@judgelab/dpo'
import type { Judge } from '@judgelab/judges'
import type { Policy } from '@judgelab/policy'
import type { StudyContext } from '../context.js'
import type { StudyData } from '../prepare.js'
import type { ReachedJudge } from '../tuning/backend-of.js'
import { makeJudge } from './make-judge.js'
import { shotsFor } from './shots.js'

/** A judge of the study, ready to be asked, with its place in the tables. */
export interface StudyContender {
  /** As the study and its tables call it. */
  readonly name: string
  readonly label: string
  readonly kind: JudgeKind
  readonly judge: Judge
  readonly repeats: number
  readonly consistency: Consistency
  /** The number of the first repeat: above 0 for a whole run that is made a second time. */
  readonly firstRepeat: number
  /** Of a second whole run: the name of the judge that is run again. */
  readonly repeatOf?: string | undefined
  /** The dedicated endpoint that its model is asked through, which is paid by the minute: of some tuned judges. */
  readonly endpoint?: HostedEndpoint | undefined
  /** With an endpoint: the judge that was tuned, where and by whose key the endpoint is started. */
  readonly base?: ReachedJudge | undefined
}

/** The judges that a study names, untuned; each that is to be run a second time stands there a second time. */
export async function untunedJudges(context: StudyContext, data: StudyData): Promise<StudyContender[]> {
  const { study } = context.loaded
  const bases = new Set(study.tuning.map(({ base }) => base))
  const kindOf = ({ name, control }: StudyJudge): JudgeKind =>
    control ? 'control' : bases.has(name) ? 'baseline' : 'judge'
  const contenders = await Promise.all(
    study.judges.map(async (asked) => contenderOf(context, data, asked, { label: asked.label, kind: kindOf(asked) })),
  )
  const controls = await Promise.all(study.controls.map((control) => controlOf(context, data, control)))
  return [...contenders, ...controls].flatMap((contender) => {
    const asked = study.judges.find(({ name }) => name === contender.name)
    return asked?.repeat === 1 ? [contender, secondRun(contender)] : [contender]
  })
}

/** A judge of the study, untuned and asked another way. */
function controlOf(context: StudyContext, data: StudyData, control: StudyControl): Promise<StudyContender> {
  const { label, of, ...asked } = control
  const judge = context.loaded.study.judges.find(({ name }) => name === of) as StudyJudge
  const told = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined))
  const settings = { ...judge.settings, ...control.settings }
  return contenderOf(context, data, { ...judge, ...told, settings }, { label, kind: 'variant' })
}

function secondRun(contender: StudyContender): StudyContender {
  return {
    ...contender,
    name: `${contender.name}+again`,
    label: `${contender.label}, again`,
    kind: 'repeat',
    firstRepeat: contender.repeats,
    repeatOf: contender.name,
  }
}

/**
 * What tuning made of a judge: the same judge with other weights, by another name at its service, or on a server of one's own.
 *
 * @throws {ConfigError} for a model of Together that nothing is said to serve
 */
export async function tunedJudge(
  context: StudyContext,
  data: StudyData,
  name: string,
  made: Pick<TunedModel, 'policy' | 'model' | 'baseUrl' | 'keyEnv'>,
): Promise<StudyContender> {
  const { study } = context.loaded
  const tuning = study.tuning.find((held) => held.name === name) as Study['tuning'][number]
  const base = study.judges.find((held) => held.name === tuning.base) as StudyJudge
  const reached = reachedAt(context, tuning, base, made)
  const asked = { ...base, ...reached, name, model: made.model ?? base.model }
  const contender = await contenderOf(context, data, asked, { label: tuning.label, kind: 'tuned', policy: made.policy })
  const endpoint = tuning.hosted?.endpoint
  return endpoint === undefined || made.baseUrl !== undefined
    ? contender
    : { ...contender, endpoint, base, judge: freeByToken(contender.judge) }
}

/** Where a tuned model is reached, if not as its base is. In a rehearsal the emulator is the server of one's own, too. */
function reachedAt(
  { standIn }: Pick<StudyContext, 'standIn'>,
  { name, backend, hosted }: StudyTuning,
  base: StudyJudge,
  { baseUrl, keyEnv }: Pick<TunedModel, 'baseUrl' | 'keyEnv'>,
): Partial<Pick<StudyJudge, 'provider' | 'baseUrl' | 'keyEnv'>> {
  if (backend === 'local') return {}
  const ownKey = keyEnv ?? (base.provider === 'openai-compatible' ? base.keyEnv : undefined)
  if (baseUrl !== undefined) return { provider: 'openai-compatible', baseUrl, keyEnv: ownKey }
  if (backend === 'trl') return standIn === undefined ? {} : { provider: 'openai-compatible' }
  if (hosted?.endpoint !== undefined) return {}
  throw new ConfigError(
    'expected a dedicated endpoint, through which alone Together serves a tuned model, or the address of a server of your own that has its weights (judgelab tune download, then judgelab tune import --base-url), found neither',
    `tuning.${name}.hosted.endpoint`,
  )
}

/** The judge, whose calls cost nothing: what is paid are minutes. So it is under a cost limit without token prices. */
function freeByToken(judge: Judge): Judge {
  return 'send' in judge ? { ...judge, prices: { input: 0, output: 0, source: 'paid by the minute' } } : judge
}

async function contenderOf(
  context: StudyContext,
  data: StudyData,
  asked: StudyJudge,
  { label, kind, policy }: { readonly label: string; readonly kind: JudgeKind; readonly policy?: Policy | undefined },
): Promise<StudyContender> {
  const { name, repeats, consistency } = asked
  const judge = await makeJudge(context, asked, { benchmark: data.benchmark, policy, shots: shotsFor(asked, data) })
  return { name, label, kind, judge, repeats, consistency, firstRepeat: 0 }
}
