import { resolve } from 'node:path'
import { type accuracyOf, judgeResult, type RunSummary, runSummary, type Sureness } from '@judgelab/analysis'
import { createNumpyRandom, type FailureReason, loadRunManifest, type RunFolder } from '@judgelab/core'
import { leftOutCount } from '@judgelab/datasets'
import { untunedJudges } from '../study/judges/contenders.js'
import { judgeAll, type StudyRun } from '../study/judges/judge-step.js'
import { checkJudges } from '../study/judges/make-judge.js'
import type { LoadedStudy } from '../study/load-study.js'
import { contextBase, withLooseContext } from '../study/open-context.js'
import { loadCommandData, type StudyData } from '../study/prepare.js'
import { judgedOf } from '../study/results-step.js'
import { type JudgeOptions, requestedStudy } from './judge-request.js'
import { shownWork } from './shown-work.js'

/** What `judgelab judge --json` prints. Rates in [0, 1], times in milliseconds, money in USD. */
export interface JudgeOutcome {
  readonly runId: string
  readonly run: string
  readonly benchmark: {
    readonly name: string
    readonly fingerprint: string
    readonly synthetic: boolean
    /** Rows of its files that are not judged: ties, and under `--problems report` what cannot be used. */
    readonly leftOut: number
  }
  readonly judge: { readonly provider: string; readonly model: string; readonly mode: string; readonly id: string }
  readonly rule: string
  readonly n: number
  readonly verdicts: Readonly<Record<string, number>>
  readonly failures: Partial<Readonly<Record<FailureReason, number>>>
  readonly accuracy: Readonly<Record<string, AccuracyFigures>>
  readonly subsets: readonly {
    readonly subset: string
    readonly n: number
    readonly verdicts: Readonly<Record<string, number>>
    readonly accuracy: Readonly<Record<string, AccuracyFigures>>
  }[]
  readonly usage: RunSummary['usage']
  readonly costUsd: number | null
  readonly paidUsd: number | null
  readonly latencyMs: RunSummary['latencyMs']
  readonly firstByteMs: RunSummary['firstByteMs']
  readonly tokensPerSecond: RunSummary['tokensPerSecond']
}

type AccuracyFigures = Pick<
  ReturnType<typeof accuracyOf>,
  'n' | 'value' | 'low' | 'high' | 'level' | 'method' | 'status'
>

/** `judgelab judge <benchmark or path> --judge <provider>:<model>`: one judge over one benchmark, without a study file. */
export async function judgeCommand(benchmark: string, options: JudgeOptions): Promise<void> {
  const loaded = requestedStudy(benchmark, options)
  const outcome = await shownWork(async (told) => {
    const base = contextBase(loaded, {})
    await checkJudges(base)
    const runFolder = options.run === undefined ? undefined : folderAt(resolve(options.run))
    const asked = { ...told, mayLabour: true, retryFailed: options.retryFailed ?? false, runFolder }
    return withLooseContext(base, asked, async (context) => {
      const data = await loadCommandData(context)
      const [contender] = await untunedJudges(context, data)
      if (contender === undefined) throw new RangeError('judgeCommand needs one judge, got none')
      const run = await judgeAll(context, contender, data)
      return outcomeOf(loaded, data, run, await judgedOf(context, contender, run, data))
    })
  })
  process.stdout.write(options.json ? `${JSON.stringify(outcome, null, 2)}\n` : outcomeText(outcome))
}

function folderAt(folder: string): RunFolder {
  return { folder, manifest: `${folder}/manifest.json`, log: `${folder}/judgments.jsonl` }
}

