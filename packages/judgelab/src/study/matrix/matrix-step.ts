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
  saveJson,
  saveJsonl,
} from '@judgelab/core'
import { benchmarkFiles } from '@judgelab/datasets'
import { verdictsOf } from '@judgelab/scoring'
import { codeVersion } from '../code-version.js'
import { artifact, doStep, type StudyContext } from '../context.js'
import { runSetting } from '../judges/judge-step.js'
import { pairSources } from '../judges/judging-questions.js'
import { LOCAL_CODE } from '../judges/make-judge.js'
import { loadOwnJson } from '../load-own-json.js'
import { buildStudyPairs, pairInputs } from '../pairs-step.js'
import type { StudyData } from '../prepare.js'
import { type CellResult, type CellSetting, type CellWork, cellKey } from './cell-work.js'
import { runCells } from './run-cells.js'

/** Tunes and judges every cell of the study's matrix; null where it has none. */
export async function runMatrix(context: StudyContext, data: StudyData): Promise<readonly CellResult[] | null> {
  const { study, project } = context.loaded
  const { matrix } = study
  if (matrix === undefined) return null
  const cells = await cellWorks(context, data, matrixCells(study))
  const file = artifact(context, 'matrix', 'cells.json')
  await doStep(context, {
    name: 'matrix',
    title: `Matrix over ${Object.keys(matrix.axes).join(' x ')}`,
    inputs: { cells: cells.map(({ key, at }) => [key, at]) },
    outputs: [file],
    isLabour: true,
    run: async () => {
      const results = await runCells(await settingOf(context, data, matrix), cells, {
        workers: matrix.workers,
        signal: context.signal,
        onDone: (done, total) => context.progress.advance(done, total, 'cells'),
      })
      await saveJson(file, { formatVersion: 1, cells: results })
      const runs = new Set(results.map(({ runId }) => runId)).size
      return `${cells.length} cells, ${runs} runs`
    },
  })
  const held = parseJson(await readFile(file, 'utf8'), { file: resolve(project.root, file) }) as { cells: CellResult[] }
  return held.cells
}

async function settingOf(context: StudyContext, data: StudyData, matrix: StudyMatrix): Promise<CellSetting> {
  const { study, project } = context.loaded
  const base = baseOf(context, matrix)
  const { orders, orderSeed } = study.evaluation
  return {
    examplesFile: benchmarkFiles(artifact(context)).examples,
    runs: project.runs,
    base,
    comparisons: data.comparisons,
    evaluation: { orders, orderSeed },
    datasetFingerprint: data.benchmark.fingerprint,
    code: await codeVersion(LOCAL_CODE),
    manifest: runSetting(context, data),
  }
}

function baseOf({ loaded }: StudyContext, { tuning }: StudyMatrix): StudyJudge {
  const { base } = loaded.study.tuning.find(({ name }) => name === tuning) as { readonly base: string }
  return loaded.study.judges.find(({ name }) => name === base) as StudyJudge
}

/** The cells with their pairs on disk: one set of files for each way of making pairs. */
async function cellWorks(context: StudyContext, data: StudyData, cells: readonly MatrixCell[]): Promise<CellWork[]> {
  const code = await codeVersion([...LOCAL_CODE, 'dpo'])
  const judgedOn = digest([
    data.benchmark.fingerprint,
    data.comparisons.map(({ id }) => id),
    context.loaded.study.evaluation,
    baseOf(context, context.loaded.study.matrix as StudyMatrix),
  ])
  const sets = await pairSets(context, data, cells)
  const works: CellWork[] = []
  for (const { at, count, seed, pairs: asked, tuning } of cells) {
    const files = sets.get(digest(asked)) as PairFiles
    const pairs = countedPairs(context, count, files.train)
    const key = cellKey({ pairs, seed, tuning, pairsFingerprint: files.fingerprint, judgedOn, code })
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

function countedPairs({ loaded }: StudyContext, count: MatrixCell['count'], available: number): number {
  if (count === 'all') return available
  if (count <= available) return count
  throw new ConfigError(
    `expected at most ${available}, the training pairs that there are, found ${count}`,
    `${loaded.file}: matrix.axes.count`,
  )
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
      const { sides, result } = await buildStudyPairs(context, asked, material)
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
