import type { Table } from '@judgelab/analysis'
import type { StudyEstimate } from '../study/estimate-study.js'
import type { TuningOutlook } from '../study/estimate-tuning.js'
import { money } from './estimate-words.js'

type Tunings = Pick<StudyEstimate, 'tuning' | 'isWithoutCritiques'>

/** What each tuning uses and costs, and all jobs of the matrix together. */
export function tuningTable({ tuning, isWithoutCritiques }: Tunings): Table {
  const critiques = isWithoutCritiques
    ? ' Pairs of critiques are not among them: they are made of what is sampled.'
    : ''
  return {
    caption: `Training tokens: both sides of every pair, times the epochs; validation tokens: of the pairs held out, times the evaluations. Both are paid.${critiques}${priceWords(tuning)} The service says its own price when it holds the files, and you are asked before a job begins. How long a service takes to train is not known.${endpointWords(tuning)}${matrixWords(tuning)}`,
    missing: 'not known, or no tokens are read',
    columns: [
      { key: 'name', label: 'Tuning', kind: 'text' },
      { key: 'model', label: 'Model', kind: 'text' },
      { key: 'backend', label: 'By', kind: 'text' },
      { key: 'jobs', label: 'Jobs', kind: 'integer' },
      { key: 'trainPairs', label: 'Pairs', kind: 'integer' },
      { key: 'trainTokens', label: 'Training tokens', kind: 'integer' },
      { key: 'validationTokens', label: 'Validation tokens', kind: 'integer' },
      { key: 'usd', label: 'Cost', unit: 'USD', kind: 'text', align: 'right' },
    ],
    rows: tuning.map(({ name, model, backend, jobs, trainPairs, trainTokens, validationTokens, usd }) => ({
      name,
      model,
      backend,
      jobs,
      trainPairs,
      trainTokens,
      validationTokens,
      usd: usd === null ? null : money(usd),
    })),
  }
}

/** One sentence: what all tuning costs, as far as it is known, and what is not. Empty without tunings. */
export function tuningSentence({ tuning, isWithoutCritiques }: Tunings): string {
  if (tuning.length === 0) return ''
  const unpriced = tuning.filter(({ usd }) => usd === null).map(({ name }) => name)
  const known = tuning.reduce((sum, { usd }) => sum + (usd ?? 0), 0)
  if (tuning.every(({ usd }) => usd === 0)) return 'The tuning is done on this machine and costs nothing.'
  const more = isWithoutCritiques ? ', without pairs of critiques' : ''
  if (unpriced.length === 0) return `The tuning: about ${money(known)} USD${more}.`
  if (unpriced.length === tuning.length) return `The tuning: no price is known of ${unpriced.join(', ')}.`
  return `The tuning: about ${money(known)} USD${more}, and what is not known: the price of ${unpriced.join(', ')}.`
}

/** Where the prices are from, each once. */
function priceWords(tuning: readonly TuningOutlook[]): string {
  const said = tuning.flatMap(({ model, price }) => {
    if (price === null) return []
    const { perMillionTokens, minimum } = price
    const least =
      minimum === null ? '' : `, ${money(minimum.value)} USD a job at least (${minimum.source}, ${minimum.date})`
    return [
      ` ${model}: ${money(perMillionTokens.value)} USD a million tokens (${perMillionTokens.source}, ${perMillionTokens.date})${least}.`,
    ]
  })
  return [...new Set(said)].join('')
}

/** The judges' table has one row for a tuning; a matrix asks each of its models as much. */
function matrixWords(tuning: readonly TuningOutlook[]): string {
  return tuning
    .map(({ name, jobs, isMatrix }) =>
      isMatrix
        ? ` Each of the ${jobs} models of the ${name} is asked as much as its tuning is, which is not counted above.`
        : '',
    )
    .join('')
}

/** What is known of dedicated endpoints before one is started. */
function endpointWords(tuning: readonly TuningOutlook[]): string {
  return tuning
    .map(({ name, endpoint, isMatrix }) =>
      endpoint === null || isMatrix
        ? ''
        : ` ${name} is judged at a dedicated endpoint (${endpoint.replicas} × ${endpoint.hardware}), paid by the minute while it is up, whatever it is asked; the service is asked its price when it starts, and stops it after ${endpoint.inactiveMinutes} minutes without a call.`,
    )
    .join('')
}
