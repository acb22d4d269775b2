import { resolve } from 'node:path'
import type { PairsResult } from '@judgelab/analysis'
import {
  ConfigError,
  digest,
  finishBreathing,
  jsonlDigestSteps,
  matrixCells,
  type Steps,
  type Study,
  type StudyPairs,
  strategiesOf,
  tokenizerFor,
} from '@judgelab/core'
import { type Benchmark, examplesOn, type Split, splitFingerprint } from '@judgelab/datasets'
import {
  type BuiltPairs,
  createPairTally,
  type DataCard,
  inMemory,
  loadResponseScores,
  type PairRequest,
  type PairSelection,
  type PairSummary,
  policyScore,
  type ResponseScore,
  type SelectedSides,
  selectPairs,
  splitSelection,
} from '@judgelab/dpo'
import { priorPolicy } from '@judgelab/policy'
import { checkCaps } from './check-subsets.js'
import { codeVersion } from './code-version.js'
import { advance, artifact, doStep, type StudyContext } from './context.js'
import { type PairSources, pairSources, pairsJudge } from './judges/judging-questions.js'
import type { LoadedStudy } from './load-study.js'
import {
  loadPairs,
  pairFiles,
  type SelectedPairData,
  type StudyPairData,
  savePairs,
  selectedResult,
} from './pair-files.js'
import { fileDigest } from './steps.js'

/** @throws {ConfigError} for pairs of a judge that has no judging prompt, the matrix's among them, and for critiques where a tuning writes no reasons */
export function checkPairs({ study }: Pick<LoadedStudy, 'study'>): void {
  const { pairs, tuning, matrix } = study
  if (pairs === undefined) return
  const cells = matrix === undefined ? [] : matrixCells(study)
  for (const asked of [pairs, ...cells.map((cell) => cell.pairs)]) if (isJudged(asked)) pairsJudge({ study }, asked)
  const local = tuning.find(({ backend }) => backend === 'local')
  if (local !== undefined && strategiesOf(pairs).includes('critiques'))
    throw new ConfigError(
      `expected strategy responses or verdicts for tuning "${local.name}" of backend local, whose policy writes no reasons, found critiques`,
      'pairs.strategy',
    )
}

function isJudged(pairs: StudyPairs): boolean {
  return strategiesOf(pairs).some((strategy) => strategy !== 'responses')
}

/** Builds the pairs that a study asks for and writes them with their data card; null where it asks for none. */
export async function pairsStep(
  context: StudyContext,
  benchmark: Benchmark,
  split: Split,
): Promise<StudyPairData | null> {
  const asked = context.loaded.study.pairs
  if (asked === undefined) return null
  const sources = await pairSources(context, asked, benchmark, split)
  const folder = artifact(context, 'pairs')
  let built: StudyPairData | undefined
  await doStep(context, {
    name: 'pairs',
    title: 'Preference pairs',
    inputs: await pairInputs(context, asked, { benchmark, split, sources }),
    outputs: pairFiles(folder),
    run: async () => {
      built = await buildInMemory(context, asked, { benchmark, split, sources })
      await savePairs(folder, built, (written, total) => advance(context, written, total, 'pairs written'))
      const { train, validation, sharedPrompts: shared } = built.result
      return `${train} for training, ${validation} for validation, ${shared} of which share a prompt with training`
    },
  })
  return built ?? loadPairs(folder)
}

/** What pairs of a study are made of, beside what it asks. */
export interface PairMaterial {
  readonly benchmark: Benchmark
  readonly split: Split
  readonly sources: PairSources
}

/** Everything that pairs depend on, for the memory of the step that makes them: digests of what is read, and the code. */
export async function pairInputs(
  { loaded }: StudyContext,
  asked: StudyPairs,
  { benchmark, split, sources }: PairMaterial,
): Promise<object> {
  const { study, project } = loaded
  const { name, synthetic, fingerprint } = benchmark
  return {
    study: study.name,
    asked,
    benchmark: { name, synthetic, fingerprint },
    split: { method: split.method, seed: split.seed, fingerprint: splitFingerprint(split) },
    judged: study.evaluation.side,
    nearPrompts: study.audit?.nearDuplicates ?? null,
    scores: asked.scores === undefined ? null : await fileDigest(resolve(project.root, asked.scores)),
    questions: sources.inputs,
    code: await codeVersion(PAIR_CODE),
  }
}

