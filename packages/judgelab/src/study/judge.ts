import { resolve } from 'node:path'
import type { JudgeKind } from '@judgelab/analysis'
import {
  ConfigError,
  type Consistency,
  digestText,
  type Example,
  type RunFolder,
  type RunManifest,
  runFolder,
  type Study,
  type StudyJudge,
} from '@judgelab/core'
import { type Benchmark, loadRecordedAnswers, splitFingerprint } from '@judgelab/datasets'
import {
  createLocalJudge,
  createReplayJudge,
  type OwnJudge,
  presentationsDigest,
  presentComparisons,
  runIdOf,
  runJudge,
  show,
} from '@judgelab/judges'
import { type Policy, priorPolicy } from '@judgelab/policy'
import { codeVersion } from './code-version.js'
import { doStep, type StudyContext } from './context.js'
import type { StudyData } from './prepare.js'

/** A judge of the study, ready to be asked, with its place in the tables. */
export interface StudyContender {
  readonly judge: OwnJudge
  readonly label: string
  readonly kind: JudgeKind
  readonly repeats: number
  readonly consistency: Consistency
}

/**
 * Refuses a judge that can't be asked, before anything is prepared for it.
 *
 * @throws {ConfigError} naming `judges.<name>.<field>`
 */
export function checkJudges({ judges }: Study): void {
  for (const asked of judges) checkJudge(asked)
}

function checkJudge({ name, provider, model, mode, settings }: StudyJudge): void {
  const field = (part: string): string => `judges.${name}.${part}`
  if (provider !== 'local' && provider !== 'replay')
    throw new ConfigError(
      `expected provider local or replay, which this version runs, found ${provider}`,
      field('provider'),
    )
  if (provider === 'local') {
    createLocalJudge({ name, model, mode, settings, policy: priorPolicy() })
    return
  }
  if (mode !== 'pairwise')
    throw new ConfigError(`expected mode pairwise of recorded verdicts, found ${mode}`, field('mode'))
  const [setting] = Object.keys(settings)
  if (setting !== undefined)
    throw new ConfigError('expected no settings of recorded verdicts, found one', field(`settings.${setting}`))
}

/** The judges that a study names, untuned. */
export async function untunedJudges(context: StudyContext, benchmark: Benchmark): Promise<StudyContender[]> {
  const { study } = context.loaded
  const bases = new Set(study.tuning.map(({ base }) => base))
  const kindOf = ({ name, control }: StudyJudge): JudgeKind =>
    control ? 'control' : bases.has(name) ? 'baseline' : 'judge'
  return Promise.all(
    study.judges.map(async (asked) => ({
      judge: await createJudge(context, asked, { policy: priorPolicy(), benchmark }),
      label: asked.label,
      kind: kindOf(asked),
      repeats: asked.repeats,
      consistency: asked.consistency,
    })),
  )
}

/** What tuning made of a judge: the same judge with other weights. */
export async function tunedJudge(
  context: StudyContext,
  name: string,
  made: { readonly policy: Policy; readonly benchmark: Benchmark },
): Promise<StudyContender> {
  const { study } = context.loaded
  const tuning = study.tuning.find((held) => held.name === name) as Study['tuning'][number]
  const base = study.judges.find((held) => held.name === tuning.base) as StudyJudge
  return {
    judge: await createJudge(context, { ...base, name }, made),
    label: tuning.label,
    kind: 'tuned',
    repeats: base.repeats,
    consistency: base.consistency,
  }
}

/** What the answers of a local judge depend on, beside its settings and weights. */
export const LOCAL_CODE: readonly string[] = ['core', 'judges', 'policy']

async function createJudge(
  { loaded }: StudyContext,
  asked: StudyJudge,
  { policy, benchmark }: { readonly policy: Policy; readonly benchmark: Benchmark },
): Promise<OwnJudge> {
  switch (asked.provider) {
    case 'local':
      return createLocalJudge({ ...asked, policy, code: await codeVersion(LOCAL_CODE) })
    case 'replay': {
      const path = resolve(loaded.project.root, asked.path as string)
      const recorded = await loadRecordedAnswers({ format: asked.format, path, model: asked.model, benchmark })
      return createReplayJudge(asked, recorded)
    }
    default:
      throw new RangeError(`createJudge needs a judge that checkJudges let pass, got provider ${asked.provider}`)
  }
}

/** A run of a contender over the study's comparisons. */
export interface StudyRun {
  readonly runId: string
  readonly folder: RunFolder
}

/** Asks a contender for every comparison that it has not judged yet. */
export async function judge(
  context: StudyContext,
  { judge: asked, repeats }: StudyContender,
  data: StudyData,
): Promise<StudyRun> {
  const { study, project } = context.loaded
  const examples = new Map(data.benchmark.examples.map((example) => [example.id, example]))
  const { orders, orderSeed } = study.evaluation
  const presentations = presentComparisons(
    data.comparisons,
    { mode: asked.spec.mode, orders, orderSeed, repeats },
    ({ exampleId }) => examples.get(exampleId) as Example,
  )
  const runId = runIdOf(asked, data.benchmark.fingerprint, presentations)
  const folder = runFolder(project.runs, runId)
  await doStep(context, {
    name: `judge:${asked.name}`,
    title: `Judging with ${asked.name}`,
    inputs: { runId },
    outputs: [folder.manifest, folder.log],
    isLabour: true,
    run: async () => {
      const report = await runJudge({
        judge: asked,
        presentations,
        show: (presentation) => show(presentation, examples.get(presentation.exampleId) as Example),
        run: folder,
        manifest: manifestOf(context, asked, data, {
          runId,
          count: presentations.length,
          sha256: presentationsDigest(presentations),
        }),
        signal: context.signal,
        onProgress: ({ done, total }) => context.progress.advance(done, total, 'judgments'),
      })
      if (!report.isComplete) context.signal.throwIfAborted()
      if (report.stopped !== undefined && report.stopped.by !== 'signal') throw new Error(report.stopped.message)
      const kept = report.done - report.asked
      return `${report.done} judgments${kept > 0 ? `, ${kept} of them from before` : ''} in ${runId}`
    },
  })
  return { runId, folder }
}

function manifestOf(
  context: StudyContext,
  asked: OwnJudge,
  data: StudyData,
  run: { readonly runId: string; readonly count: number; readonly sha256: string },
): Omit<RunManifest, 'completedAt'> {
  const { seed } = asked.spec.settings
  return {
    ...runSetting(context, data),
    runId: run.runId,
    judge: { ...asked.spec, id: asked.id, name: asked.name },
    promptSha256: asked.spec.prompt === undefined ? null : digestText(asked.spec.prompt),
    presentations: { count: run.count, sha256: run.sha256 },
    seed: typeof seed === 'number' ? seed : null,
  }
}

/** What every run of a study says of where it comes from. */
export function runSetting(
  { loaded: { study }, software, git }: StudyContext,
  { benchmark, split }: StudyData,
): Omit<RunManifest, 'completedAt' | 'resumed' | 'runId' | 'judge' | 'presentations' | 'promptSha256' | 'seed'> {
  return {
    formatVersion: 1,
    study: study.name,
    dataset: {
      name: benchmark.name,
      fingerprint: benchmark.fingerprint,
      synthetic: benchmark.synthetic,
      examples: benchmark.examples.length,
    },
    split:
      split.method === 'none'
        ? null
        : { method: split.method, side: study.evaluation.side, seed: split.seed, fingerprint: splitFingerprint(split) },
    rehearsed: false,
    software,
    git,
    startedAt: new Date().toISOString(),
  }
}
