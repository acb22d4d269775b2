import { readFile } from 'node:fs/promises'
import {
  type AxisValue,
  type Comparison,
  digest,
  type Example,
  type PreferencePair,
  parseJson,
  type RunManifest,
  runFolder,
  type StudyEvaluation,
  type StudyJudge,
  type StudyTuning,
  saveJson,
} from '@judgelab/core'
import { loadKeptExamples } from '@judgelab/datasets'
import { nestedSubsets, type PairSides, tuneLocally } from '@judgelab/dpo'
import { createLocalJudge, presentationsDigest, presentComparisons, runIdOf, runJudge, show } from '@judgelab/judges'
import { type FeatureReader, type Policy, policyDigest, priorPolicy, rememberingReader } from '@judgelab/policy'
import { loadPairList } from '../pair-files.js'

/** What the cells of one worker share; plain data, so that it can go to another thread. */
export interface CellSetting {
  /** The folder in which the study keeps its benchmark. */
  readonly benchmarkFolder: string
  readonly runs: string
  readonly base: StudyJudge
  readonly comparisons: readonly Comparison[]
  readonly evaluation: Pick<StudyEvaluation, 'orders' | 'orderSeed'>
  readonly datasetFingerprint: string
  readonly code: string
  /** The manifest of every run, but for what is each run's own. */
  readonly manifest: Omit<
    RunManifest,
    'completedAt' | 'resumed' | 'runId' | 'judge' | 'presentations' | 'promptSha256' | 'seed'
  >
}

/** One cell to be tuned and judged. */
export interface CellWork {
  /** Digest of everything that the cell's run depends on. */
  readonly key: string
  readonly at: Readonly<Record<string, AxisValue>>
  readonly pairs: number
  readonly seed: number
  readonly tuning: StudyTuning
  readonly trainFile: string
  readonly validationFile: string
  /** Where its result is kept. */
  readonly file: string
}

/** What a cell came to; the verdicts are in its run. */
export interface CellResult {
  readonly formatVersion: 1
  readonly key: string
  readonly at: Readonly<Record<string, AxisValue>>
  readonly pairs: number
  readonly seed: number
  readonly runId: string
  /** Digest of the weights. */
  readonly weights: string
  /** On the validation pairs at the end, in nats; null where nothing was trained or held out. */
  readonly validationLoss: number | null
}

/** A worker: reads texts and files once, however many cells it does. */
export interface CellWorker {
  readonly run: (work: CellWork) => Promise<CellResult>
}

/** A worker over one setting. */
export function createCellWorker(setting: CellSetting): CellWorker {
  const reader = rememberingReader()
  const pairs = new Map<string, Promise<PreferencePair[]>>()
  const pairsOf = (file: string): Promise<PreferencePair[]> => {
    const held = pairs.get(file) ?? loadPairList(file)
    pairs.set(file, held)
    return held
  }
  let examples: Promise<ReadonlyMap<string, Example>> | undefined
  return {
    run: async (work) => {
      const done = await resultOnDisk(work)
      if (done !== undefined) return done
      const sides = { train: await pairsOf(work.trainFile), validation: await pairsOf(work.validationFile) }
      examples ??= loadKeptExamples(setting.benchmarkFolder)
      const shared = { reader, examples: await examples }
      const { policy, validationLoss } = await tuned(work, sides, shared)
      const runId = await judged(setting, work, policy, shared)
      const { key, at, seed } = work
      const result: CellResult = {
        formatVersion: 1,
        key,
        at,
        pairs: work.pairs,
        seed,
        runId,
        weights: policyDigest(policy),
        validationLoss,
      }
      await saveJson(work.file, result)
      return result
    },
  }
}

/** What the cells of one worker have read. */
interface SharedReading {
  readonly reader: FeatureReader
  readonly examples: ReadonlyMap<string, Example>
}

/** What this cell came to before, on the same inputs; undefined where it has to be done. */
async function resultOnDisk({ file, key }: CellWork): Promise<CellResult | undefined> {
  const text = await readFile(file, 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const held = parseJson(text, { file }) as CellResult
  return held.formatVersion === 1 && held.key === key ? held : undefined
}

async function tuned(
  { pairs: count, seed, tuning }: CellWork,
  sides: PairSides,
  { reader, examples }: SharedReading,
): Promise<{ readonly policy: Policy; readonly validationLoss: number | null }> {
  const base = priorPolicy()
  if (count === 0) return { policy: base, validationLoss: null }
  const [train] = count === sides.train.length ? [sides.train] : nestedSubsets(sides.train, { sizes: [count], seed })
  const { policy, validation } = await tuneLocally({
    base,
    pairs: { train: train as readonly PreferencePair[], validation: sides.validation },
    parameters: tuning,
    reader,
    find: (id) => examples.get(id),
  })
  return { policy, validationLoss: validation.at(-1)?.loss ?? null }
}

async function judged(
  setting: CellSetting,
  { pairs: count, tuning }: CellWork,
  policy: Policy,
  { reader, examples }: SharedReading,
): Promise<string> {
  const { base, comparisons, evaluation, datasetFingerprint, code, manifest, runs } = setting
  const judge = createLocalJudge({ ...base, name: count === 0 ? base.name : tuning.name, policy, reader, code })
  const presentations = presentComparisons(comparisons, { mode: judge.spec.mode, ...evaluation })
  const sha256 = presentationsDigest(presentations)
  const runId = runIdOf(judge, datasetFingerprint, sha256)
  await runJudge({
    judge,
    presentations,
    show: (presentation) => show(presentation, examples.get(presentation.exampleId) as Example),
    run: runFolder(runs, runId),
    manifest: {
      ...manifest,
      runId,
      judge: { ...judge.spec, id: judge.id, name: judge.name },
      promptSha256: null,
      seed: null,
      presentations: { count: presentations.length, sha256 },
    },
  })
  return runId
}

/** The key of a cell: what its run depends on, and nothing else, so that cells that agree share their work. */
export function cellKey(parts: {
  readonly pairs: number
  readonly seed: number
  readonly tuning: StudyTuning
  readonly pairsFingerprint: string
  readonly judgedOn: string
  readonly code: string
}): string {
  if (parts.pairs === 0) return digest(['untuned', parts.judgedOn, parts.code])
  const { name: _, label: __, ...tuning } = parts.tuning
  return digest([parts.pairs, parts.seed, tuning, parts.pairsFingerprint, parts.judgedOn, parts.code])
}
