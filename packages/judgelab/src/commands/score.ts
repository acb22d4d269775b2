import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { type LargeScores, largeAccuracyTable, largeDifferenceTable, scoreLargeRuns } from '@judgelab/analysis'
import {
  ConfigError,
  FAILURE_POLICIES,
  loadRunManifest,
  mendLog,
  ORDERS,
  RULES,
  type RunFolder,
  TIE_POLICIES,
} from '@judgelab/core'
import { benchmarkFiles, findKeptBenchmark } from '@judgelab/datasets'
import { markdownTable, textTable } from '@judgelab/report'
import { findRun, projectOfRun } from './find-run.js'
import { oneOf } from './one-of.js'

/** Options of `score`; what is not said is what a study has where it says nothing. */
export interface ScoreOptions {
  readonly examples?: string | undefined
  readonly comparisons?: string | undefined
  readonly rule?: string | undefined
  readonly ties?: string | undefined
  readonly failures?: string | undefined
  readonly orders?: string | undefined
  readonly orderSeed?: string | undefined
  readonly repeats?: string | undefined
  readonly memory?: string | undefined
  readonly json?: boolean | undefined
  readonly md?: boolean | undefined
}

/** `judgelab score <run or log> …`: runs of any size by subset, and against each other, in SQL. */
export async function scoreCommand(named: readonly string[], options: ScoreOptions): Promise<void> {
  const logs = await Promise.all(named.map(logOf))
  const examples = options.examples ?? (await examplesOf(logs))
  const scores = await scoreLargeRuns({
    runs: logs.map(({ name, log, isStoppedEarly }) => ({ name, log, isStoppedEarly })),
    examples: pathOf(examples),
    comparisons: options.comparisons === undefined ? undefined : pathOf(options.comparisons),
    rule: oneOf(RULES, options.rule ?? 'consistent', '--rule'),
    policies: {
      ties: oneOf(TIE_POLICIES, options.ties ?? 'wrong', '--ties'),
      failures: oneOf(FAILURE_POLICIES, options.failures ?? 'wrong', '--failures'),
    },
    asked: {
      orders: oneOf(ORDERS, options.orders ?? 'both', '--orders'),
      orderSeed: wholeNumber('--order-seed', options.orderSeed ?? '0'),
      repeats: wholeNumber('--repeats', options.repeats ?? '1'),
    },
    limits: { memoryMb: options.memory === undefined ? undefined : wholeNumber('--memory', options.memory) },
  })
  process.stdout.write(scoresText(scores, options))
}

interface NamedLog {
  readonly name: string
  readonly log: string
  /** Where it is the log of a run: its folder, and the fingerprint of its benchmark. */
  readonly run?: { readonly folder: RunFolder; readonly fingerprint: string } | undefined
  readonly isStoppedEarly?: boolean | undefined
}

/** A log by its path, or a run by its id or folder, with its packed log where there is no other. */
async function logOf(named: string): Promise<NamedLog> {
  if (isAddress(named) || LOG_NAME.test(named))
    return { name: logName(named), log: pathOf(named), isStoppedEarly: await isStoppedBeside(pathOf(named)) }
  const folder = await findRun(named)
  const { runId, dataset, stopping } = await loadRunManifest(folder)
  await mendLog(folder)
  const log = existsSync(folder.log) ? folder.log : join(folder.folder, 'judgments.parquet')
  const run = { folder, fingerprint: dataset.fingerprint }
  return { name: runId, log, run, isStoppedEarly: stopping !== undefined }
}

/** Whether the manifest beside a log, where there is one, says that judging was stopped early. */
async function isStoppedBeside(log: string): Promise<boolean> {
  const folder = dirname(log)
  const manifest = join(folder, 'manifest.json')
  if (isAddress(log) || !existsSync(manifest)) return false
  return (await loadRunManifest({ folder, manifest, log })).stopping !== undefined
}

/** What logs end in, also packed ones. */
const LOG_NAME = /\.(?:jsonl(?:\.gz|\.zst)?|parquet)$/i

/** The last part of a path without its endings, and without the question of an address. */
function logName(path: string): string {
  return basename(isAddress(path) ? path.replace(/\?.*$/, '') : path).replace(LOG_NAME, '')
}

function isAddress(path: string): boolean {
  return /^\w+:\/\//.test(path)
}

/** A local path from where the command was given; any other address as it is. */
function pathOf(path: string): string {
  return isAddress(path) ? path : resolve(process.cwd(), path)
}

/** The examples that a study of the first run's project wrote down for its benchmark. */
async function examplesOf(logs: readonly NamedLog[]): Promise<string> {
  const run = logs.find((log) => log.run !== undefined)?.run
  const folder = run === undefined ? undefined : await findKeptBenchmark(projectOfRun(run.folder), run.fingerprint)
  if (folder !== undefined) return benchmarkFiles(folder).examples
  throw new ConfigError('expected a file with id and subset of every example, found none', '--examples')
}

function wholeNumber(option: string, text: string): number {
  const value = Number(text)
  if (text.trim() !== '' && Number.isSafeInteger(value) && value >= 0) return value
  throw new ConfigError(`expected a whole number, found "${text}"`, option)
}

function scoresText(scores: LargeScores, { json, md }: ScoreOptions): string {
  if (json) return `${JSON.stringify(scores, null, 2)}\n`
  const differences = scores.contrasts.length === 0 ? [] : [largeDifferenceTable(scores)]
  const tables = [largeAccuracyTable(scores), ...differences]
  if (md) return tables.map(markdownTable).join('\n')
  const width = process.stdout.columns ? { width: process.stdout.columns } : {}
  return `\n${tables.map((table) => textTable(table, width)).join('\n')}`
}
