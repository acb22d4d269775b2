import { strategiesOf } from '@judgelab/core'
import { benchmarkWords } from '@judgelab/datasets'
import { DROP_REASONS } from '../checks/pair-filter.js'
import type { DataCard } from './data-card.js'
import type { PairFigures } from './pair-tally.js'

/** A data card as Markdown. */
export function cardMarkdown(card: DataCard): string {
  const { benchmark, split, summary } = card
  return `${[
    `# Preference pairs of ${card.study}`,
    `${summary.pairs} pairs (${summary.train} for training, ${summary.validation} for validation) by ${strategiesOf(card.asked).join(', ')}, made of ${summary.examples} training examples of ${benchmarkWords(benchmark)}${benchmark.synthetic && !benchmark.name.includes('synthetic') ? ', which is synthetic' : ''}; split ${split.method}${split.seed === null ? '' : `, seed ${split.seed}`}.`,
    `Made by \`${card.command}\`. Fingerprint \`${card.fingerprint}\`.`,
    '## By subset',
    figuresTable('subset', summary.bySubset),
    '## By strategy',
    figuresTable('strategy', summary.byStrategy as Readonly<Record<string, PairFigures>>),
    '## Lengths in characters',
    lengthsTable(summary),
    '## What was left out',
    leftOut(card),
    ...(card.critiques === null ? [] : ['## Sampled judgments', sampled(card.critiques)]),
    '## Leakage',
    leakage(card),
    '## Doubtful labels',
    doubts(card),
    '## Options',
    `\`\`\`json\n${JSON.stringify(card.asked, null, 2)}\n\`\`\``,
    '## Files',
    table(
      ['file', 'pairs', 'SHA-256'],
      card.files.map(({ file, pairs, sha256 }) => [file, String(pairs), `\`${sha256}\``]),
    ),
    `Benchmark fingerprint \`${benchmark.fingerprint}\`, split fingerprint \`${split.fingerprint}\`.`,
  ].join('\n\n')}\n`
}

function figuresTable(what: string, groups: Readonly<Record<string, PairFigures>>): string {
  const all = Object.values(groups).reduce((sum, { pairs }) => sum + pairs, 0)
  return table(
    [what, 'examples', 'pairs', 'training', 'validation', 'share', 'weight', 'preferred longer'],
    Object.entries(groups).map(([name, held]) => [
      cell(name),
      String(held.examples),
      String(held.pairs),
      String(held.train),
      String(held.validation),
      percent(held.pairs / all),
      percent(held.weightShare),
      percent(held.preferredLonger),
    ]),
  )
}

function lengthsTable({ characters }: PairFigures): string {
  const rows = Object.entries({
    input: characters.input,
    preferred: characters.preferred,
    'non-preferred': characters.nonPreferred,
  })
  return table(
    ['', 'mean', 'median', '95 %', 'longest'],
    rows.map(([name, { mean, median, p95, longest }]) => [
      name,
      mean.toFixed(0),
      ...[median, p95, longest].map(String),
    ]),
  )
}

function leftOut({ built, cleaning, spread, leaks }: DataCard): string {
  const rows = [
    ...DROP_REASONS.map(
      (reason) => [reason, cleaning.dropped[reason].count, cleaning.dropped[reason].bySubset] as const,
    ),
    ['leakage', leaks.dropped, {}] as const,
    ['balanced lengths', sum(spread.lengths), spread.lengths] as const,
    ['cap', sum(spread.cap), spread.cap] as const,
  ].filter(([, count]) => count > 0)
  const { limit, nearDuplicates } = cleaning
  const how = [
    limit === null
      ? 'Tokens were not counted.'
      : `Tokens were counted with ${limit.isExact ? limit.family : `o200k in the place of the target’s own vocabulary, under an error of ${percent(limit.relativeError)}, which was added`}; at most ${limit.maxTokens}.`,
    nearDuplicates === null
      ? 'Near duplicates were not looked for.'
      : `Near duplicates: similarity ${nearDuplicates} or more in input and both outputs.`,
  ].join(' ')
  if (rows.length === 0) return `Nothing of ${built} pairs. ${how}`
  return `${table(
    ['reason', 'pairs', 'by subset'],
    rows.map(([reason, count, bySubset]) => [reason, String(count), countsText(bySubset)]),
  )}\n\nOf ${built} pairs. ${how}`
}

function sampled(critiques: NonNullable<DataCard['critiques']>): string {
  const { presentations, divided, allRight, allWrong, noneReadable, samples, longerRight, shorterRight } = critiques
  return `${presentations} presentations: ${divided} with right and wrong samples, which make pairs; left out ${allRight} with right ones only, ${allWrong} with wrong ones only, ${noneReadable} without a readable one. Samples: ${samples.right} right, ${samples.wrong} wrong, ${samples.tie} ties, ${samples.failed} failed; of equal texts one can stand in a pair. The right judgment is the longer one in ${longerRight} pairs, the shorter one in ${shorterRight}.`
}

function leakage({ leaks, sharedPrompts, summary }: DataCard): string {
  const { example, prompt } = leaks.found
  return `Pairs made of a judged example: ${example}; asking its prompt: ${prompt}; asking nearly its prompt: ${leaks.found['near-prompt']} (policy ${leaks.policy}, ${leaks.dropped} dropped). Pairs made of a sibling of a judged example (\`ref:N\` and \`tied:N\`): ${leaks.siblings}. Validation pairs that share their prompt with training pairs: ${sharedPrompts} of ${summary.validation}.`
}

function doubts({ noise }: DataCard): string {
  const { contradictions, onBothSides, scorer } = noise
  const found = `${contradictions.count} pairs contradict another pair; ${onBothSides} have an output that is preferred in one pair of their input and not preferred in another.`
  if (scorer === null) return `${found} No scorer was asked about the labels.`
  const first = scorer.cases.map(({ id, margin }) => `\`${id}\` (${margin.toFixed(2)})`).join(', ')
  return `${found} The base policy likes the non-preferred output better in ${percent(scorer.against)} of ${scorer.of < noise.pairs ? `${scorer.of} pairs, taken evenly from all` : 'the pairs'} (${Object.entries(
    scorer.bySubset,
  )
    .map(([subset, share]) => `${subset} ${percent(share)}`)
    .join(', ')}), most of all in ${first === '' ? 'none' : first}.`
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), line(head.map((_, at) => (at === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}

function countsText(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([name, n]) => `${cell(name)} ${n}`)
    .join(', ')
}

function sum(counts: Readonly<Record<string, number>>): number {
  return Object.values(counts).reduce((total, n) => total + n, 0)
}
