import { labelOf, levelText, policyWords, type StudyResults } from '@judgelab/analysis'
import {
  ablationFigure,
  accuracyFigure,
  formatInteger,
  type Notebook,
  type ReportInput,
  renderSvg,
  studyAnswer,
} from '@judgelab/report'
import type { StudyContext } from './context.js'
import type { StudyData } from './prepare.js'
import { reportExamples } from './report-examples.js'
import { type JudgedOn, judgedOn, reportFacts } from './report-facts.js'
import { reportMethods } from './report-methods.js'
import type { JudgedRun } from './results-step.js'
import { runManifests } from './run-manifests.js'

/** What a report is made of, beside the study and its data. */
export interface ReportMaterial {
  readonly runs: readonly JudgedRun[]
  readonly results: StudyResults
  readonly notebooks: readonly Notebook[]
  /** True when the pages will be printed too. */
  readonly withPdf: boolean
}

/** Everything that a study's report shows. */
export async function reportInput(
  context: StudyContext,
  data: StudyData,
  { runs, results, notebooks, withPdf }: ReportMaterial,
): Promise<ReportInput> {
  const { study } = context.loaded
  const manifests = await runManifests(runs)
  return {
    title: study.title,
    question: study.question,
    answer: studyAnswer(results),
    facts: reportFacts(results, manifests),
    ...noticeOf(results),
    headline: await headline(results),
    sections: study.report.notebooks.map((name, at) => ({
      id: name.replace(/^\d+-/, ''),
      title: sectionTitle(name),
      notebook: executedNotebook(name, notebooks[at] as Notebook),
    })),
    examples: await reportExamples(context, data, runs, results),
    methods: reportMethods(context, manifests, results),
    provenance: provenance(context, results),
    files: files(context, withPdf),
    reproduce: `npx --yes pnpm@10 judgelab ${results.study.rehearsed ? 'rehearse' : 'run'} ${context.loaded.file}`,
    citation: citation(context, judgedOn(manifests)),
  }
}

/** What no reader may overlook. */
function noticeOf({ study, benchmark }: StudyResults): Pick<ReportInput, 'notice'> {
  const notices = [
    ...(study.rehearsed
      ? ['A rehearsal: an emulator answered in the models’ place. Nothing here says anything of the models.']
      : []),
    ...(benchmark.synthetic ? [benchmark.about] : []),
  ]
  return notices.length === 0 ? {} : { notice: notices.join(' ') }
}

/** The figure that answers the study's question: what its matrix shows, else the accuracy of its judges. */
async function headline(results: StudyResults): Promise<ReportInput['headline']> {
  if (results.ablation === null)
    return { svg: await renderSvg(accuracyFigure(results)), caption: headlineCaption(results) }
  const figure = ablationFigure(results)
  return { svg: await renderSvg(figure), caption: String(figure.description) }
}

/** What the marks of the headline figure are, and the policies that they stand on. */
export function headlineCaption(results: StudyResults): string {
  const { evaluation, statistics, judges } = results
  const has = (kind: string): boolean => judges.some((judge) => judge.kind === kind)
  const marks = [
    ...(has('tuned') ? ['filled marks are tuned judges'] : []),
    ...(has('control') ? ['grey ones are null baselines'] : []),
  ]
  return `Accuracy of each judge with its ${levelText(statistics.level)} interval on the same ${formatInteger(evaluation.n)} comparisons${marks.length === 0 ? '' : `; ${marks.join(', ')}`}. ${policyWords(results)}`
}

/** What else stands in the folder of the report. */
function files({ loaded: { study } }: StudyContext, withPdf: boolean): ReportInput['files'] {
  return [
    ...(withPdf ? [{ label: 'report.pdf', value: 'all pages, for paper' }] : []),
    { label: 'print.html', value: 'all pages as one, to search or to print' },
    { label: 'results.json', value: 'every number that comes of this study’s runs' },
    { label: 'examples.jsonl', value: 'the examples with what every judge said of them' },
    { label: 'latex/report.tex', value: 'every table and figure for LaTeX, to be read with \\input' },
    ...study.report.notebooks.map((name) => ({
      label: `notebooks/${name}.ipynb`,
      value: 'the notebook as it was run',
    })),
  ]
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

function executedNotebook(name: string, notebook: Notebook): ReportInput['sections'][number]['notebook'] {
  const cellCount = notebook.cells.filter(({ cell_type }) => cell_type === 'code').length
  return { path: `notebooks/${name}.ipynb`, notebook, cellCount }
}

function provenance({ loaded, software, git }: StudyContext, results: StudyResults): ReportInput['provenance'] {
  const { benchmark, split, statistics } = results
  return [
    { label: 'Study', value: `${loaded.file}, SHA-256 ${loaded.sha256.slice(0, 16)}` },
    {
      label: 'Benchmark',
      value: `${benchmark.name}, ${formatInteger(benchmark.examples)} examples, fingerprint ${benchmark.fingerprint}`,
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
      value: `level ${statistics.level}, ${formatInteger(statistics.resamples)} resamples, seed ${statistics.seed}`,
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

/** The year is that of the last answer; none where nothing was answered. */
function citation({ loaded: { study }, git, software }: StudyContext, judged: JudgedOn | undefined): string {
  return [
    `@misc{judgelab-${study.name},`,
    `  title        = {${bibtexText(study.title)}},`,
    `  author       = {{judgelab}},`,
    ...(judged === undefined ? [] : [`  year         = {${judged.last.slice(0, 4)}},`]),
    `  howpublished = {Report of study ${study.name}, made with judgelab ${software.judgelab}},`,
    `  note         = {${git === null ? 'no commit' : `commit ${git.commit}`}}`,
    '}',
  ].join('\n')
}
