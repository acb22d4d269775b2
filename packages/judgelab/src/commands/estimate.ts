import type { Table } from '@judgelab/analysis'
import { textTable } from '@judgelab/report'
import { estimateStudy, type StudyEstimate } from '../study/estimate-study.js'
import { type LoadedStudy, loadStudy } from '../study/load-study.js'
import { contextBase, withLooseContext } from '../study/open-context.js'
import { shownWork } from './shown-work.js'

/** Options of `judgelab estimate`. */
export interface EstimateOptions {
  readonly builtIn?: boolean | undefined
  readonly json?: boolean | undefined
}

/** `judgelab estimate <study>`: what it will use, cost and take, before anything is asked. */
export async function estimateCommand(named: string, { builtIn = false, json }: EstimateOptions): Promise<void> {
  const loaded = await loadStudy(named)
  const asked = builtIn ? onBuiltIn(loaded) : loaded
  const base = contextBase(asked, { env: withAnyKeys(asked) })
  const estimate = await shownWork((told) =>
    withLooseContext(base, { ...told, mayLabour: false }, (context) => estimateStudy(context, builtIn)),
  )
  process.stdout.write(json ? `${JSON.stringify(estimate, null, 2)}\n` : estimateText(estimate))
}

function onBuiltIn(loaded: LoadedStudy): LoadedStudy {
  return { ...loaded, study: { ...loaded.study, benchmark: { source: 'builtin' } } }
}

/** Nothing is sent, so that a key that is not set is not missed. */
function withAnyKeys({ study }: LoadedStudy): Record<string, string | undefined> {
  const names = ['OPENAI_API_KEY', 'TOGETHER_API_KEY', ...study.judges.flatMap(({ keyEnv }) => keyEnv ?? [])]
  return { ...process.env, ...Object.fromEntries(names.map((name) => [name, process.env[name] || 'not-set'])) }
}

function estimateText(estimate: StudyEstimate): string {
  const { study, comparisons, isBuiltIn, judgingUsd } = estimate
  const on = isBuiltIn ? ', counted on the built-in benchmark in place of its own' : ''
  const total =
    judgingUsd === null
      ? 'What the judging costs is not known: some prices are not.'
      : `The judging: about ${money(judgingUsd)} USD.`
  const tables = [judgesTable(estimate), ...(estimate.tuning.length === 0 ? [] : [tuningTable(estimate)])]
  return `\n${study}: ${comparisons} comparisons${on}.\n\n${tables.map((table) => textTable(table)).join('\n')}\n${total}\n`
}

function judgesTable({ judges }: StudyEstimate): Table {
  return {
    caption:
      'Tokens of the calls that are not yet in the cache. Output tokens are assumed by decision and reasoning where no earlier run measured them. The most is what a budget sets aside. A tuned judge is reckoned as its base; a dedicated endpoint is paid by the minute.',
    missing: 'not known',
    columns: [
      { key: 'judge', label: 'Judge', kind: 'text' },
      { key: 'calls', label: 'Calls', kind: 'integer' },
      { key: 'held', label: 'In cache', kind: 'integer' },
      { key: 'input', label: 'Input tokens', kind: 'integer' },
      { key: 'counted', label: 'Counted by', kind: 'text' },
      { key: 'output', label: 'Output tokens', kind: 'integer' },
      { key: 'basis', label: 'Output', kind: 'text' },
      { key: 'usd', label: 'Cost', unit: 'USD', kind: 'text', align: 'right' },
      { key: 'batch', label: 'By batch', unit: 'USD', kind: 'text', align: 'right' },
      { key: 'most', label: 'At the most', unit: 'USD', kind: 'text', align: 'right' },
      { key: 'time', label: 'Time', kind: 'text', align: 'right' },
    ],
    rows: judges.map(({ judge, calls, paidFor, inputTokens, outputTokens, cost, time }) => ({
      judge,
      calls,
      held: paidFor,
      input: inputTokens.total,
      counted: inputTokens.isExact ? inputTokens.family : `${inputTokens.family}, ±${errorOf(inputTokens)} %`,
      output: outputTokens.total,
      basis: outputTokens.basis,
      usd: cost === undefined ? null : money(cost.usd),
      batch: cost?.batchUsd === undefined ? null : money(cost.batchUsd),
      most: cost === undefined ? null : money(cost.atMostUsd),
      time: time === undefined ? null : duration(time.seconds),
    })),
  }
}

function errorOf({ total, high }: StudyEstimate['judges'][number]['inputTokens']): number {
  return total === 0 ? 0 : Math.round((100 * (high - total)) / total)
}

function tuningTable({ tuning }: StudyEstimate): Table {
  return {
    caption:
      'Training tokens: both sides of every pair, times the epochs. The service says its price when it holds the files, and is asked before a job begins.',
    columns: [
      { key: 'name', label: 'Tuning', kind: 'text' },
      { key: 'model', label: 'Model', kind: 'text' },
      { key: 'backend', label: 'By', kind: 'text' },
      { key: 'trainPairs', label: 'Pairs', kind: 'integer' },
      { key: 'trainTokens', label: 'Training tokens', kind: 'integer' },
    ],
    rows: tuning.map(({ name, model, backend, trainPairs, trainTokens }) => ({
      name,
      model,
      backend,
      trainPairs,
      trainTokens,
    })),
  }
}

function money(usd: number): string {
  return usd.toFixed(usd < 10 ? 3 : 2)
}

function duration(seconds: number): string {
  if (seconds < 120) return `${Math.ceil(seconds)} s`
  return seconds < 7200 ? `${Math.ceil(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`
}
