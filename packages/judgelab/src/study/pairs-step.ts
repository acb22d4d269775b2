import { resolve } from 'node:path'
import type { PairsResult } from '@judgelab/analysis'
import {
  ConfigError,
  digest,
  digestText,
  type Study,
  type StudyPairs,
  saveJson,
  saveText,
  strategiesOf,
  toJsonl,
  tokenizerFor,
} from '@judgelab/core'
import { type Benchmark, examplesOn, type Split, splitFingerprint } from '@judgelab/datasets'
import {
  type BuiltPairs,
  buildPairs,
  cardMarkdown,
  createPairTally,
  type DataCard,
  loadResponseScores,
  type PairRequest,
  type PairSides,
  pairCounts,
  policyScore,
  type ResponseScore,
  sharedPrompts,
  splitPairs,
} from '@judgelab/dpo'
import { priorPolicy } from '@judgelab/policy'
import { codeVersion } from './code-version.js'
import { artifact, doStep, type StudyContext } from './context.js'
import { pairsJudge, sampledPresentations, verdictQuestions } from './judges/judging-questions.js'
import type { LoadedStudy } from './load-study.js'

/** The pairs of a study, divided, and what a reader sees of them. */
export interface StudyPairData {
  readonly sides: PairSides
  readonly result: PairsResult
  readonly card: DataCard
}

/** @throws {ConfigError} for pairs of a judge that has no judging prompt, and for a tuning that reads none */
export function checkPairs(loaded: LoadedStudy): void {
  const { pairs, tuning } = loaded.study
  const [judged] = pairs === undefined ? [] : strategiesOf(pairs).filter((strategy) => strategy !== 'responses')
  if (judged === undefined) return
  pairsJudge({ loaded })
  const local = tuning.find(({ backend }) => backend === 'local')
  if (local !== undefined)
    throw new ConfigError(
      `expected strategy responses for tuning "${local.name}" of backend local, which scores answers and reads no judging prompts, found ${judged}`,
      'pairs.strategy',
    )
}

const TITLE = 'Preference pairs'

/** Builds the pairs that a study asks for and writes them with their data card; null where it asks for none. */
export async function pairsStep(
  context: StudyContext,
  benchmark: Benchmark,
  split: Split,
): Promise<StudyPairData | null> {
  const asked = context.loaded.study.pairs
  if (asked === undefined) return null
  context.signal.throwIfAborted()
  context.progress.start(TITLE)
  const { sides, result, card, texts } = await buildStudyPairs(context, asked, benchmark, split, {
    onExample: (done, total) => context.progress.advance(done, total, 'examples'),
  })
  const file = (name: string): string => artifact(context, 'pairs', name)
  await doStep(context, {
    name: 'pairs',
    title: TITLE,
    inputs: { result, card, code: await codeVersion(['core', 'datasets', 'dpo']) },
    outputs: ['train.jsonl', 'validation.jsonl', 'card.json', 'card.md'].map(file),
    run: async () => {
      await saveText(file('train.jsonl'), texts[0])
      await saveText(file('validation.jsonl'), texts[1])
      await saveJson(file('card.json'), card)
      await saveText(file('card.md'), cardMarkdown(card))
      return `${result.train} for training, ${result.validation} for validation, ${result.sharedPrompts} of which share a prompt with training`
    },
  })
  return { sides, result, card }
}

/**
 * Preference pairs as one part of a study asks for them, from the training side, with the texts of both files.
 *
 * @param options.margin how much better the preferred output of a pair is liked, for the report on doubtful labels
 */
export async function buildStudyPairs(
  context: StudyContext,
  asked: StudyPairs,
  benchmark: Benchmark,
  split: Split,
  options: Pick<PairRequest, 'margin' | 'onExample'> = {},
): Promise<StudyPairData & { readonly texts: readonly [train: string, validation: string] }> {
  const request = await requestOf(context, asked, benchmark, split)
  const built = buildPairs({ ...request, ...options })
  const sides = splitPairs(built.pairs, asked)
  const texts = [toJsonl(sides.train), toJsonl(sides.validation)] as const
  const result: PairsResult = {
    strategy: strategiesOf(asked).join(' + '),
    split: asked.split,
    total: built.pairs.length,
    train: sides.train.length,
    validation: sides.validation.length,
    trainBySubset: pairCounts(sides.train),
    validationBySubset: pairCounts(sides.validation),
    sharedPrompts: sharedPrompts(sides),
    fingerprint: digest([...texts.map(digestText), benchmark.fingerprint]),
  }
  const { study } = context.loaded
  return { sides, result, texts, card: cardOf(study, { asked, benchmark, split, built, sides, texts, result }) }
}

async function requestOf(
  context: StudyContext,
  asked: StudyPairs,
  benchmark: Benchmark,
  split: Split,
): Promise<PairRequest> {
  const { study } = context.loaded
  const { target, maxTokens } = asked.clean ?? {}
  const strategies = strategiesOf(asked)
  return {
    asked,
    examples: examplesOn('train', benchmark, split),
    judged: examplesOn(study.evaluation.side, benchmark, split),
    nearPrompts: study.audit?.nearDuplicates,
    score: await scoreOf(context, asked),
    verdicts: strategies.includes('verdicts') ? await verdictQuestions(context) : undefined,
    sampled: strategies.includes('critiques')
      ? await sampledPresentations(context, benchmark, split, asked.samples)
      : undefined,
    tokenizer: target === undefined || maxTokens === undefined ? undefined : await tokenizerFor(target),
  }
}

/** By what the hardest rejected responses are found. */
async function scoreOf({ loaded }: StudyContext, { rejected, scores }: StudyPairs): Promise<ResponseScore | undefined> {
  if (rejected !== 'hardest') return undefined
  return scores === undefined ? policyScore(priorPolicy()) : loadResponseScores(resolve(loaded.project.root, scores))
}

function cardOf(
  study: Study,
  made: {
    readonly asked: StudyPairs
    readonly benchmark: Benchmark
    readonly split: Split
    readonly built: BuiltPairs
    readonly sides: PairSides
    readonly texts: readonly [train: string, validation: string]
    readonly result: PairsResult
  },
): DataCard {
  const { asked, benchmark, split, built, sides, texts, result } = made
  const tally = createPairTally()
  for (const pair of sides.train) tally.add(pair, 'train')
  for (const pair of sides.validation) tally.add(pair, 'validation')
  const { pairs: _, ...report } = built
  return {
    formatVersion: 1,
    study: study.name,
    command: `judgelab pairs ${study.name}`,
    benchmark: { name: benchmark.name, synthetic: benchmark.synthetic, fingerprint: benchmark.fingerprint },
    split: { method: split.method, seed: split.seed, fingerprint: splitFingerprint(split) },
    asked,
    ...report,
    summary: tally.summary(),
    sharedPrompts: result.sharedPrompts,
    fingerprint: result.fingerprint,
    files: [
      { file: 'train.jsonl', pairs: result.train, sha256: digestText(texts[0]) },
      { file: 'validation.jsonl', pairs: result.validation, sha256: digestText(texts[1]) },
    ],
  }
}
