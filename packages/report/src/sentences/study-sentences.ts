import { type ContrastResult, labelOf, type StudyResults } from '@judgelab/analysis'
import { formatInteger, formatPercent, formatPoints } from '../format/numbers.js'
import { counted } from './counted.js'
import { countedComparisons, syntheticWord } from './counted-synthetic.js'
import { pWords } from './p-words.js'
import { listed } from './subset-sentence.js'

/** What the benchmark is, how large, and how it is split. */
export function benchmarkSentence({ benchmark, split, evaluation }: StudyResults): string {
  const subsets = `${formatInteger(benchmark.examples)} examples in ${benchmark.subsets.length} subsets, fingerprint \`${benchmark.fingerprint.slice(0, 16)}\`.`
  if (split.method === 'none')
    return `${benchmark.about} ${subsets} All ${formatInteger(evaluation.n)} comparisons are judged.`
  return `${benchmark.about} ${subsets} The split \`${split.method}\`${split.seed === null ? '' : ` (seed ${split.seed})`} has ${formatInteger(split.train)} training and ${formatInteger(split.test)} test examples.`
}

/** How many judgments there are, and how many of them failed. */
export function countsSentence(results: StudyResults): string {
  const { judges, evaluation } = results
  const judgments = judges.reduce((sum, judge) => sum + judge.judgments, 0)
  const failed = judges.flatMap((judge) => {
    const count = Object.values(judge.failures).reduce((sum, held) => sum + held, 0)
    return count > 0 ? [`${count} of ${judge.label}`] : []
  })
  const failures = failed.length === 0 ? 'none failed' : `failed: ${listed(failed)}`
  return `${counted(judgments, 'judgment')} of ${counted(judges.length, 'judge')} on ${countedComparisons(results, evaluation.n)}; ${failures}.`
}

/** Where the pairs came from and how they are divided. */
export function pairsSentence(results: StudyResults): string {
  const { pairs } = results
  if (pairs === null) return 'This study builds no preference pairs.'
  const shared =
    pairs.sharedPrompts === 0
      ? 'No validation pair shares a prompt with a training pair'
      : `${formatInteger(pairs.sharedPrompts)} of the ${formatInteger(pairs.validation)} validation pairs share a prompt with training pairs`
  return `${formatInteger(pairs.total)} ${syntheticWord(results)}pairs by strategy \`${pairs.strategy}\`, split \`${pairs.split}\`: ${formatInteger(pairs.train)} for training, ${formatInteger(pairs.validation)} for validation. ${shared}.`
}

/** How one training went, on its validation pairs. */
export function trainingSentence(results: StudyResults, name: string): string {
  const tuning = results.tuning.find((held) => held.name === name)
  if (tuning === undefined) throw new RangeError(`trainingSentence needs a tuning of this study, got "${name}"`)
  const { beta, epochs, batchSize, learningRate } = tuning.parameters
  const recipe = `beta ${beta}, ${counted(epochs, 'epoch')}, batches of ${batchSize}, learning rate ${learningRate}`
  const last = tuning.validation.at(-1)
  const outcome =
    last === undefined
      ? ''
      : `: the loss on the ${syntheticWord(results)}validation pairs goes from ${Math.LN2.toFixed(3)} (ln 2, before training) to ${last.loss.toFixed(3)} nats${last.rewardAccuracy === null ? '' : `, and ${formatPercent(last.rewardAccuracy)} % of them are moved the right way`}`
  return `${labelOf(results, name)}: ${counted(tuning.steps.length, 'step')} (${recipe})${outcome}.`
}

/** Whether the sign and the significance of a contrast hold under every tie policy. */
export function policySentence(results: StudyResults, { byTiePolicy }: ContrastResult): string {
  const alpha = 1 - results.statistics.level
  const measured = byTiePolicy.flatMap(({ ties, n, difference, p }) =>
    difference.value === null || p === null ? [] : [{ ties, n, difference: difference.value, p }],
  )
  const shown = measured.map(
    ({ ties, n, difference, p }) => `${formatPoints(difference, n)} points with ties ${ties} (${pWords(p)})`,
  )
  const unpaired = byTiePolicy.filter(({ p }) => p === null).map(({ ties }) => `ties ${ties}`)
  if (measured.length === 0)
    return 'No comparison counts for both judges under any tie policy: there is nothing to compare.'
  const missing = unpaired.length === 0 ? '' : `; no comparison counts for both with ${listed(unpaired)}`
  if (measured.length === 1) return `Only one tie policy leaves something to compare: ${listed(shown)}${missing}.`
  const signs = new Set(measured.map(({ difference }) => Math.sign(difference)))
  const decisions = new Set(measured.map(({ p }) => p <= alpha))
  const agrees =
    signs.size === 1 && decisions.size === 1
      ? 'answer does not depend on the tie policy'
      : 'answer depends on the tie policy'
  const where = results.benchmark.synthetic ? 'On this synthetic benchmark the' : 'The'
  return `${where} ${agrees}: ${listed(shown)}${missing}.`
}