/** Policy: the hardest rejected responses are those that its prior likes best. Judges: judging prompts. */
const PAIR_CODE = ['core', 'datasets', 'dpo', 'judges', 'judgelab', 'policy']

/** `buildStudyPairs` with all pairs in memory, where a tuning wants them. */
export async function buildInMemory(
  context: StudyContext,
  asked: StudyPairs,
  material: PairMaterial,
): Promise<StudyPairData> {
  const built = await buildStudyPairs(context, asked, material)
  return { ...built, sides: inMemory(built.sides) }
}

/**
 * Preference pairs as one part of a study asks for them, from the training side; many of them are not in memory.
 *
 * @param options.margin how much better the preferred output of a pair is liked, for the report on doubtful labels
 */
export async function buildStudyPairs(
  context: StudyContext,
  asked: StudyPairs,
  material: PairMaterial,
  options: Pick<PairRequest, 'margin'> = {},
): Promise<SelectedPairData> {
  const { benchmark } = material
  const { signal } = context
  checkCaps(asked, benchmark)
  const built = await selectPairs({ ...(await requestOf(context, asked, material)), ...options }, { signal })
  const sides = splitSelection(built.pairs, asked)
  const summary = await finishBreathing(summarySteps(sides), signal)
  const sha256 = {
    train: await finishBreathing(jsonlDigestSteps(sides.train), signal),
    validation: await finishBreathing(jsonlDigestSteps(sides.validation), signal),
  }
  const fingerprint = digest([sha256.train, sha256.validation, benchmark.fingerprint])
  const result = selectedResult(asked, sides, fingerprint)
  return { sides, result, card: cardOf(context.loaded.study, { ...material, asked, built, summary, sha256, result }) }
}

async function requestOf(
  context: StudyContext,
  asked: StudyPairs,
  { benchmark, split, sources }: PairMaterial,
): Promise<PairRequest> {
  const { study } = context.loaded
  const { target, maxTokens } = asked.clean ?? {}
  return {
    asked,
    examples: examplesOn('train', benchmark, split),
    judged: examplesOn(study.evaluation.side, benchmark, split),
    nearPrompts: study.audit?.nearDuplicates,
    score: await scoreOf(context, asked),
    verdicts: sources.verdicts,
    sampled: await sources.sampled?.(),
    tokenizer: target === undefined || maxTokens === undefined ? undefined : await tokenizerFor(target),
    onProgress: (done, total, unit) => advance(context, done, total, unit),
  }
}

/** By what the hardest rejected responses are found. */
async function scoreOf({ loaded }: StudyContext, { rejected, scores }: StudyPairs): Promise<ResponseScore | undefined> {
  if (rejected !== 'hardest') return undefined
  return scores === undefined ? policyScore(priorPolicy()) : loadResponseScores(resolve(loaded.project.root, scores))
}

function* summarySteps(sides: SelectedSides): Steps<PairSummary> {
  const tally = createPairTally()
  for (const side of ['train', 'validation'] as const)
    for (const pair of sides[side]) {
      tally.add(pair, side)
      yield
    }
  return tally.summary()
}

function cardOf(
  study: Study,
  made: {
    readonly asked: StudyPairs
    readonly benchmark: Benchmark
    readonly split: Split
    readonly built: BuiltPairs<PairSelection>
    readonly summary: PairSummary
    /** Of the two files. */
    readonly sha256: { readonly train: string; readonly validation: string }
    readonly result: PairsResult
  },
): DataCard {
  const { asked, benchmark, split, built, summary, sha256, result } = made
  const { pairs: _, ...report } = built
  return {
    formatVersion: 1,
    study: study.name,
    command: `judgelab pairs ${study.name}`,
    benchmark: { name: benchmark.name, synthetic: benchmark.synthetic, fingerprint: benchmark.fingerprint },
    split: { method: split.method, seed: split.seed, fingerprint: splitFingerprint(split) },
    asked,
    ...report,
    summary,
    sharedPrompts: result.sharedPrompts,
    fingerprint: result.fingerprint,
    files: [
      { file: 'train.jsonl', pairs: result.train, sha256: sha256.train },
      { file: 'validation.jsonl', pairs: result.validation, sha256: sha256.validation },
    ],
  }
}
