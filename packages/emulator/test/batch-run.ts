import {
  type Comparison,
  type Example,
  findProject,
  firstComparison,
  type Judgment,
  loadJudgments,
  loadModelRegistry,
  type RunFolder,
  runFolder,
  type StudyJudge,
} from '@judgelab/core'
import {
  askingOf,
  type BatchTuning,
  createBatchJudge,
  createServiceJudge,
  defaultPromptName,
  type Judge,
  loadPrompt,
  presentationsDigest,
  presentComparisons,
  type RunReport,
  type RunRequest,
  runIdOf,
  runJudge,
  type ServiceJudge,
  show,
} from '@judgelab/judges'
import { EMULATOR_KEY, type Emulator } from '../src/index.js'

/** Where the two batch services are, as a study names them. */
export const WAYS: Readonly<Record<'openai' | 'together', Partial<StudyJudge>>> = {
  openai: { provider: 'openai', model: 'gpt-4.1-2025-04-14' },
  together: { provider: 'together', model: 'meta-llama/Llama-4-Maverick-17B-128E-Instruct' },
}

const ENV = { OPENAI_API_KEY: EMULATOR_KEY, TOGETHER_API_KEY: EMULATOR_KEY }
const PRICES = { input: 2, output: 8, batchShare: 0.5 }

/** A judge of a study at an emulator, asked call by call and in batches. */
export async function judgesAt(
  { openAiUrl, togetherUrl }: Pick<Emulator, 'openAiUrl' | 'togetherUrl'>,
  fields: Partial<StudyJudge>,
  tuning: BatchTuning = {},
): Promise<{ readonly online: ServiceJudge; readonly batch: Judge; readonly asked: StudyJudge }> {
  const baseUrl = fields.provider === 'together' ? togetherUrl : openAiUrl
  const asked: StudyJudge = {
    ...{ name: 'judge', label: 'Judge', provider: 'openai', model: '', mode: 'pairwise', control: false, baseUrl },
    ...{ settings: {}, repeats: 1, consistency: 'majority', repeat: 0, limits: {}, engine: 'batch', prices: PRICES },
    ...{ decision: 'label' },
    ...fields,
  }
  const project = findProject(import.meta.dirname)
  const asking = askingOf(asked)
  const prompt = await loadPrompt(project, defaultPromptName('pairwise', asking.decision), 'pairwise')
  const online = createServiceJudge({ asked, asking, prompt, registry: await loadModelRegistry(project), env: ENV })
  const batch = createBatchJudge(online, {
    asked,
    env: ENV,
    tuning: { pauses: { firstMs: 1, longestMs: 2 }, retries: QUICK, ...tuning },
  })
  return { online, batch, asked }
}

/** As patient as in earnest, in a hundredth of the time. */
const QUICK = { attempts: 12, timeouts: 3, baseMs: 2, capMs: 20, patienceMs: 300_000 }

/** Sums, right and wrong: so many examples of one comparison each. */
export function sums(count: number): Example[] {
  return Array.from({ length: count }, (_, at) => ({
    id: `sum-${at}`,
    subset: ['Math', 'Focus', 'Safety'][at % 3] as string,
    prompt: `What is ${at} + ${at % 7}? Say it in one sentence.`,
    responses: [{ text: `${at} + ${at % 7} is ${at + (at % 7)}.` }, { text: `I could not say; maybe ${at * 3 + 1}.` }],
    chosen: [0],
  })) as unknown as Example[]
}

/** A request for a run of a judge over examples in both orders. */
export function batchRequest(runs: string, judge: Judge, count: number, more: Partial<RunRequest> = {}): RunRequest {
  const examples = sums(count)
  const byId = new Map(examples.map((example) => [example.id, example]))
  const comparisons = examples.map((example) => firstComparison(example) as Comparison)
  const presentations = presentComparisons(comparisons, { mode: 'pairwise', orders: 'both' })
  const runId = runIdOf(judge, 'fingerprint', presentationsDigest(presentations))
  return {
    judge,
    presentations,
    show: (presentation) => show(presentation, byId.get(presentation.exampleId) as Example),
    run: runFolder(runs, runId),
    manifest: {
      formatVersion: 1,
      runId,
      study: 'test',
      judge: { ...judge.spec, id: judge.id, name: judge.name },
      promptSha256: null,
      dataset: { name: 'test', fingerprint: 'fingerprint', synthetic: true, examples: count },
      split: null,
      engine: 'batch',
      presentations: { count: presentations.length, sha256: presentationsDigest(presentations) },
      seed: null,
      rehearsed: false,
      software: {},
      git: null,
      startedAt: '2026-11-22T00:00:00.000Z',
    },
    ...more,
  }
}

/** Runs until it is complete or makes no headway, as somebody would who starts it again; the reports of all starts. */
export async function runUntilDone(request: RunRequest, starts: number): Promise<RunReport[]> {
  const reports: RunReport[] = []
  while (reports.length < starts && reports.at(-1)?.isComplete !== true) reports.push(await runJudge(request))
  return reports
}

/** What the log says, without the times. */
export async function untimed(run: RunFolder): Promise<Omit<Judgment, 'at' | 'latencyMs' | 'firstByteMs'>[]> {
  const judgments = await loadJudgments(run)
  return judgments
    .map(({ at: _at, latencyMs: _latency, firstByteMs: _first, ...said }) => said)
    .sort((a, b) => (a.presentationId < b.presentationId ? -1 : 1))
}
