import {
  type ContrastResult,
  isTuningContrast,
  labelOf,
  type MeasuredJudge,
  measuredJudges,
  type Preference,
  referenceJudge,
  type StudyResults,
} from '@judgelab/analysis'
import { formatInteger, formatNumber, formatPercent, formatPoints, formatPointsInterval } from '../format/numbers.js'
import { counted } from './counted.js'
import { countedComparisons } from './counted-synthetic.js'
import { pWords } from './p-words.js'
import { listed } from './subset-sentence.js'
import { positionSentence } from './table-sentences.js'

/** Whether any two judges change places when the rule or the tie policy changes. */
export function sensitivitySentence(results: StudyResults): string {
  const { rankings, swaps } = results.sensitivity
  const policies = counted(rankings.length, 'combination')
  const judges = rankings[0]?.judges.length ?? 0
  if (judges < 2) return 'There is only one judge to rank.'
  if (swaps.length === 0) return `No two judges change places under the ${policies} of rule and tie policy.`
  const pairs = swaps.map(
    ({ a, b, under }) =>
      `${labelOf(results, a)} and ${labelOf(results, b)} (under ${under.length} of ${rankings.length})`,
  )
  return `The ranking depends on the policies: ${listed(pairs)} change places.`
}

/** What judging costs, or why there is nothing to say of it. */
export function costSentence(results: StudyResults): string {
  const measured = measuredJudges(results).flatMap(({ label, cost }) =>
    cost.usdPerThousand === null || cost.usdPerThousand === 0 ? [] : [{ label, usd: cost.usdPerThousand }],
  )
  if (measured.length === 0) return withoutCost(results)
  const sorted = measured.toSorted((a, b) => a.usd - b.usd)
  const [cheapest, dearest] = [sorted[0], sorted.at(-1)] as [(typeof sorted)[0], (typeof sorted)[0]]
  const notes = `${rentWords(results)}${results.study.rehearsed ? ' Rehearsed: the tokens are an emulator’s.' : ''}`
  const one = `${cheapest.label} costs ${formatNumber(cheapest.usd, 3)} USD for a thousand judgments`
  if (cheapest === dearest) return `${one}.${notes}`
  return `${one} and ${dearest.label} ${formatNumber(dearest.usd, 3)} USD, ${formatNumber(dearest.usd / cheapest.usd, 1)} times as much.${notes}`
}

/** Which of the costs are those of minutes, not of tokens. */
function rentWords(results: StudyResults): string {
  const rented = measuredJudges(results).filter(({ cost }) => cost.status === 'paid by the minute')
  if (rented.length === 0) return ''
  const labels = listed(rented.map(({ label }) => label))
  return ` The cost of ${labels} is that of a dedicated endpoint, which was paid by the minute.`
}

/** In the words of the judges that have no measured cost. */
function withoutCost(results: StudyResults): string {
  const judges = measuredJudges(results)
  const are = (status: MeasuredJudge['cost']['status']): boolean => judges.every(({ cost }) => cost.status === status)
  if (judges.length === 0) return 'There is no judge whose cost would matter.'
  if (are('nothing paid')) return 'All judges of this study run in this process: none of them costs anything.'
  if (are('not recorded'))
    return 'All judges of this study are replayed: their records hold no tokens, prices or times.'
  return 'No judge of this study has a measured cost.'
}

/** Who answers fastest and who slowest, where times were kept. */
export function speedSentence(results: StudyResults): string {
  const timed = measuredJudges(results).flatMap(({ label, cost: { summary } }) =>
    summary.latencyMs === null ? [] : [{ label, ms: summary.latencyMs.median }],
  )
  const sorted = timed.toSorted((a, b) => a.ms - b.ms)
  const [fastest, slowest] = [sorted[0], sorted.at(-1)]
  if (fastest === undefined || slowest === undefined) return costSentence(results)
  const notes = results.study.rehearsed ? ' Rehearsed: the times are an emulator’s.' : ''
  const time = ({ label, ms }: typeof fastest): string =>
    `${label} (median ${formatNumber(ms, ms < 10 ? 1 : 0)} ms a call)`
  if (fastest === slowest) return `The only judge with times is ${time(fastest)}.${notes}`
  return `Fastest is ${time(fastest)}, slowest ${time(slowest)}.${notes}`
}

