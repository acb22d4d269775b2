import { labelOf, levelText, policyWords, type StudyResults } from '@judgelab/analysis'
import { LONG_RESPONSE, NOTE_KINDS, type NoteKind } from '@judgelab/datasets'
import {
  ablationFigure,
  accuracyFigure,
  type Notebook,
  type ReportInput,
  renderSvg,
  studyAnswer,
} from '@judgelab/report'
import type { StudyContext } from './context.js'
import type { StudyData } from './prepare.js'
import { reportExamples } from './report-examples.js'
import { reportMethods } from './report-methods.js'
import type { JudgedRun } from './results-step.js'

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
  return {
    title: study.title,
    question: study.question,
    answer: studyAnswer(results),
    facts: facts(results),
    ...noticeOf(results),
    headline: await headline(results),
    sections: study.report.notebooks.map((name, at) => ({
      id: name.replace(/^\d+-/, ''),
      title: sectionTitle(name),
      notebook: executedNotebook(name, notebooks[at] as Notebook),
    })),
    examples: await reportExamples(context, data, runs, results),
    methods: await reportMethods(context, runs, results),
    provenance: provenance(context, results),
    files: files(context, withPdf),
    reproduce: `npx --yes pnpm@10 judgelab ${results.study.rehearsed ? 'rehearse' : 'run'} ${context.loaded.file}`,
    citation: citation(context),
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

function facts(results: StudyResults): ReportInput['facts'] {
  const { benchmark, split, evaluation, statistics } = results
  return [
    {
      label: 'Benchmark',
      value: `${benchmark.name}, ${benchmark.fingerprint.slice(0, 12)}`,
    },
    { label: 'Comparisons', value: `${evaluation.n}${split.method === 'none' ? '' : `, ${evaluation.side} side`}` },
    ...leftOutFact(results.benchmark.data),
    ...notedFact(results.benchmark.data),
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

type ReadData = StudyResults['benchmark']['data']

/** How many rows were left out, and why; nothing where none was. */
export function leftOutFact(data: ReadData): ReportInput['facts'] {
  const skipped = Object.entries(data?.skipped ?? {})
  if (skipped.length === 0) return []
  const count = skipped.reduce((sum, [, held]) => sum + held, 0)
  const kinds = skipped.map(([kind, held]) => `${kind} ${held}`).join(', ')
  return [{ label: 'Left out', value: `${count} of ${data?.rows} rows (${kinds})` }]
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
  return `Accuracy of each judge with its ${levelText(statistics.level)} interval on the same ${evaluation.n} comparisons${marks.length === 0 ? '' : `; ${marks.join(', ')}`}. ${policyWords(results)}`
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
