import {
  type ContrastResult,
  type FlipKind,
  isTuningContrast,
  labelOf,
  levelText,
  type StudyResults,
} from '@judgelab/analysis'
import { type Example, promptText, type Rule, type Verdict } from '@judgelab/core'
import {
  accuracyFigure,
  answerSentence,
  type Notebook,
  type ReportExample,
  type ReportInput,
  renderSvg,
} from '@judgelab/report'
import type { StudyContext } from './context.js'
import type { StudyData } from './prepare.js'
import { type JudgedRun, judgedOf } from './results-step.js'
import { someFlips } from './some-flips.js'

/** Examples that a page holds: more are neither read nor loaded with pleasure. */
const MOST_EXAMPLES = 300

/** Everything that a study's page shows. */
export async function reportInput(
  context: StudyContext,
  data: StudyData,
  runs: readonly JudgedRun[],
  results: StudyResults,
  notebooks: readonly Notebook[],
): Promise<ReportInput> {
  const { study } = context.loaded
  return {
    title: study.title,
    question: study.question,
    answer: answerSentence(results),
    facts: facts(results),
    ...(results.benchmark.synthetic ? { notice: results.benchmark.about } : {}),
    headline: {
      svg: await renderSvg(accuracyFigure(results)),
      caption: headlineCaption(results),
    },
    sections: study.report.notebooks.map((name, at) => ({
      id: name.replace(/^\d+-/, ''),
      title: sectionTitle(name),
      notebook: executedNotebook(name, notebooks[at] as Notebook),
    })),
    examples: await flippedExamples(context, data, runs, results),
    examplesCaption: examplesCaption(results),
    methods: methods(context, results),
    provenance: provenance(context, results),
    reproduce: `npx --yes pnpm@10 judgelab run ${context.loaded.file}`,
    citation: citation(context),
  }
}

function facts(results: StudyResults): ReportInput['facts'] {
  const { benchmark, split, evaluation, statistics } = results
  return [
    {
      label: 'Benchmark',
      value: `${benchmark.name}, ${benchmark.fingerprint.slice(0, 12)}`,
    },
    { label: 'Comparisons', value: `${evaluation.n}${split.method === 'none' ? '' : `, ${evaluation.side} side`}` },
    ...leftOutFact(results),
    { label: 'Judges', value: results.judges.map(({ label }) => label).join(', ') },
    ...repeatedFact(results),
    { label: 'Rule', value: `${evaluation.rule}, ties ${evaluation.ties}, failures ${evaluation.failures}` },
    { label: 'Seeds', value: `${split.seed === null ? '' : `split ${split.seed}, `}statistics ${statistics.seed}` },
  ]
}

/** How many judged comparisons the training side gives away; nothing where none is. */
function repeatedFact({ contrasts }: StudyResults): ReportInput['facts'] {
  const unrepeated = contrasts[0]?.unrepeated ?? null
  if (unrepeated === null) return []
  return [
    { label: 'Seen in training', value: `${unrepeated.repeated} comparisons hold a response of the training side` },
  ]
}

/** How many rows were left out, and why; nothing where none was. */
function leftOutFact({ benchmark }: StudyResults): ReportInput['facts'] {
  const skipped = Object.entries(benchmark.data?.skipped ?? {})
  if (skipped.length === 0) return []
  const count = skipped.reduce((sum, [, held]) => sum + held, 0)
  const kinds = skipped.map(([kind, held]) => `${kind} ${held}`).join(', ')
  return [{ label: 'Left out', value: `${count} of ${benchmark.data?.rows} rows (${kinds})` }]
}

function headlineCaption(results: StudyResults): string {
  const { evaluation, statistics, benchmark } = results
  return `Accuracy of each judge with its ${levelText(statistics.level)} interval on the same ${evaluation.n} comparisons${benchmark.synthetic ? ' of a synthetic benchmark' : ''}; filled marks are tuned judges, grey ones null baselines.`
}