async function outcomeOf(
  { study }: LoadedStudy,
  { benchmark, comparisons }: StudyData,
  { runId, folder }: StudyRun,
  judged: Parameters<typeof judgeResult>[0],
): Promise<JudgeOutcome> {
  const { level, resamples, seed } = study.statistics
  const sureness: Sureness = { level, resamples, newRandom: () => createNumpyRandom(seed).randomSample }
  const subsets = [...new Set(comparisons.map(({ subset }) => subset))]
  const result = judgeResult(judged, comparisons, subsets, study.evaluation, sureness)
  const manifest = await loadRunManifest(folder)
  const { judge } = manifest
  const { usage, costUsd, paidUsd, latencyMs, firstByteMs, tokensPerSecond } = runSummary(judged.judgments, manifest)
  return {
    runId,
    run: folder.folder,
    benchmark: {
      name: benchmark.name,
      fingerprint: benchmark.fingerprint,
      synthetic: benchmark.synthetic,
      leftOut: benchmark.report === undefined ? 0 : leftOutCount(benchmark.report),
    },
    judge: { provider: judge.provider, model: judge.model, mode: judge.mode, id: judge.id },
    rule: study.evaluation.rule,
    n: result.comparisons,
    verdicts: result.counts,
    failures: result.failures,
    accuracy: figuresOf(result.accuracy),
    subsets: result.subsets.map(({ subset, comparisons: n, counts, accuracy }) => ({
      subset,
      n,
      verdicts: counts,
      accuracy: figuresOf(accuracy),
    })),
    usage,
    costUsd,
    paidUsd,
    latencyMs,
    firstByteMs,
    tokensPerSecond,
  }
}

function figuresOf(byTies: Readonly<Record<string, AccuracyFigures>>): Record<string, AccuracyFigures> {
  return Object.fromEntries(
    Object.entries(byTies).map(([ties, { n, value, low, high, level, method, status }]) => [
      ties,
      { n, value, low, high, level, method, status },
    ]),
  )
}

function outcomeText(outcome: JudgeOutcome): string {
  const { verdicts, n, rule, benchmark, judge, failures, costUsd, latencyMs, usage } = outcome
  const failed = Object.entries(failures).map(([reason, count]) => `${count} ${reason}`)
  const lines: readonly (readonly [string, string])[] = [
    ['run', outcome.runId],
    ['judge', `${judge.provider}:${judge.model}, ${judge.mode}`],
    ['benchmark', `${benchmark.name}${benchmark.synthetic ? ' (synthetic)' : ''}, ${n} comparisons, rule ${rule}`],
    ...(benchmark.leftOut === 0 ? [] : [['rows left out', `${benchmark.leftOut}`] as const]),
    [
      'verdicts',
      Object.entries(verdicts)
        .map(([verdict, count]) => `${verdict} ${count}`)
        .join(', '),
    ],
    ...Object.entries(outcome.accuracy).map(
      ([ties, figures]) => [`ties ${ties}`, `${percentText(figures)}, n ${figures.n}`] as const,
    ),
    ...outcome.subsets.map(
      ({ subset, accuracy, n: of }) => [`  ${subset}`, `${percentText(accuracy.wrong)}, n ${of}`] as const,
    ),
    ['failed judgments', failed.length === 0 ? 'none' : failed.join(', ')],
    ['tokens', usage === null ? 'not counted' : `${usage.inputTokens} in, ${usage.outputTokens} out`],
    ['cost', costUsd === null ? 'unknown' : `${costUsd.toFixed(4)} USD`],
    [
      'latency',
      latencyMs === null ? 'none' : `median ${latencyMs.median.toFixed(0)} ms, p95 ${latencyMs.p95.toFixed(0)} ms`,
    ],
  ]
  return `\n${lines.map(([name, text]) => `${name.padEnd(18)}${text}`).join('\n')}\n`
}

function percentText(figures: AccuracyFigures | undefined): string {
  if (figures === undefined || figures.value === null) return '–'
  const percent = (value: number): string => (100 * value).toFixed(1)
  const interval =
    figures.low === null || figures.high === null ? '' : ` [${percent(figures.low)}, ${percent(figures.high)}]`
  return `${percent(figures.value)} %${interval}`
}
