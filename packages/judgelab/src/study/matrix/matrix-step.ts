import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { JudgedCell } from '@judgelab/analysis'
import {
  ConfigError,
  digest,
  loadJudgments,
  type MatrixCell,
  matrixCells,
  parseJson,
  runFolder,
  type StudyJudge,
  type StudyMatrix,
  type StudyTuning,
  saveJson,
  saveJsonl,
} from '@judgelab/core'
import { refuseLeaks } from '@judgelab/dpo'
import { verdictsOf } from '@judgelab/scoring'
import { codeVersion } from '../code-version.js'
import { artifact, doStep, type StudyContext } from '../context.js'
import { runSetting } from '../judges/judge-step.js'
import { pairSources } from '../judges/judging-questions.js'
import { LOCAL_CODE } from '../judges/make-judge.js'
import { loadOwnJson } from '../load-own-json.js'
import { loadPairList } from '../pair-files.js'
import { buildStudyPairs, pairInputs } from '../pairs-step.js'
import type { StudyData } from '../prepare.js'
import { type CellResult, type CellSetting, type CellWork, cellKey } from './cell-work.js'
import { type HostedCell, runHostedCells, type StudysOwn } from './hosted-cells.js'
import { runCells } from './run-cells.js'

/** Tunes and judges every cell of the study's matrix; null where it has none. */
export async function runMatrix(
  context: StudyContext,
  data: StudyData,
  own: StudysOwn,
): Promise<readonly CellResult[] | null> {
  const { study } = context.loaded
  const { matrix } = study
  if (matrix === undefined) return null
  return tuningOf(context, matrix).backend === 'local'
    ? runLocalMatrix(context, data, matrix)
    : runHostedMatrix(context, data, matrix, own)
}

function tuningOf({ loaded }: StudyContext, matrix: StudyMatrix): StudyTuning {
  return loaded.study.tuning.find(({ name }) => name === matrix.tuning) as StudyTuning
}

/** The cells in worker threads: one step, whose finished cells are on disk by themselves. */
async function runLocalMatrix(
  context: StudyContext,
  data: StudyData,
  matrix: StudyMatrix,
): Promise<readonly CellResult[]> {
  const cells = await cellWorks(context, data, matrixCells(context.loaded.study))
  return matrixStep(context, matrix, cells, async () =>
    runCells(await settingOf(context, data, matrix), cells, {
      workers: matrix.workers,
      signal: context.signal,
      onDone: (done, total) => context.progress.advance(done, total, 'cells'),
    }),
  )
}

/** The cells as jobs at a service: each tuning and each judging is a step of its own. */
async function runHostedMatrix(
  context: StudyContext,
  data: StudyData,
  matrix: StudyMatrix,
  own: StudysOwn,
): Promise<readonly CellResult[]> {
  const cells = await hostedCells(context, data, matrixCells(context.loaded.study))
  const results = await runHostedCells(context, data, cells, own)
  return matrixStep(context, matrix, results, async () => results)
}

/** Writes down what the cells came to, and reads it where it stands. */
async function matrixStep(
  context: StudyContext,
  { axes }: StudyMatrix,
  cells: readonly Pick<CellResult, 'key' | 'at'>[],
  run: () => Promise<readonly CellResult[]>,
): Promise<readonly CellResult[]> {
  const file = artifact(context, 'matrix', 'cells.json')
  await doStep(context, {
    name: 'matrix',
    title: `Matrix over ${Object.keys(axes).join(' x ')}`,
    inputs: { cells: cells.map(({ key, at }) => [key, at]) },
    outputs: [file],
    isLabour: true,
    isForced: context.standIn !== undefined,
    run: async () => {
      const results = await run()
      await saveJson(file, { formatVersion: 1, cells: results })
      const runs = new Set(results.map(({ runId }) => runId)).size
      return `${cells.length} cells, ${runs} runs`
    },
  })
  const held = parseJson(await readFile(file, 'utf8'), { file: resolve(context.loaded.project.root, file) })
  return (held as { readonly cells: readonly CellResult[] }).cells
}

async function settingOf(context: StudyContext, data: StudyData, matrix: StudyMatrix): Promise<CellSetting> {
  const { study, project } = context.loaded
  const base = baseOf(context, matrix)
  const { orders, orderSeed } = study.evaluation
  return {
    benchmarkFolder: artifact(context),
    runs: project.runs,
    base,
    comparisons: data.comparisons,
    evaluation: { orders, orderSeed },
    datasetFingerprint: data.benchmark.fingerprint,
    code: await codeVersion(LOCAL_CODE),
    manifest: runSetting(context, data),
  }
}

function baseOf(context: StudyContext, matrix: StudyMatrix): StudyJudge {
  const { base } = tuningOf(context, matrix)
  return context.loaded.study.judges.find(({ name }) => name === base) as StudyJudge
}

/** What the verdicts of every cell depend on, beside its own tuning. */
function judgedOn(context: StudyContext, { benchmark, comparisons }: StudyData): string {
  const { evaluation, matrix } = context.loaded.study
  return digest([
    benchmark.fingerprint,
    comparisons.map(({ id }) => id),
    evaluation,
    baseOf(context, matrix as StudyMatrix),
  ])
}

