import type { StudyResults } from '@judgelab/analysis'
import { LONG_RESPONSE, leftOutCount, NOTE_KINDS, type NoteKind } from '@judgelab/datasets'
import { formatInteger, type ReportInput } from '@judgelab/report'
import type { ManifestOf } from './run-manifests.js'

/** The line of facts on the first screen: what was judged, by whom, when, under which rule, with which seeds. */
export function reportFacts(results: StudyResults, manifests: readonly ManifestOf[]): ReportInput['facts'] {
  const { benchmark, split, evaluation } = results
  return [
    {
      label: 'Benchmark',
      value: `${benchmark.name}, ${benchmark.fingerprint.slice(0, 12)}`,
    },
    {
      label: 'Comparisons',
      value: `${formatInteger(evaluation.n)}${split.method === 'none' ? '' : `, ${evaluation.side} side`}`,
    },
    ...leftOutFact(results.benchmark.data),
    ...notedFact(results.benchmark.data),
    { label: 'Judges', value: results.judges.map(({ label }) => label).join(', ') },
    ...repeatedFact(results),
    { label: 'Rule', value: `${evaluation.rule}, ties ${evaluation.ties}, failures ${evaluation.failures}` },
    ...dateFact(manifests),
    { label: 'Seeds', value: seedsOf(results).join(', ') },
  ]
}

/** The days, in UTC, on which the first answer was asked for and the last one came: `2026-11-28`. */
export interface JudgedOn {
  readonly first: string
  readonly last: string
}

/** When the runs of a study were made; nothing where it has none. */
export function judgedOn(manifests: readonly ManifestOf[]): JudgedOn | undefined {
  const days = manifests
    .flatMap(({ manifest: { startedAt, completedAt } }) => [startedAt, completedAt ?? startedAt])
    .map((time) => time.slice(0, 10))
    .toSorted()
  const [first, last] = [days[0], days.at(-1)]
  return first === undefined || last === undefined ? undefined : { first, last }
}

function dateFact(manifests: readonly ManifestOf[]): ReportInput['facts'] {
  const judged = judgedOn(manifests)
  if (judged === undefined) return []
  const { first, last } = judged
  return [{ label: 'Judged', value: first === last ? first : `${first} to ${last}` }]
}

/** The seeds of the split, of each training (once where they are the same) and of intervals and tests. */
function seedsOf({ split, tuning, ablation, statistics }: StudyResults): string[] {
  const single = tuning.map(({ parameters }) => parameters.seed)
  const ofMatrix = (ablation?.axes.seed ?? []).filter((seed) => typeof seed === 'number')
  const training = [...new Set([...single, ...ofMatrix])]
  return [
    ...(split.seed === null ? [] : [`split ${split.seed}`]),
    ...(training.length === 0 ? [] : [`training ${seedList(training)}`]),
    `statistics ${statistics.seed}`,
  ]
}

/** `42`, `1 and 2`, `1 to 10`. */
function seedList(seeds: readonly number[]): string {
  const sorted = seeds.toSorted((a, b) => a - b)
  const [first, last] = [sorted[0] as number, sorted.at(-1) as number]
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${first} to ${last}`
  return new Intl.ListFormat('en-GB', { type: 'conjunction' }).format(sorted.map(String))
}

/** How many judged comparisons the training side gives away; nothing where none is. */
function repeatedFact({ contrasts }: StudyResults): ReportInput['facts'] {
  const unrepeated = contrasts[0]?.unrepeated ?? null
  if (unrepeated === null) return []
  return [
    {
      label: 'Seen in training',
      value: `${formatInteger(unrepeated.repeated)} comparisons hold a response of the training side`,
    },
  ]
}

type ReadData = StudyResults['benchmark']['data']

/** How many rows were left out, and why; nothing where none was. */
export function leftOutFact(data: ReadData): ReportInput['facts'] {
  if (data === null || leftOutCount(data) === 0) return []
  const kinds = Object.entries(data.skipped).map(([kind, held]) => `${kind} ${held}`)
  const value = `${formatInteger(leftOutCount(data))} of ${formatInteger(data.rows)} rows (${kinds.join(', ')})`
  return [{ label: 'Left out', value }]
}

/** What is odd about examples that were kept, and in how many; nothing where nothing is. */
export function notedFact(data: ReadData): ReportInput['facts'] {
  const notes = NOTE_KINDS.flatMap((kind) => {
    const count = data?.notes[kind] ?? 0
    return count === 0 ? [] : [`${count} with ${NOTE_WORDS[kind]}`]
  })
  return notes.length === 0 ? [] : [{ label: 'Noted', value: `among the examples kept: ${notes.join(', ')}` }]
}

/** Each kind of note as it follows `2 with`. */
const NOTE_WORDS: Readonly<Record<NoteKind, string>> = {
  'empty-prompt': 'a blank prompt',
  'empty-chosen': 'a blank chosen response',
  'empty-rejected': 'a blank rejected response',
  'identical-responses': 'a response both chosen and rejected',
  'repeated-response': 'two rejected responses alike',
  duplicate: 'the comparison of an earlier one',
  'swapped-duplicate': 'the comparison of an earlier one, sides exchanged',
  'contradictory-label': 'the opposite label of an earlier one',
  'nul-character': 'a NUL character',
  'control-characters': 'control characters',
  'carriage-return': 'carriage returns',
  'line-separator': 'Unicode line separators',
  'lone-surrogate': 'half a surrogate pair (now U+FFFD)',
  'formula-like': 'a text that begins like a spreadsheet formula',
  'long-response': `a response of ${LONG_RESPONSE.toLocaleString('en-US')} characters or more`,
  'number-as-text': 'a number as id or subset (now a text)',
}