/** `04-where-tuning-helped` as `Where tuning helped`. */
function sectionTitle(name: string): string {
  const words = name
    .replace(/^\d+-/, '')
    .replaceAll('-', ' ')
    .replace(/\bdpo\b/g, 'DPO')
    .replace(/\bllmbar\b/g, 'LLMBar')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** The comparisons of the first contrast whose verdict changed, at most `MOST_EXAMPLES` of them, with what both judges said of them. */
async function flippedExamples(
  context: StudyContext,
  data: StudyData,
  runs: readonly JudgedRun[],
  results: StudyResults,
): Promise<ReportExample[]> {
  const [contrast] = results.contrasts
  if (contrast === undefined) return []
  const [before, after] = await Promise.all(
    [contrast.against, contrast.judge].map((name) => verdictsOfJudge(context, data, runs, name)),
  )
  const examples = new Map(data.benchmark.examples.map((example) => [example.id, example]))
  const comparisons = new Map(data.comparisons.map((comparison) => [comparison.id, comparison]))
  const words = flipWords(results, contrast)
  return someFlips(contrast.flipped, MOST_EXAMPLES).flatMap(({ comparisonId, subset, kind }) => {
    const comparison = comparisons.get(comparisonId)
    const example = comparison && examples.get(comparison.exampleId)
    if (comparison === undefined || example === undefined) return []
    return [
      {
        id: comparisonId,
        subset,
        prompt: promptText(example.prompt),
        responses: [
          { text: textOf(example, comparison.chosen), role: 'chosen' as const },
          { text: textOf(example, comparison.rejected), role: 'rejected' as const },
        ],
        judgments: judgmentWords(results, contrast, [before?.get(comparisonId), after?.get(comparisonId)]),
        flip: words[kind],
      },
    ]
  })
}

/** `300 of 812 comparisons …`; nothing where nothing changed. */
function examplesCaption(results: StudyResults): string | undefined {
  const [contrast] = results.contrasts
  if (contrast === undefined || contrast.flipped.length === 0) return undefined
  const { length } = contrast.flipped
  const which =
    length > MOST_EXAMPLES
      ? `${MOST_EXAMPLES} of ${length} comparisons, the first of each subset and kind in turn,`
      : `All ${length} comparisons`
  return `${which} ${results.benchmark.synthetic ? 'of the synthetic benchmark ' : ''}whose verdict differs between ${labelOf(results, contrast.against)} and ${labelOf(results, contrast.judge)}.`
}

/** The two ends of a contrast: before and after tuning, or two judges side by side. */
function flipWords(results: StudyResults, contrast: ContrastResult): Readonly<Record<FlipKind, string>> {
  const isTuned = isTuningContrast(results, contrast)
  return {
    fixed: isTuned ? 'fixed' : `only ${labelOf(results, contrast.judge)} right`,
    broken: isTuned ? 'broken' : `only ${labelOf(results, contrast.against)} right`,
    'to-tie': isTuned ? 'rejected to tie' : 'wrong against tie',
    'from-tie': isTuned ? 'tie to rejected' : 'tie against wrong',
    other: 'with a failure',
    none: 'unchanged',
  }
}

function textOf(example: Example, index: number): string {
  return (example.responses[index] as { text: string }).text
}

async function verdictsOfJudge(
  context: StudyContext,
  data: StudyData,
  runs: readonly JudgedRun[],
  name: string,
): Promise<ReadonlyMap<string, Verdict>> {
  const { contender, run } = runs.find(({ contender }) => contender.judge.name === name) as JudgedRun
  const { verdicts } = await judgedOf(context, contender, run, data)
  return new Map(verdicts.map((verdict) => [verdict.comparisonId, verdict]))
}

/** What both judges of a contrast said: one judge before and after tuning, or one line each. */
function judgmentWords(
  results: StudyResults,
  contrast: ContrastResult,
  [against, judge]: readonly (Verdict | undefined)[],
): ReportExample['judgments'] {
  const [before, after] = [verdictWords(against), verdictWords(judge)]
  if (isTuningContrast(results, contrast)) return [{ judge: labelOf(results, contrast.against), before, after }]
  return [
    { judge: labelOf(results, contrast.against), before },
    { judge: labelOf(results, contrast.judge), before: after },
  ]
}

function verdictWords(verdict: Verdict | undefined): string {
  return verdict === undefined ? 'not judged' : `${verdict.result} (by order: ${verdict.passes.join(', ')})`
}

function executedNotebook(name: string, notebook: Notebook): ReportInput['sections'][number]['notebook'] {
  const cellCount = notebook.cells.filter(({ cell_type }) => cell_type === 'code').length
  return { path: `notebooks/${name}.ipynb`, notebook, cellCount }
}

const RULE_WORDS: Readonly<Record<Rule, string>> = {
  consistent:
    'all orders must name the same response, else the comparison is a tie; an unreadable pass makes it failed',
  together:
    'all readable orders must name the same response, else the comparison is a tie; failed when none is readable',
  net: 'right counts +1, wrong −1, tie or unreadable 0 in each order; the sign of the sum decides',
  average: 'credit is the mean over the readable orders',
  'first-order': 'the first order alone decides',
}

/** How the numbers were made, from the study. */
function methods({ loaded: { study } }: StudyContext, results: StudyResults): ReportInput['methods'] {
  const { evaluation, statistics, split, pairs } = results
  const which =
    evaluation.comparisons === 'first'
      ? 'the first chosen against the first rejected response'
      : 'every chosen against every rejected response'
  return [
    {
      label: 'Comparisons',
      value: `Of each example on side “${evaluation.side}”, ${which}, in ${evaluation.orders === 'both' ? 'both orders' : 'one order'}: ${evaluation.n}.`,
    },
    ...(split.method === 'none'
      ? []
      : [{ label: 'Split', value: `${split.method}: ${split.train} training and ${split.test} test examples.` }]),
    {
      label: 'Rule',
      value: `${evaluation.rule}: ${RULE_WORDS[evaluation.rule]}. A tie earns ${CREDIT_WORDS[evaluation.ties]}; a failure ${CREDIT_WORDS[evaluation.failures]}.`,
    },
    ...(pairs === null
      ? []
      : [
          {
            label: 'Pairs',
            value: `Strategy ${pairs.strategy}, split ${pairs.split}: ${pairs.train} for training, ${pairs.validation} for validation.`,
          },
        ]),
    ...study.tuning.map(({ label, base, beta, epochs, batchSize, learningRate, seed }) => ({
      label: `Tuning of ${label}`,
      value: `DPO of ${labelOf(results, base)}: beta ${beta}, ${epochs} epochs, batches of ${batchSize}, learning rate ${learningRate}, seed ${seed}.`,
    })),
    {
      label: 'Intervals',
      value: `${levelText(statistics.level)}: Wilson’s where each credit is 0 or 1 and each prompt occurs once, Tango’s for paired differences of such data, else ${statistics.resamples} resamples of whole prompts.`,
    },
    {
      label: 'Tests',
      value:
        'McNemar’s exact test on paired right-or-wrong verdicts, else the sign-flip test by prompt; two-sided. Holm’s correction over the contrasts of the study, and over the subsets of each contrast.',
    },
  ]
}

const CREDIT_WORDS = { wrong: 'nothing', half: 'half a point', excluded: 'no place in the count' } as const

function provenance({ loaded, software, git }: StudyContext, results: StudyResults): ReportInput['provenance'] {
  const { benchmark, split, statistics } = results
  return [
    { label: 'Study', value: `${loaded.file}, SHA-256 ${loaded.sha256.slice(0, 16)}` },
    {
      label: 'Benchmark',
      value: `${benchmark.name}, ${benchmark.examples} examples, fingerprint ${benchmark.fingerprint}`,
    },
    {
      label: 'Split',
      value:
        split.method === 'none'
          ? 'none'
          : `${split.method}${split.seed === null ? '' : `, seed ${split.seed}`}, fingerprint ${split.fingerprint}`,
    },
    {
      label: 'Intervals',
      value: `level ${statistics.level}, ${statistics.resamples} resamples, seed ${statistics.seed}`,
    },
    ...results.judges.map(({ label, runId }) => ({ label: `Run of ${label}`, value: runId })),
    ...results.tuning.map(({ name, weights }) => ({ label: `Weights of ${labelOf(results, name)}`, value: weights })),
    {
      label: 'Software',
      value: Object.entries(software)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    },
    {
      label: 'Commit',
      value: git === null ? 'not from a repository' : `${git.commit}${git.dirty ? ', with uncommitted changes' : ''}`,
    },
  ]
}

/** What BibTeX or LaTeX would take for markup, as the sign that it is. */
export function bibtexText(text: string): string {
  return text.replace(/[\\{}$&#%_~^]/g, (sign) => BIBTEX_SIGNS[sign] ?? `\\${sign}`)
}

const BIBTEX_SIGNS: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
}

function citation({ loaded: { study }, git, software }: StudyContext): string {
  return [
    `@misc{judgelab-${study.name},`,
    `  title        = {${bibtexText(study.title)}},`,
    `  author       = {{judgelab}},`,
    `  howpublished = {Report of study ${study.name}, made with judgelab ${software.judgelab}},`,
    `  note         = {${git === null ? 'no commit' : `commit ${git.commit}`}}`,
    '}',
  ].join('\n')
}