/** The cells with their pairs on disk: one set of files for each way of making pairs. */
async function cellWorks(context: StudyContext, data: StudyData, cells: readonly MatrixCell[]): Promise<CellWork[]> {
  const code = await codeVersion([...LOCAL_CODE, 'dpo'])
  const on = judgedOn(context, data)
  const sets = await pairSets(context, data, cells)
  const works: CellWork[] = []
  for (const { at, count, seed, pairs: asked, tuning } of cells) {
    const files = sets.get(digest(asked)) as PairFiles
    const pairs = countedPairs(context, count, files.train)
    const key = cellKey({ pairs, seed, tuning, pairsFingerprint: files.fingerprint, judgedOn: on, code })
    works.push({
      key,
      at,
      pairs,
      seed,
      tuning,
      ...files,
      file: artifact(context, 'matrix', 'cells', `${key.slice(0, 24)}.json`),
    })
  }
  return works
}

/** How many pairs a cell takes of those that there are. @throws {ConfigError} where there are not as many */
export function countedPairs({ loaded }: StudyContext, count: MatrixCell['count'], available: number): number {
  if (count === 'all') return available
  if (count <= available) return count
  throw new ConfigError(
    `expected at most ${available}, the training pairs that there are, found ${count}`,
    `${loaded.file}: matrix.axes.count`,
  )
}

/** The cells with all pairs that they could take: one set for each way of making pairs. */
async function hostedCells(
  context: StudyContext,
  data: StudyData,
  cells: readonly MatrixCell[],
): Promise<HostedCell[]> {
  const on = judgedOn(context, data)
  const files = await pairSets(context, data, cells)
  const sets = new Map<string, HostedCell['all']>()
  for (const [way, { trainFile, validationFile, fingerprint }] of files) {
    const sides = { train: await loadPairList(trainFile), validation: await loadPairList(validationFile) }
    sets.set(way, { sides, fingerprint })
  }
  return cells.map(({ at, count, seed, pairs: asked, tuning }) => {
    const all = sets.get(digest(asked)) as HostedCell['all']
    const pairs = countedPairs(context, count, all.sides.train.length)
    const key = cellKey({
      pairs,
      seed,
      tuning: trainedBy(tuning),
      pairsFingerprint: all.fingerprint,
      judgedOn: on,
      code: '',
    })
    return { key, at, count, seed, tuning, pairs, all }
  })
}

/** A tuning without what it is served by and what it may cost: with another endpoint nothing is tuned again. */
function trainedBy({ hosted, ...tuning }: StudyTuning): StudyTuning {
  if (hosted === undefined) return tuning
  const { endpoint: _endpoint, maxPrice: _price, timeLimitHours: _hours, ...trained } = hosted
  return { ...tuning, hosted: trained as StudyTuning['hosted'] }
}

interface PairFiles {
  readonly trainFile: string
  readonly validationFile: string
  readonly train: number
  readonly fingerprint: string
}

/** The sets of pairs that the cells are trained on, by the digest of how they are made: each a step of its own. */
async function pairSets(
  context: StudyContext,
  data: StudyData,
  cells: readonly MatrixCell[],
): Promise<ReadonlyMap<string, PairFiles>> {
  const ways = new Map(cells.map(({ pairs }) => [digest(pairs), pairs]))
  const sets = new Map<string, PairFiles>()
  for (const [way, asked] of ways) {
    const title = `Pairs for the matrix${ways.size === 1 ? '' : `, ${sets.size + 1} of ${ways.size}`}`
    sets.set(way, await pairSet(context, data, asked, { id: way.slice(0, 12), title }))
  }
  return sets
}

async function pairSet(
  context: StudyContext,
  { benchmark, split }: StudyData,
  asked: MatrixCell['pairs'],
  { id, title }: { readonly id: string; readonly title: string },
): Promise<PairFiles> {
  const sources = await pairSources(context, asked, benchmark, split)
  const material = { benchmark, split, sources }
  const file = (name: string): string => artifact(context, 'matrix', 'pairs', `${id}${name}`)
  const [trainFile, validationFile, about] = [file('-train.jsonl'), file('-validation.jsonl'), file('.json')]
  await doStep(context, {
    name: `matrix-pairs:${id}`,
    title,
    inputs: await pairInputs(context, asked, material),
    outputs: [trainFile, validationFile, about],
    run: async () => {
      const { sides, result, card } = await buildStudyPairs(context, asked, material)
      refuseLeaks(card.leaks)
      const { train, validation, fingerprint } = result
      await saveJsonl(trainFile, sides.train)
      await saveJsonl(validationFile, sides.validation)
      await saveJson(about, { formatVersion: 1, pairs: { train, validation }, fingerprint })
      return `${train} for training, ${validation} for validation`
    },
  })
  const { pairs, fingerprint } = await loadOwnJson<{
    readonly pairs: { readonly train: number }
    readonly fingerprint: string
  }>(about, { pairs: 'object', fingerprint: 'string' })
  return { trainFile, validationFile, train: pairs.train, fingerprint }
}

/** The cells with their verdicts, read from their runs; undefined where the study has no matrix. */
export async function judgedCells(
  { loaded }: StudyContext,
  { comparisons }: StudyData,
  cells: readonly CellResult[] | null,
): Promise<JudgedCell[] | undefined> {
  if (cells === null) return undefined
  const { rule, orders, orderSeed } = loaded.study.evaluation
  const verdicts = new Map<string, JudgedCell['verdicts']>()
  for (const runId of new Set(cells.map((cell) => cell.runId))) {
    const judgments = await loadJudgments(runFolder(loaded.project.runs, runId))
    verdicts.set(runId, verdictsOf(comparisons, judgments, rule, { orders, orderSeed }))
  }
  return cells.map(({ at, pairs, seed, runId }) => ({
    at,
    pairs,
    seed,
    runId,
    verdicts: verdicts.get(runId) as JudgedCell['verdicts'],
  }))
}
