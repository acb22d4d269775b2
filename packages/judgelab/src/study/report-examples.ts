import {
  type ContrastResult,
  type FlipKind,
  flipsOf,
  isTuningContrast,
  labelOf,
  type StudyResults,
} from '@judgelab/analysis'
import { type Comparison, type Example, type Judgment, promptText, type Verdict } from '@judgelab/core'
import type { ExampleJudgment, ReportExample, ReportExamples } from '@judgelab/report'
import type { StudyContext } from './context.js'
import type { StudyData } from './prepare.js'
import { type JudgedRun, judgedOf } from './results-step.js'
import { spreadChoice } from './spread-choice.js'

/** Examples that a report holds: a page of more is slow to open. */
const MOST_EXAMPLES = 2_000

/** Of what a judge wrote, at most this many characters are shown. */
const MOST_TEXT = 6_000

interface SaidOf {
  readonly verdicts: ReadonlyMap<string, Verdict>
  readonly texts: ReadonlyMap<string, readonly string[]>
}

/** Every comparison that was judged, at most `MOST_EXAMPLES` of them, with what each judge said, and how verdicts changed. */
export async function reportExamples(
  context: StudyContext,
  data: StudyData,
  runs: readonly JudgedRun[],
  results: StudyResults,
): Promise<ReportExamples> {
  const said: SaidOf[] = []
  for (const { contender, run } of runs) said.push(await saidOf(context, { contender, run }, data))
  const place = (name: string): number => runs.findIndex(({ contender }) => contender.name === name)
  const contrasts = results.contrasts.map((contrast) => ({
    contrast,
    label: `${labelOf(results, contrast.judge)} against ${labelOf(results, contrast.against)}`,
    before: place(contrast.against),
    after: place(contrast.judge),
  }))
  const flips = contrasts.map(({ contrast, before, after }) =>
    flipWords(results, contrast, [said[before], said[after]]),
  )
  const chosen = chooseComparisons(data.comparisons, flips[0])
  const examples = new Map(data.benchmark.examples.map((example) => [example.id, example]))
  return {
    caption: caption(chosen.length, data.comparisons.length, results.benchmark.synthetic),
    judges: runs.map(({ contender }) => contender.label),
    contrasts: contrasts.map(({ label, before, after }) => ({ label, before, after })),
    examples: chosen.map(
      (comparison): ReportExample => ({
        ...textsOf(comparison, examples.get(comparison.exampleId) as Example),
        judgments: said.map((judge) => judgmentOf(judge, comparison.id)),
        flips: flips.map((words) => words.get(comparison.id) ?? 'not judged'),
      }),
    ),
  }
}

async function saidOf(context: StudyContext, { contender, run }: JudgedRun, data: StudyData): Promise<SaidOf> {
  const { judgments, verdicts } = await judgedOf(context, contender, run, data)
  return { verdicts: new Map(verdicts.map((verdict) => [verdict.comparisonId, verdict])), texts: rawTexts(judgments) }
}

/** What was written of each comparison, in the order of asking; reasoning stands before the answer. */
function rawTexts(judgments: readonly Judgment[]): Map<string, readonly string[]> {
  const texts = new Map<string, string[]>()
  for (const { comparisonId, raw, reasoning } of judgments) {
    const text = [reasoning, raw].filter((part) => part !== undefined && part !== '').join('\n\n')
    if (comparisonId === undefined || text === '') continue
    const shown = text.length > MOST_TEXT ? `${text.slice(0, MOST_TEXT)} …` : text
    texts.set(comparisonId, [...(texts.get(comparisonId) ?? []), shown])
  }
  return texts
}

function textsOf(
  { id, subset, chosen, rejected }: Comparison,
  example: Example,
): Pick<ReportExample, 'id' | 'subset' | 'prompt' | 'responses'> {
  const text = (index: number): string => (example.responses[index] as { readonly text: string }).text
  return {
    id,
    subset,
    prompt: promptText(example.prompt),
    responses: [
      { text: text(chosen), role: 'chosen' },
      { text: text(rejected), role: 'rejected' },
    ],
  }
}

function judgmentOf({ verdicts, texts }: SaidOf, comparisonId: string): ExampleJudgment | null {
  const verdict = verdicts.get(comparisonId)
  if (verdict === undefined) return null
  const written = texts.get(comparisonId)
  return { verdict: verdict.result, passes: verdict.passes, ...(written === undefined ? {} : { texts: written }) }
}

/** How each comparison's verdict changed, in the words of its contrast. */
function flipWords(
  results: StudyResults,
  contrast: ContrastResult,
  [before, after]: readonly (SaidOf | undefined)[],
): Map<string, string> {
  const changed = changeWords(results, contrast)
  const flips = flipsOf([...(before?.verdicts.values() ?? [])], [...(after?.verdicts.values() ?? [])])
  return new Map(flips.map(({ comparisonId, kind }) => [comparisonId, changed[kind]]))
}

/** The two ends of a contrast: before and after tuning, or two judges side by side. */
function changeWords(results: StudyResults, contrast: ContrastResult): Readonly<Record<FlipKind, string>> {
  const isTuned = isTuningContrast(results, contrast)
  return {
    fixed: isTuned ? 'fixed' : `only ${labelOf(results, contrast.judge)} right`,
    broken: isTuned ? 'broken' : `only ${labelOf(results, contrast.against)} right`,
    'to-tie': isTuned ? 'rejected to tie' : 'wrong against tie',
    'from-tie': isTuned ? 'tie to rejected' : 'tie against wrong',
    other: 'with a failure',
    'kept-right': 'right both times',
    'kept-wrong': 'wrong both times',
    'kept-tie': 'tie both times',
    'kept-failed': 'failed both times',
  }
}

/** Where there are too many, as many of each subset and kind as there is room for. */
function chooseComparisons(
  comparisons: readonly Comparison[],
  words: ReadonlyMap<string, string> | undefined,
): readonly Comparison[] {
  return spreadChoice(comparisons, MOST_EXAMPLES, ({ id, subset }) => JSON.stringify([subset, words?.get(id)]))
}

function caption(shown: number, of: number, isSynthetic: boolean): string {
  const which =
    shown === of ? `All ${of} comparisons` : `${shown} of ${of} comparisons, the first of each subset and kind in turn,`
  return `${which} of the ${isSynthetic ? 'synthetic ' : ''}benchmark, with what every judge said of them.`
}
