import type { Table } from '@judgelab/analysis'
import { textTable } from '@judgelab/report'
import { estimateStudy, type StudyEstimate } from '../study/estimate-study.js'
import { type LoadedStudy, loadStudy } from '../study/load-study.js'
import { contextBase, withLooseContext } from '../study/open-context.js'
import { choiceSentence, choicesOf, engineTable } from './engine-table.js'
import { money } from './estimate-words.js'
import { shownWork } from './shown-work.js'
import { tuningSentence, tuningTable } from './tuning-table.js'

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
    withLooseContext(base, { ...told, mayLabour: false }, (context) => estimateStudy(context, builtIn, new Date())),
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
  const { study, comparisons, isBuiltIn, from } = estimate
  const on = isBuiltIn ? ', counted on the built-in benchmark in place of its own' : ''
  const choices = choicesOf(estimate)
  const tables = [
    ...(estimate.judges.length === 0 ? [] : [judgesTable(estimate)]),
    ...(choices.length === 0 ? [] : [engineTable(choices, from)]),
    ...(estimate.tuning.every(({ backend }) => backend === 'local') ? [] : [tuningTable(estimate)]),
  ]
  const sentences = [...choices.map(choiceSentence), totalSentence(estimate), tuningSentence(estimate)]
  const parts = [
    `${study}: ${comparisons} comparisons${on}.`,
    ...tables.map((table) => textTable(table).trimEnd()),
    sentences.filter((sentence) => sentence !== '').join('\n'),
  ]
  return `\n${parts.join('\n\n')}\n`
}

function judgesTable({ judges }: StudyEstimate): Table {
  return {
    caption:
      'Tokens of the calls that are not paid for: whose answers are not in the cache, nor those of an equal call of a row above. Output tokens are assumed by decision and reasoning where no earlier run measured them. The cost is by the engine of the study; the most is what a budget sets aside. +again is a second run, +samples the sampling of critiques. A tuned judge is reckoned as its base, with nothing of it paid for; one at a dedicated endpoint is paid by the minute.',
    missing: 'not known',
    columns: [
      { key: 'judge', label: 'Judge', kind: 'text' },
      { key: 'calls', label: 'Calls', kind: 'integer' },
      { key: 'held', label: 'Paid for', kind: 'integer' },
      { key: 'input', label: 'Input tokens', kind: 'integer' },
      { key: 'counted', label: 'Counted by', kind: 'text' },
      { key: 'output', label: 'Output tokens', kind: 'integer' },
      { key: 'basis', label: 'Output', kind: 'text' },
      { key: 'usd', label: 'Cost', unit: 'USD', kind: 'text', align: 'right' },
      { key: 'most', label: 'At the most', unit: 'USD', kind: 'text', align: 'right' },
    ],
    rows: judges.map(({ judge, calls, paidFor, inputTokens, outputTokens, cost }) => ({
      judge,
      calls,
      held: paidFor,
      input: inputTokens.total,
      counted: countedBy(inputTokens),
      output: outputTokens.total,
      basis: outputTokens.basis,
      usd: cost === undefined ? null : money(cost.usd),
      most: cost === undefined ? null : money(cost.atMostUsd),
    })),
  }
}

/** Whose vocabulary counted, and how far that may be from the truth. */
function countedBy({ family, isExact, total, high }: StudyEstimate['judges'][number]['inputTokens']): string {
  if (isExact) return family
  const error = total === 0 ? 0 : Math.round((100 * (high - total)) / total)
  return error === 0 ? `${family}, without the service’s own words` : `${family}, ±${error} %`
}

function totalSentence({ judges, judgingUsd }: StudyEstimate): string {
  if (judges.length === 0) return 'No judge of this study is behind a service: the judging costs nothing.'
  if (judgingUsd !== null) return `The judging: about ${money(judgingUsd)} USD.`
  const priced = judges.flatMap(({ cost }) => cost?.usd ?? [])
  const unpriced = judges.flatMap(({ judge, cost }) => (cost === undefined ? [judge] : []))
  const known = priced.reduce((sum, usd) => sum + usd, 0)
  return `The judging: about ${money(known)} USD, and what is not known: the cost of ${unpriced.join(', ')}.`
}
