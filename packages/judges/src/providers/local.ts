import { ConfigError, type JudgeSpec, judgeId, type Mode } from '@judgelab/core'
import { type FeatureReader, type Policy, policyDigest } from '@judgelab/policy'
import type { OwnJudge } from '../judge.js'
import { linearAnswer } from './linear.js'
import { NULL_JUDGES, type NullJudge, nullChoice } from './null-judges.js'

/** What a study says of a local judge. */
export interface LocalJudgeOptions {
  readonly name: string
  /** `longer`, `shorter`, `first`, `random`, or `linear`. */
  readonly model: string
  readonly mode: Mode
  /** `seed` for random, `tieMargin` (nats) for linear. */
  readonly settings: Readonly<Record<string, string | number | boolean>>
  /** The weights of a linear judge: the prior, or what tuning made of it. */
  readonly policy?: Policy | undefined
  /** How a linear judge reads texts; defaults to reading each anew. Judges that see the same texts may share a reader. */
  readonly reader?: FeatureReader | undefined
  /** Digest of the code of these judges, as part of the judge's id: what other code answered is not taken for its answers. */
  readonly code?: string | undefined
}

/** A judge that runs in this process. @throws {ConfigError} for a model, mode or setting that it does not have */
export function createLocalJudge(options: LocalJudgeOptions): OwnJudge {
  const { name, model, mode } = options
  if (mode !== 'pairwise' && mode !== 'best-of-n')
    throw new ConfigError(`expected mode pairwise or best-of-n of a local judge, found ${mode}`, `judges.${name}.mode`)
  return model === 'linear' ? linearJudge(options) : nullJudge(options)
}

function nullJudge({ name, model, mode, settings, code }: LocalJudgeOptions): OwnJudge {
  const judge = NULL_JUDGES.find((known) => known === model)
  if (judge === undefined)
    throw new ConfigError(
      `expected one of ${[...NULL_JUDGES, 'linear'].join(', ')}, found "${model}"`,
      `judges.${name}.model`,
    )
  const seed = judge === 'random' ? numberSetting(name, settings, 'seed', 0) : 0
  allowOnly(name, settings, judge === 'random' ? ['seed'] : [])
  const spec: JudgeSpec = {
    provider: 'local',
    model: judge,
    mode,
    settings: judge === 'random' ? { seed } : {},
    ...(code === undefined ? {} : { code }),
  }
  return localJudge(name, spec, (call) => ({
    outcome: { kind: 'choice', slot: nullChoice(judge as NullJudge, call, seed) },
  }))
}

function linearJudge({ name, mode, settings, policy, reader, code }: LocalJudgeOptions): OwnJudge {
  if (policy === undefined)
    throw new ConfigError('expected the weights of the linear judge, found none', `judges.${name}`)
  allowOnly(name, settings, ['tieMargin'])
  const tieMargin = numberSetting(name, settings, 'tieMargin', 0)
  const spec: JudgeSpec = {
    provider: 'local',
    model: 'linear',
    mode,
    settings: { tieMargin },
    weights: policyDigest(policy),
    ...(code === undefined ? {} : { code }),
  }
  return localJudge(name, spec, ({ shown }) => linearAnswer(policy, shown, tieMargin, reader))
}

function localJudge(name: string, spec: JudgeSpec, answer: OwnJudge['answer']): OwnJudge {
  return { name, id: judgeId(spec), spec, concurrency: 1, answer }
}

function numberSetting(judge: string, settings: LocalJudgeOptions['settings'], key: string, fallback: number): number {
  const value = settings[key] ?? fallback
  if (typeof value === 'number' && value >= 0 && Number.isFinite(value)) return value
  throw new ConfigError(
    `expected a number of at least 0, found ${typeof value === 'number' ? value : JSON.stringify(value)}`,
    `judges.${judge}.settings.${key}`,
  )
}

function allowOnly(judge: string, settings: LocalJudgeOptions['settings'], known: readonly string[]): void {
  const unknown = Object.keys(settings).find((key) => !known.includes(key))
  if (unknown !== undefined)
    throw new ConfigError(
      known.length === 0 ? 'expected no settings for this model' : `expected only ${known.join(', ')} for this model`,
      `judges.${judge}.settings.${unknown}`,
    )
}