/** Why there are no list prices, where there are none. */
export function listPriceSentence(results: StudyResults): string {
  const judges = measuredJudges(results)
  const listedJudges = judges.filter(({ cost }) => cost.list !== null)
  if (listedJudges.length === 0)
    return 'No judge of this study has a list price: local judges have none, and of replayed ones none is in data/models.json.'
  const reference = referenceJudge(results)
  const of = reference?.cost.list
  if (!of) return `${counted(listedJudges.length, 'judge')} of ${judges.length} have a list price.`
  const ratios = listedJudges
    .filter(({ name }) => name !== reference.name)
    .map(
      ({ label, cost }) => `${formatNumber(of.blended / (cost.list?.blended as number), 1)} times as much as ${label}`,
    )
  return `At list prices ${reference.label} costs ${listed(ratios)}.`
}

/** What judges lean to and how far their probabilities can be believed, in a few sentences. */
export function biasAnswer(results: StudyResults): string[] {
  return [positionSentence(results), lengthAnswer(results), calibrationSentence(results)]
}

/** Which judges are shown to pick the longer response more often, or less often, than the labels do. */
function lengthAnswer(results: StudyResults): string {
  const alpha = 1 - results.statistics.level
  const judges = longerPicks(results)
  if (judges.length === 0) return NO_LENGTHS
  if (judges.every(({ longer }) => longer.p === null))
    return 'Judging was stopped early, so that no test for a fixed n says whether a judge leans to length.'
  const shown = judges.flatMap(({ label, longer: { p, excess } }) =>
    p !== null && p <= alpha ? [{ label, p, excess }] : [],
  )
  const words = (isMore: boolean): string =>
    listed(
      shown
        .filter(({ excess }) => excess > 0 === isMore)
        .map(({ label, p, excess }) => `${label} (${formatPoints(excess)} points, ${pWords(p)})`),
    )
  const parts = [
    ...(words(true) === '' ? [] : [`more often than the labels do: ${words(true)}`]),
    ...(words(false) === '' ? [] : [`less often: ${words(false)}`]),
  ]
  return parts.length === 0
    ? 'No judge is shown to pick the longer response more or less often than the labels do.'
    : `Shown to pick the longer response ${parts.join('; ')}.`
}

const NO_LENGTHS = 'No judge decided between responses of different length.'

/** Judges that decided between responses of different length. */
function longerPicks(results: StudyResults): { readonly label: string; readonly longer: Preference }[] {
  return measuredJudges(results).flatMap(({ label, bias: { length } }) =>
    length.longer === null ? [] : [{ label, longer: length.longer }],
  )
}

/** How much more often, with its interval where there is one. */
function excessWords({ excess, low, high }: Preference): string {
  return formatPointsInterval({ value: excess, low: low ?? Number.NaN, high: high ?? Number.NaN })
}

/** How judges stand to length, one sentence each, before and after tuning where there was one. */
export function lengthSentences(results: StudyResults): string[] {
  const judges = longerPicks(results)
  if (judges.length === 0) return [NO_LENGTHS]
  return judges.map(({ label, longer }) => {
    const excess = excessWords(longer)
    return `${label} picks the longer response in ${formatPercent(longer.picked)} % of ${countedComparisons(results, longer.n)}, the labels do in ${formatPercent(longer.labelled)} %: ${excess} points${longer.p === null ? '' : ` (${pWords(longer.p)})`}.`
  })
}

/** What each tuning did to the pull towards the longer response. */
export function tunedLengthSentences(results: StudyResults): string[] {
  return results.contrasts
    .filter((contrast) => isTuningContrast(results, contrast))
    .flatMap(({ judge, against }) => {
      const [after, before] = [judge, against].map(
        (name) => results.judges.find((held) => held.name === name)?.bias.length.longer,
      )
      if (!after || !before) return []
      return [
        `Tuning took the excess from ${formatPoints(before.excess)} to ${formatPoints(after.excess)} points in ${labelOf(results, judge)}; the two are of different comparisons where a judge ties, and their difference is not tested.`,
      ]
    })
}

/** Whether a judge's confidence matches how often it is right. */
export function calibrationSentence(results: StudyResults): string {
  const judges = measuredJudges(results).filter(({ bias }) => bias.calibration.status === 'known')
  if (judges.length === 0) return 'No judge of this study gives probabilities, so that there is nothing to calibrate.'
  return judges
    .map(({ label, bias: { calibration } }) => {
      const right = calibration.bins.reduce((sum, bin) => sum + bin.n * bin.right, 0) / calibration.n
      const confidence = calibration.meanConfidence as number
      const gap = confidence - right
      const word = gap > 0 ? 'more confident than right' : 'less confident than right'
      return `${label} is ${word} by ${formatPercent(Math.abs(gap))} points: ${formatPercent(confidence)} % confident, ${formatPercent(right)} % right on ${countedComparisons(results, calibration.n)}.`
    })
    .join(' ')
}

/** In how many bins each judge is right less often than it is confident: below the diagonal of a reliability chart. */
export function reliabilitySentence(results: StudyResults): string {
  const judges = measuredJudges(results).filter(({ bias }) => bias.calibration.bins.length > 0)
  if (judges.length === 0) return 'No judge of this study gives probabilities.'
  const below = judges.map(({ label, bias: { calibration } }) => {
    const count = calibration.bins.filter(({ confidence, right }) => right < confidence).length
    return `${label} in ${count} of ${counted(calibration.bins.length, 'bin')}`
  })
  return `Below the diagonal, right less often than confident: ${listed(below)}, each of about as many comparisons.`
}

/** What can be said of self-preference, or why nothing can. */
export function selfPreferenceSentence(results: StudyResults): string {
  const judges = measuredJudges(results)
  const known = judges.filter(({ bias }) => bias.selfPreference.status === 'known')
  if (known.length === 0) {
    const statuses = new Set(judges.map(({ bias }) => bias.selfPreference.status))
    return statuses.has('one family only')
      ? 'Self-preference cannot be seen: no comparison is of two model families.'
      : 'Self-preference cannot be seen: the benchmark does not say which model wrote a response.'
  }
  const found = known.flatMap(({ label, bias: { selfPreference } }) => {
    const own = selfPreference.families.find(({ family }) => family === selfPreference.own)
    if (own === undefined) return []
    const excess = excessWords(own)
    const p = own.adjusted?.adjusted ?? own.p
    const test = p === null ? '' : ` (${pWords(p)} after Holm’s correction over model families)`
    return [
      `${label} picks responses of its own family (${own.family}) ${excess} points more often than the labels do${test}.`,
    ]
  })
  return found.length === 0 ? 'No judge is of a family that wrote responses of this benchmark.' : found.join(' ')
}

/** What judges write, or that they write nothing. */
export function verbositySentence(results: StudyResults): string {
  const writing = measuredJudges(results).flatMap(({ label, bias: { verbosity } }) =>
    verbosity.meanWords === null ? [] : [`${label} writes ${formatNumber(verbosity.meanWords, 1)} words a judgment`],
  )
  if (writing.length === 0) return 'No judge of this study writes a text that was kept.'
  return `${writing.join('; ')}.`
}

/** Which two judges agree least and most. */
export function agreementSentence(results: StudyResults): string {
  const known = results.agreement.flatMap((held) => (held.value === null ? [] : [{ ...held, value: held.value }]))
  if (known.length === 0) return 'There are no two judges whose answers could agree.'
  const sorted = known.toSorted((a, b) => a.value - b.value)
  const words = ({ a, b, value }: (typeof sorted)[0]): string =>
    `${labelOf(results, a)} and ${labelOf(results, b)} (${formatPercent(value)} %)`
  const [least, most] = [sorted[0], sorted.at(-1)] as [(typeof sorted)[0], (typeof sorted)[0]]
  if (least === most)
    return `${labelOf(results, least.a)} and ${labelOf(results, least.b)} answer alike in ${formatPercent(least.value)} % of ${counted(least.n, 'presentation')}.`
  return `${words(most)} answer alike most often, ${words(least)} least often.`
}

/** What this n can detect, and how many comparisons the observed difference would take. */
export function powerSentence(results: StudyResults, { primary, detectable, power }: ContrastResult): string {
  if (power === null)
    return 'Power is not given: the test is another one than McNemar’s, or no comparison tells the judges apart.'
  const found =
    detectable === null
      ? 'find no difference four times in five'
      : `find a true difference of ${formatPercent(detectable)} points four times in five`
  const needed =
    power.needed === null
      ? ''
      : ` A true difference of ${formatPercent(Math.abs(primary.difference.value ?? 0))} points, as large as the observed one, takes ${power.neededStatus === 'about' ? 'about ' : ''}${formatInteger(power.needed)} comparisons.`
  return `Exactly one judge is right in ${formatPercent(power.discordance)} % of comparisons; at that discordance ${countedComparisons(results, primary.n)} ${found}.${needed}`
}
